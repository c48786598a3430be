"""What is printed around the text of a page: numbers of lines and pages, marks over it, two pages on one sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from offset_checks import check_offsets
from pdf_maker import TOP, Item, Print, column, make_pdf, paragraph
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import BlockKind, Document
from ingest.load import load
from ingest.pdf.labels import chosen_labels, printed_labels

PROSE = [
    "The clerk read the names of the fishermen who had been",
    "taken from the pier on the ninth of March, and the lawyer",
    "asked why none of them had been brought before a judge.",
    "The officer replied that the launch had no fuel and that",
    "the road to the district court was under water for weeks.",
    "A witness then said that she had seen the launch at sea",
    "every night of that month, with its lamps covered.",
]


def read(tmp_path: Path, pages: Sequence[Sequence[Item]], labels: str = "") -> Document:
    document = load(make_pdf(tmp_path / "made.pdf", pages, labels=labels))
    check_offsets(document)
    return document


def body(document: Document) -> str:
    return " ".join(
        page.text[block.start : block.end]
        for page in document.pages
        for block in page.blocks
        if block.kind is not BlockKind.FURNITURE
    )


# -- numbers of lines --------------------------------------------------------------------------------------------------


def numbered(first: int, every: int, left: bool = True) -> list[Item]:
    items: list[Item] = list(column(PROSE, TOP, x=90))
    return items + [
        Print(str(first + row), TOP - 1.25 * 11 * row, x=60 if left else 480, size=8)
        for row in range(len(PROSE))
        if (first + row) % every == 0
    ]


@pytest.mark.parametrize(("every", "left"), [(1, True), (1, False), (2, True)])
def test_numbers_of_lines_leave_the_text_and_name_no_page(tmp_path: Path, every: int, left: bool) -> None:
    document = read(tmp_path, [numbered(1 + 7 * page, every, left) for page in range(3)])
    assert body(document) == " ".join(" ".join(PROSE) for _ in range(3))
    assert [page.label for page in document.pages] == ["", "", ""]


def test_a_page_of_few_numbered_lines_is_cleared_with_the_others(tmp_path: Path) -> None:
    lines = [f"{row} {line}" for row, line in enumerate(PROSE, start=1)]
    document = read(tmp_path, [column(lines, TOP), column(lines, TOP), column([f"1 {PROSE[0]}", "2 taken."], TOP)])
    assert not any(char.isdigit() for char in body(document))


def test_numbers_of_paragraphs_and_of_rows_stay(tmp_path: Path) -> None:
    paragraphs = [
        item
        for number in range(1, 6)
        for item in paragraph(f"{number}. {' '.join(PROSE[:3])}", TOP - 60 * number, width=300)
    ]
    rows = [f"{number} Harbour of Quay{number} 4{number} 1{number}" for number in range(1, 8)]
    document = read(tmp_path, [paragraphs, paragraphs, column(rows, TOP), column(rows, TOP)])
    text = body(document)
    assert all(f"{number}. The clerk read" in text for number in range(1, 6))
    assert all(f"{number} Harbour of Quay{number}" in text for number in range(1, 8))


# -- numbers of pages --------------------------------------------------------------------------------------------------


def report(tmp_path: Path, feet: Sequence[str], labels: str = "") -> list[str]:
    pages: list[list[Item]] = [
        [*paragraph(f"{' '.join(PROSE)} Part {chr(65 + index)}.", 600), Print(foot, 40)]
        for index, foot in enumerate(feet)
    ]
    return [page.label for page in read(tmp_path, pages, labels).pages]


def test_printed_numbers_beat_labels_that_only_count(tmp_path: Path) -> None:
    assert report(tmp_path, ["71", "72", "73", "74"], labels="ARABIC") == ["71", "72", "73", "74"]


@pytest.mark.parametrize("form", ["Page {} of 90", "– {} –", "{} | The drowned road", "[{}]", "{}/90 25-118"])
def test_a_page_s_number_is_found_in_every_dress(tmp_path: Path, form: str) -> None:
    assert report(tmp_path, [form.format(number) for number in range(33, 38)]) == ["33", "34", "35", "36", "37"]


def test_front_matter_body_and_annex_are_numbered_apart() -> None:
    running = [["ii"], ["iii"], ["iv"], *([str(number)] for number in range(1, 7)), ["A-1"], ["A-2"], ["A-3"]]
    assert printed_labels(running) == ["ii", "iii", "iv", "1", "2", "3", "4", "5", "6", "A-1", "A-2", "A-3"]


def test_numbers_that_begin_again_are_each_page_s_own() -> None:
    running = [[str(number)] for number in (*range(11, 17), *range(1, 5))]
    assert printed_labels(running) == [*map(str, range(11, 17)), *map(str, range(1, 5))]


def test_a_page_without_its_number_has_that_between_its_neighbours() -> None:
    assert printed_labels([["5"], [], ["7"], ["8"]]) == ["5", "6", "7", "8"]


def test_years_and_numbers_of_notes_are_no_page_numbers() -> None:
    years = [["Budget 2019"], ["Budget 2020"], ["Budget 2021"]]
    notes: list[list[str]] = [[], [], []]
    assert printed_labels(years) == ["", "", ""]
    assert printed_labels(notes, [["3 See the annex."], ["4 Ibid., p. 9."], ["5 Ibid."]]) == ["", "", ""]


def test_labels_that_say_more_stay_where_print_agrees_or_is_silent() -> None:
    assert chosen_labels(["iv", "v", "A-1"], ["iv", "", "1"]) == ["iv", "v", "A-1"]
    assert chosen_labels(["1", "2", "3"], ["", "", ""]) == ["1", "2", "3"]
    assert chosen_labels(["1", "2", "3"], ["9", "10", ""]) == ["9", "10", ""]


# -- two pages on a sheet ----------------------------------------------------------------------------------------------


def spread(path: Path, numbers: Sequence[tuple[int, int]], *, across: bool) -> Path:
    """Sheets of two pages each; ``across`` writes their lines from edge to edge, as a text layer may have them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 595), invariant=1)
    for left, right in numbers:
        canvas.setFont("Times-Roman", 10)
        halves = [
            [(50, 500 - 13 * row, line) for row, line in enumerate([*PROSE, f"The left page is {left}."])],
            [(470, 500 - 13 * row, line) for row, line in enumerate([*PROSE, f"The right page is {right}."])],
        ]
        pieces = [piece for pair in zip(*halves, strict=True) for piece in pair] if across else halves[0] + halves[1]
        for x, y, text in [*pieces, (200, 30, str(left)), (630, 30, str(right))]:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path


