"""Key facts: what counts as covered, and the commands that print it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from evaluation.cli import main
from evaluation.key_facts import CitedSentence, is_covered, repetition, says
from evaluation.recommendations import Mark, MarkedReport, digest, measure, read_marks, summary
from evaluation.spans import CharacterSpan
from vectorstore.library import Library

SAMPLE = "women-human-rights-defenders-sample.pdf"
SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"


@pytest.mark.parametrize(
    ("fact", "text", "covered"),
    [
        ("72% of victims were men.", "Seventy-two percent of all the victims that year were men.", True),
        ("72% of victims were men.", "Seventy-one percent of all the victims that year were men.", False),
        ("A.J. was raped by a police agent.", "A. J. would have been raped, allegedly by such police agent.", True),
        ("Women in Osh were arrested.", "Women in Bishkek were arrested.", False),
    ],
)
def test_a_fact_is_said_when_its_numbers_names_and_words_stand_there(fact: str, text: str, covered: bool) -> None:
    assert says(fact, text) is covered


def test_a_fact_is_covered_by_its_evidence_in_any_words_and_by_two_sentences_in_a_row() -> None:
    place = CharacterSpan("a.pdf", 1, 0, 100)
    shown = [CitedSentence("Otra lengua.", (CharacterSpan("a.pdf", 1, 10, 120),))]
    assert is_covered("The court freed 12 women.", [place], shown)
    assert not is_covered("The court freed 12 women.", [CharacterSpan("a.pdf", 2, 0, 100)], shown)
    in_a_row = [
        CitedSentence("The court met in May.", (CharacterSpan("a.pdf", 1, 0, 21),)),
        CitedSentence("It freed 12 women.", (CharacterSpan("a.pdf", 1, 22, 40),)),
    ]
    assert is_covered("The court freed 12 women.", [], in_a_row)


def test_repetition_is_the_share_of_sentences_that_say_a_thing_again() -> None:
    sentences = [CitedSentence(text, ()) for text in ("Nine women were freed.", "Nine women were freed!", "Rain fell.")]
    assert repetition(sentences) == pytest.approx(1 / 3)
    assert repetition([]) == 0


def test_the_command_prints_facts_covered_and_missed(
    sample_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "set" / "docs"
    docs.mkdir(parents=True)
    shutil.copy(SAMPLE_FOLDER / SAMPLE, docs)
    fact = {"doc": SAMPLE, "page": 5, "start": 0, "end": 1}
    row: dict[str, Any] = {
        "id": "k1",
        "question": "Summarise the case of Kyrgyzstan: the march of 8 March 2020 in Bishkek.",
        "docs": [SAMPLE],
        "evidence": [],
        "answerable": True,
        "key_facts": [
            {
                **fact,
                "fact": "Masked men attacked the march in Bishkek.",
                "text": "masked men attacked the women’s march",
            },
            {**fact, "fact": "In 1871 there were 4,812 camels.", "text": "4,812 camels"},
        ],
    }
    (tmp_path / "set" / "questions.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    out = tmp_path / "out.jsonl"
    assert main(["cases", str(tmp_path / "set"), "--home", str(home), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "+ Masked men attacked the march in Bishkek." in printed
    assert "- In 1871 there were 4,812 camels." in printed
    assert "0 not verbatim on their page" in printed
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4


def test_the_marks_hold_no_text_and_measure_precision_and_recall(sample_library: Library) -> None:
    assert all(len(mark.digest) == 12 for report in read_marks() for mark in report.marks)
    text = "The UN coordinator in Kyrgyzstan urged that the NGO bill be revised."
    report = MarkedReport(SAMPLE, frozenset({7}), (Mark(7, digest(text), "other"), Mark(7, digest("Not there"), "UN")))
    figures = summary(measure(sample_library, [report]))
    assert figures["precision"] == 1.0
    assert figures["recall"] == 0.5


def test_what_a_fact_is_about_must_be_said_and_not_only_the_rest_of_it() -> None:
    fact = "Chhaupadi continued despite a law against it."
    assert not says(fact, "Beliefs about witchcraft hurt women, despite a law against violence, and continued.")
    assert says(fact, "Despite the law against it, the practice of chhaupadi continued.")
    lakes = "Lakes State had the highest number of victims of community-based militias after another."
    assert not says("Warrap State had the highest number of victims of community-based militias.", lakes)
