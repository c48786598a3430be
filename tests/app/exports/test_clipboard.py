"""What is copied: the sentence, numbers, and sources below it, as HTML and as plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import ANSWER, CITATIONS, MATRIX, OUTCOMES, SENTENCES, WRITTEN
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from app.exports.clipboard import clip_manuscript, clip_quotes
from app.exports.manuscript import Outcome, make_manuscript
from app.exports.sources import full_source


def test_a_quote_is_copied_in_quotation_marks_with_its_numbered_source() -> None:
    clip = clip_quotes([CITATIONS[2]])
    assert clip.text == f"“{CITATIONS[2].quote}” [1]\n\n[1] {full_source(CITATIONS[2])}"
    quote, note = html.fragments_fromstring(clip.html)
    assert quote.text_content() == f"“{CITATIONS[2].quote}”[1]"
    assert quote.find("sup").text == "[1]"
    assert note.text_content() == f"[1] {full_source(CITATIONS[2])}"


def test_a_sentence_in_other_words_stands_without_quotation_marks_and_its_notes_have_the_quotes() -> None:
    supported, unverified = WRITTEN.sentences
    clip = clip_quotes(CITATIONS[:1], supported)
    assert clip.text.startswith(f"{supported.text} [1]")
    assert f"{full_source(CITATIONS[0])}: “Ms Sita Tamang was detained in Bishkek on 8 March 2020.”" in clip.text
    assert "(unverified: the quotes do not contain 70) [1][2]" in clip_quotes(CITATIONS[:2], unverified).text


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_whole_text_is_copied_with_every_sentence_and_every_source(outcome: Outcome) -> None:
    manuscript = make_manuscript(outcome)
    clip = clip_manuscript(manuscript)
    for sentence in manuscript.sentences():
        assert " ".join(sentence.text.split()) in clip.text
    for citation in manuscript.citations:
        assert f"[{citation.number}] " in clip.text
        assert citation.place in clip.text
    assert manuscript.authorship in clip.text
    assert html.fromstring(f"<div>{clip.html}</div>").text_content().count("Use of AI") == 1


def test_of_a_document_the_full_source_comes_once_and_a_matrix_keeps_its_countries() -> None:
    text = clip_manuscript(make_manuscript(ANSWER)).text
    assert text.count("100 % of {them}, 2020") == 2  # two documents
    assert all(country in clip_manuscript(make_manuscript(MATRIX)).text for country in MATRIX.countries)


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_becomes_markup(text: str) -> None:
    clip = clip_quotes([replace(CITATIONS[0], quote=text, title=text)], replace(SENTENCES[0], text=text))
    parsed = html.fromstring(f"<div>{clip.html}</div>")
    assert {one.tag for one in parsed.iter()} == {"div", "p", "sup"}
