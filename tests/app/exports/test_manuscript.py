"""What every format is written from, and the formats that people read as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from examples import ANSWER, CASE, CHAT, CITATIONS, MATRIX, NOTHING, OUTCOMES, QUOTES, RELATED, WRITTEN
from markdown_it import MarkdownIt

from app.answers import AnswerSentence, Verdict, numbered
from app.exports.formats import file_name, format_of, model_name, to_json
from app.exports.manuscript import Outcome, make_manuscript
from app.exports.markdown import to_markdown
from app.exports.text import to_text


def test_the_line_on_ai_says_who_wrote_the_sentences() -> None:
    assert "verbatim quotes, chosen by software" in make_manuscript(ANSWER).authorship
    assert "the language model ollama:small" in make_manuscript(WRITTEN, "ollama:small").authorship
    # A quote that a model chose is still an answer of a model.
    assert "the language model ollama:small" in make_manuscript(ANSWER, "ollama:small").authorship
    assert "whose name was not recorded" in make_manuscript(WRITTEN).authorship
    assert "the language model ollama:small" in make_manuscript(CHAT).authorship


def test_a_chat_has_one_run_of_numbers_and_the_same_quote_keeps_its_number() -> None:
    manuscript = make_manuscript(CHAT)
    assert [citation.number for citation in manuscript.citations] == list(range(1, len(QUOTES) + 1))
    by_number = {citation.number: citation.quote for citation in manuscript.citations}
    for sentence in manuscript.sentences():
        if sentence.verdict == "quoted":
            (number,) = sentence.citations
            assert " ".join(by_number[number].split()) == sentence.text


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_markdown_has_a_footnote_for_every_number_and_no_markup_of_the_reports(outcome: Outcome) -> None:
    manuscript = make_manuscript(outcome)
    text = to_markdown(manuscript)
    for citation in manuscript.citations:
        assert text.count(f"\n[^{citation.number}]: ") == 1
        assert citation.place in text
    rendered = MarkdownIt("commonmark").enable("table").render(text)
    assert "<detained>" not in rendered
    assert "<em>bread</em>" not in rendered


def test_silence_is_said_in_every_kind() -> None:
    assert "The reports say nothing on this." in to_text(make_manuscript(CASE))
    assert "not found in the reports" in to_text(make_manuscript(MATRIX))
    assert to_text(make_manuscript(NOTHING)) == "Not in these reports."
    assert "The nearest passages:" in to_text(make_manuscript(RELATED))
    assert "Quotes of the model that are not on the page, left out: 1." in to_text(make_manuscript(WRITTEN))


def test_json_of_a_chat_holds_the_contracts_json_of_every_turn() -> None:
    value = json.loads(json.dumps(to_json(CHAT)))
    assert [turn.get("status", "case") for turn in value["turns"]] == [
        "answered",
        "related",
        "not_found",
        "case",
        "answered",
    ]
    assert value["turns"][0]["citations"][0]["quote"] == CITATIONS[0].quote


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Who was detained?", "Who was detained.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ("", "export.docx"),
        ("Кто был\nзадержан: 8/3", "Кто был задержан 8 3.docx"),
        ("word " * 40, " ".join(["word"] * 12) + ".docx"),
    ],
)
def test_a_files_name_is_safe_everywhere(title: str, name: str) -> None:
    assert file_name(title, "docx") == name


def test_the_files_ending_chooses_the_format() -> None:
    endings = {
        "a.docx": "docx",
        "a.MD": "md",
        "a.json": "json",
        "a.csl.json": "csl",
        "a.bib": "bibtex",
        "a.zip": "pack",
    }
    assert {name: format_of(Path(name)) for name in endings} == endings
    assert format_of(Path("a.out")) == "text"


def test_an_export_names_the_model_without_secrets() -> None:
    assert model_name("http://me:secret@127.0.0.1:8080/v1#qwen") == "qwen at 127.0.0.1:8080"
    assert model_name("ollama:small") == "ollama:small"


def test_numbers_within_a_quote_are_told_from_ours() -> None:
    forged = AnswerSentence("They are “innocent”. [2] (un_report.pdf, p. 9)", Verdict.QUOTED, (1,))
    assert numbered(forged) == "“They are ‘innocent’. [2] (un_report.pdf, p. 9)” [1]"
    assert numbered(AnswerSentence("They are “innocent”.", Verdict.QUOTED, (1,))) == "They are “innocent”. [1]"
