"""The DOCX as Word reads it: real footnotes with source and quote, in the order of the text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from examples import ANSWER, CITATIONS, MATRIX, OUTCOMES, SENTENCES, WRITTEN
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.answers import Answer
from app.exports.manuscript import Manuscript, Outcome, make_manuscript
from app.exports.sources import full_source, short_source
from app.exports.word import to_docx


def _parts(content: bytes) -> tuple[etree._Element, dict[str, str], etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    texts = {
        note.get(qn("w:id")): "".join(text.text or "" for text in note.iter(qn("w:t")))
        for note in notes.iter(qn("w:footnote"))
        if note.get(qn("w:type")) is None
    }
    return body, texts, notes


def _cited(manuscript: Manuscript) -> list[int]:
    return [number for sentence in manuscript.sentences() for number in sentence.citations]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_citation_has_its_footnote_with_place_and_quote_in_the_order_of_the_text(outcome: Outcome) -> None:
    manuscript = make_manuscript(outcome)
    body, notes, _ = _parts(to_docx(manuscript))
    references = [reference.get(qn("w:id")) for reference in body.iter(qn("w:footnoteReference"))]
    assert references == list(notes) == [str(number) for number in range(1, len(references) + 1)]
    by_number = {citation.number: citation for citation in manuscript.citations}
    for number, note in zip(_cited(manuscript), notes.values(), strict=True):
        assert by_number[number].place in note
        assert " ".join(by_number[number].quote.split()) in note


def test_a_document_is_cited_in_full_once_and_shortly_after_that() -> None:
    _, notes, _ = _parts(to_docx(make_manuscript(ANSWER)))
    first, second, *_, other = notes.values()
    assert full_source(CITATIONS[0]) in first
    assert "p. 12 (PDF 20), para. 41" in first
    assert short_source(CITATIONS[1]) in second
    assert "2020" not in second.split("“")[0]
    assert full_source(CITATIONS[4]) in other


def test_paragraphs_are_numbered_pages_too_and_the_ai_line_stands_last() -> None:
    content = to_docx(make_manuscript(WRITTEN, "ollama:small"))
    document = docx.Document(io.BytesIO(content))
    numbered = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "List Number"]
    assert [p.text.split(" (")[0].removesuffix(", ").strip() for p in numbered] == [s.text for s in WRITTEN.sentences]
    assert "unverified: the quotes do not contain 70" in numbered[1].text
    assert "language model ollama:small" in document.paragraphs[-1].text
    assert "PAGE" in etree.tostring(document.sections[0].footer._element).decode()


def test_arabic_runs_from_right_to_left_and_every_script_keeps_its_letters() -> None:
    body, _, notes = _parts(to_docx(make_manuscript(ANSWER)))
    text = "".join(part.text or "" for part in body.iter(qn("w:t")))
    for sentence in SENTENCES:
        assert sentence.text in text
    for root in (body, notes):
        turned = [p for p in root.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None]
        assert len(turned) == 1
        assert "ليلى" in "".join(part.text or "" for part in turned[0].iter(qn("w:t")))
        assert turned[0].find(f".//{qn('w:rtl')}") is not None
    languages = {lang.get(qn("w:bidi")) for lang in body.iter(qn("w:lang"))} - {None}
    assert {"ar", "km", "ne"} <= languages


def test_a_matrix_is_a_table_whose_header_repeats_on_a_turned_page() -> None:
    document = docx.Document(io.BytesIO(to_docx(make_manuscript(MATRIX))))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["", "Nepal", "Cambodia", "Syria"]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert table.rows[1].cells[2].text == "not found in the reports"
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert document.sections[0].page_width > document.sections[0].page_height


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_a_document_that_opens(text: str) -> None:
    cited = replace(CITATIONS[0], quote=text, title=text)
    sentence = replace(SENTENCES[0], text=text)
    outcome: Answer = replace(ANSWER, question=text, sentences=(sentence,), citations=(cited,))
    docx.Document(io.BytesIO(to_docx(make_manuscript(outcome))))
