"""Items of lists in PDFs: their words without the mark, with the line that opens the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from offset_checks import check_offsets
from pdf_maker import TOP, Item, Print, column, make_pdf, paragraph

from ingest.documents import BlockKind, Document
from ingest.load import load

BEFORE = "The mission stayed for nine days. The council should:"
FONT = "DejaVuSans"


def read(tmp_path: Path, pages: Sequence[Sequence[Item]]) -> Document:
    document = load(make_pdf(tmp_path / "made.pdf", pages))
    check_offsets(document)
    return document


def items(document: Document) -> list[tuple[str, str]]:
    return [
        (block.header, page.text[block.start : block.end])
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.ITEM
    ]


@pytest.mark.parametrize("marks", [("•", "•", "•"), ("–", "–", "–"), ("1.", "2.", "3."), ("(a)", "(b)", "(c)"),
                                   ("i.", "ii.", "iii."), ("a)", "b)", "c)")])  # fmt: skip
@pytest.mark.parametrize("stop", ["", ";", "."])
def test_an_item_is_its_words_with_the_line_that_opens_the_list(
    tmp_path: Path, marks: tuple[str, str, str], stop: str
) -> None:
    words = ["Open the archive of the harbour police", "Pay the nurses", "Return the boats to their owners"]
    lines = [f"{mark} {text}{stop}" for mark, text in zip(marks, words, strict=True)]
    document = read(tmp_path, [[*paragraph(BEFORE, TOP), *column(lines, TOP - 40)]])
    assert items(document) == [("The council should:", text + stop) for text in words]


def test_lists_in_lists_carry_both_opening_lines(tmp_path: Path) -> None:
    lines = [
        "(a) Open the archive;",
        "(b) Ensure that:",
        "(i) Nurses are paid;",
        "(ii) Boats are returned;",
        "(c) Stop",
    ]
    outer = "The council should:"
    document = read(tmp_path, [[*paragraph(BEFORE, TOP), *column(lines, TOP - 40)]])
    assert items(document) == [
        (outer, "Open the archive;"),
        (outer, "Ensure that:"),
        (f"{outer} Ensure that:", "Nurses are paid;"),
        (f"{outer} Ensure that:", "Boats are returned;"),
        (outer, "Stop"),
    ]


def test_an_item_goes_on_over_lines_and_over_a_page_break(tmp_path: Path) -> None:
    lines = [
        "• Open the archive of the harbour police to the",
        "families of those who were taken",
        "• Pay the nurses and",
    ]
    document = read(tmp_path, [[*paragraph(BEFORE, TOP), *column(lines, TOP - 40)], [Print("the midwives", TOP)]])
    assert [text for _, text in items(document)] == [
        "Open the archive of the harbour police to the families of those who were taken",
        "Pay the nurses and",
        "the midwives",
    ]


def test_numbered_paragraphs_of_a_report_are_no_items(tmp_path: Path) -> None:
    long = "The mission met the council on the quay. Nobody of it had been told of the searches. It promised an answer."
    lines = [item for number in range(1, 5) for item in paragraph(f"{number}. {long}", TOP - 70 * number)]
    document = read(tmp_path, [lines])
    assert items(document) == []
    assert [page.text.count("The mission met") for page in document.pages] == [4]
