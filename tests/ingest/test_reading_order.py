"""Pages are read as they are printed, whatever the order of their text layer; an order that is good stays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path

import pytest
from offset_checks import check_offsets
from pdf_maker import TOP, Item, Print, column, make_pdf, paragraph

from ingest.documents import BlockKind, Document, Page, Span
from ingest.load import load
from ingest.passages import document_sentences
from ingest.pdf.page_image import page_image

FIRST = (
    "The commission heard accounts from every district and wrote them down in the language of the people who spoke, "
    "so that nobody could say later that the words had been changed by a stranger to the valley."
)
SECOND = (
    "Families who had walked for nine days through the hills were kept waiting at the gate of the ministry until the "
    "evening, and those who came back on the next morning found that it had been locked."
)
THIRD = (
    "Teachers of the upper villages were told by the governor that their schools would be opened again after the "
    "harvest, but the roofs had been taken away by then and nobody would say by whom it was done."
)
STORIES = (FIRST, SECOND, THIRD)


def read(tmp_path: Path, *pages: Sequence[Item], rotation: int = 0, drawn: int = 0) -> Document:
    document = load(make_pdf(tmp_path / "made.pdf", pages, rotation=rotation, drawn=drawn))
    check_offsets(document)
    return document


def texts(page: Page, kind: BlockKind = BlockKind.BODY) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks if block.kind is kind]


def columns(count: int, y: float = TOP) -> list[list[Item]]:
    """Return ``count`` columns side by side, a story in each."""
    pitch = 456 / count
    return [list(paragraph(STORIES[i], y, x=72 + i * pitch, width=pitch - 16)) for i in range(count)]


def interleaved(parts: Sequence[Sequence[Item]]) -> list[Item]:
    return [item for item in chain.from_iterable(zip_longest(*parts)) if item is not None]


# -- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 3])
def test_columns_that_the_layer_runs_across_are_read_one_after_the_other(tmp_path: Path, count: int) -> None:
    page = read(tmp_path, interleaved(columns(count))).pages[0]
    assert texts(page) == list(STORIES[:count])


@pytest.mark.parametrize("count", [2, 3])
def test_columns_that_come_in_the_wrong_order_are_read_from_the_left(tmp_path: Path, count: int) -> None:
    page = read(tmp_path, [item for part in reversed(columns(count)) for item in part]).pages[0]
    assert texts(page) == list(STORIES[:count])


def test_columns_in_good_order_are_left_alone(tmp_path: Path) -> None:
    page = read(tmp_path, [item for part in columns(3) for item in part]).pages[0]
    assert texts(page) == list(STORIES)
    assert [run.source for run in page.runs] == sorted(run.source for run in page.runs)


def test_a_heading_across_the_columns_parts_what_stands_over_it_from_what_stands_below(tmp_path: Path) -> None:
    over, below = columns(2, TOP), columns(2, TOP - 260)
    heading = Print("What the two commissions of the upper and the lower valley found", TOP - 230, size=15)
    page = read(tmp_path, [*over[1], *below[1], *over[0], heading, *below[0]]).pages[0]
    assert [page.text[block.start : block.end] for block in page.blocks] == [
        FIRST,
        SECOND,
        heading.text,
        FIRST,
        SECOND,
    ]


def test_a_word_divided_at_the_end_of_a_column_s_line_is_joined(tmp_path: Path) -> None:
    left = [
        "people turned to the govern-",
        "ment and asked that all of the",
        "land by the river be given",
        "back to them before harvest.",
    ]
    right = [
        "witnesses who came from the",
        "hills had been told that it was",
        "safe to speak to anyone who",
        "asked them about the march.",
    ]
    page = read(tmp_path, interleaved([column(left, TOP), column(right, TOP, x=240)])).pages[0]
    assert "turned to the government and asked" in page.text
    assert page.text.index("before harvest.") < page.text.index("witnesses who came")


def test_a_sentence_runs_on_into_the_next_column_past_the_footnote(tmp_path: Path) -> None:
    left, right = columns(2)
    begun = paragraph("Officials who had signed the order of the governor were", TOP - 150, width=212)
    ended = paragraph("never asked about it. Nobody was charged.", TOP - 150, x=300, width=212)
    note = paragraph("1 See the annual report of the ombudsman.", TOP - 190, width=212, size=7.5)
    page = read(tmp_path, [*interleaved([[*left, *begun], [*ended, *right]]), *note]).pages[0]
    assert texts(page, BlockKind.FOOTNOTE) == ["1 See the annual report of the ombudsman."]
    assert page.blocks[-1].kind is BlockKind.FOOTNOTE


def test_footnotes_under_each_column_go_to_the_end_and_the_sentence_is_joined(tmp_path: Path) -> None:
    pitch, width = 228, 212
    story = f"{FIRST} Officials who had signed the order of the governor were"
    rest = f"never asked about it. {SECOND}"
    notes = (
        "1 See the annual report of the ombudsman, chapter four.",
        "2 Letter of the governor, kept in the archive.",
    )
    left = [*paragraph(story, TOP, width=width), *paragraph(notes[0], TOP - 200, width=width, size=7.5)]
    right = [
        *paragraph(rest, TOP, x=72 + pitch, width=width),
        *paragraph(notes[1], TOP - 200, x=72 + pitch, width=width, size=7.5),
    ]
    page = read(tmp_path, interleaved([left, right])).pages[0]
    assert texts(page) == [f"{story} {rest}"]
    assert texts(page, BlockKind.FOOTNOTE) == list(notes)


def test_a_table_across_both_columns_stays_whole(tmp_path: Path) -> None:
    rows = [("Upper Ford", "212", "1,204"), ("Lower Ford", "187", "1,377"), ("Hill End", "90", "455")]
    table = [
        Print(cell, TOP - 200 - 14 * i, x=x)
        for i, row in enumerate(rows)
        for cell, x in zip(row, (72, 310, 440), strict=True)
    ]
    over, below = columns(2), columns(2, TOP - 280)
    page = read(tmp_path, [*interleaved(over), *table, *interleaved(below)]).pages[0]
    assert texts(page) == [FIRST, SECOND, FIRST, SECOND]
    assert texts(page, BlockKind.TABLE) == [" ".join(row) for row in rows]


def test_cells_of_words_are_no_columns(tmp_path: Path) -> None:
    rows = [("Article 9", "signed in May"), ("Article 12", "not signed"), ("Article 14", "signed with a reservation")]
    items = [
        Print(cell, TOP - 16 * i, x=x) for i, row in enumerate(rows * 2) for cell, x in zip(row, (72, 300), strict=True)
    ]
    page = read(tmp_path, items).pages[0]
    assert page.text.split() == " ".join(" ".join(row) for row in rows * 2).split()


def test_a_list_of_names_in_two_columns_keeps_its_order(tmp_path: Path) -> None:
    names = ["Committee of the Upper Valley", "Committee of the Lower Valley", "Union of Teachers of the Hills"] * 3
    items = interleaved([column(names, TOP), column(names, TOP, x=300)])
    page = read(tmp_path, items).pages[0]
    assert page.text.split() == " ".join(f"{name} {name}" for name in names).split()


# -- boxes ------------------------------------------------------------------------------------------------------------


def test_a_box_does_not_cut_a_sentence_in_two(tmp_path: Path) -> None:
    begun, ended = (
        "The families who had been moved from the river were",
        "never told where they would live.",
    )
    items = [
        *paragraph(begun, TOP),
        Print("What the governor said", 660, x=110, size=9, font="Helvetica-Bold"),
        *paragraph(SECOND, 640, x=110, width=300, size=9, font="Helvetica"),
        *paragraph(ended, 540),
        *paragraph(FIRST, 480),
    ]
    document = read(tmp_path, items)
    assert f"{begun} {ended}" in [s.text for s in document_sentences(document)]
    assert SECOND in document.pages[0].text


# -- turned pages -----------------------------------------------------------------------------------------------------

ROWS = [("Upper Ford", "212", "1,204"), ("Lower Ford", "187", "1,377"), ("Hill End", "90", "455")]


def table(y: float) -> list[Item]:
    return [
        Print(cell, y - 16 * i, x=x)
        for i, row in enumerate([("Village", "Families", "People"), *ROWS])
        for cell, x in zip(row, (72, 310, 440), strict=True)
    ]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("drawn", [0, 90, 180, 270])
def test_turned_pages_are_read_like_upright_ones(tmp_path: Path, rotation: int, drawn: int) -> None:
    items = [*paragraph(FIRST, 520), *paragraph(SECOND, 440), *table(340)]
    page = read(tmp_path, items, rotation=rotation, drawn=drawn).pages[0]
    assert texts(page) == [FIRST, SECOND, "Village Families People"]
    tables = [block for block in page.blocks if block.kind is BlockKind.TABLE]
    assert [page.text[block.start : block.end] for block in tables] == [" ".join(row) for row in ROWS]
    assert {block.header for block in tables} == {"Village Families People"}


@pytest.mark.parametrize("drawn", [90, 270])
def test_columns_of_a_turned_page_are_read_one_after_the_other(tmp_path: Path, drawn: int) -> None:
    page = read(tmp_path, interleaved(columns(2, y=520)), drawn=drawn).pages[0]
    assert texts(page) == [FIRST, SECOND]


@pytest.mark.parametrize("drawn", [90, 180, 270])
def test_highlights_of_turned_text_lie_on_it(tmp_path: Path, drawn: int) -> None:
    path = make_pdf(tmp_path / "turned.pdf", [paragraph(FIRST, 520) + paragraph(SECOND, 440)], drawn=drawn)
    page = load(path).pages[0]
    start = page.text.index(SECOND)
    first = page_image(path, page, [Span(1, 0, start)], scale=1.0).boxes
    second = page_image(path, page, [Span(1, start, len(page.text))], scale=1.0).boxes
    across = {90: 0, 180: 3, 270: 2}[drawn]  # the edge of a box that grows down the text
    lower = {90: 1, 180: -1, 270: -1}[drawn]
    assert max(lower * box[across] for box in first) < min(lower * box[across] for box in second)


def test_running_lines_of_a_turned_page_are_found(tmp_path: Path) -> None:
    pages = [
        [Print("Annual Review of the Valley", 570), *paragraph(story, 400, width=600), Print(f"{number}", 20)]
        for number, story in enumerate(STORIES, start=1)
    ]
    document = read(tmp_path, *pages, drawn=90)
    assert [sentence.text for sentence in document_sentences(document)] == list(STORIES)
    assert [page.label for page in document.pages] == ["1", "2", "3"]