@pytest.mark.parametrize("across", [False, True])
def test_two_pages_on_a_sheet_are_read_one_after_the_other_with_both_numbers(tmp_path: Path, across: bool) -> None:
    document = load(spread(tmp_path / "book.pdf", [(24, 25), (26, 27), (28, 29)], across=across))
    check_offsets(document)
    assert [page.label for page in document.pages] == ["24–25", "26–27", "28–29"]
    for page, left, right in zip(document.pages, (24, 26, 28), (25, 27, 29), strict=True):
        prose = " ".join(PROSE)
        text = " ".join(page.text.split())
        assert text.startswith(f"{prose} The left page is {left}. {prose} The right page is {right}.")


# -- marks and running lines -------------------------------------------------------------------------------------------


def marked(path: Path, mark: str, angle: float, pages: int = 3) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    for number in range(pages):
        canvas.saveState()
        canvas.setFont("Helvetica-Bold", 70)
        canvas.setFillGray(0.85)
        canvas.translate(120, 420)
        canvas.rotate(angle)
        canvas.drawString(0, 0, mark)
        canvas.restoreState()
        canvas.setFont("Times-Roman", 10)
        for row, line in enumerate(PROSE * 6):
            canvas.drawString(72, 760 - 13 * row, line)
        canvas.drawString(72, 180, f"The net of household {'ABC'[number]} was cut.")
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize("angle", [45, 30, 0])
def test_a_mark_over_every_page_is_no_title_and_in_no_passage_but_told(tmp_path: Path, angle: float) -> None:
    document = load(marked(tmp_path / "river-notes.pdf", "EMBARGOED", angle))
    check_offsets(document)
    assert document.title == "river notes"
    assert "EMBARGOED" not in body(document)
    assert "bears the mark “EMBARGOED”" in map(str, document.remarks)
    assert all(f"household {name} was cut." in body(document) for name in "ABC")


def test_pages_that_hold_running_lines_alone_are_read_where_nothing_else_is(tmp_path: Path) -> None:
    document = read(tmp_path, [[Print(f"Exhibit sheet {number}", 800)] for number in range(1, 7)])
    assert body(document) == " ".join(f"Exhibit sheet {number}" for number in range(1, 7))
