"""Tables of figures on printed pages: what is a row, what is not, and what heads the rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from offset_checks import check_offsets
from pdf_maker import TOP, Item, Print, column, make_pdf, paragraph

from ingest.documents import BlockKind, Document, Page
from ingest.load import load
from ingest.passages import split_passages

FILLER = (
    "The commission heard accounts from every district and wrote them down in the language of the people who spoke, "
    "so that nobody could say later that the words had been changed by a stranger to the valley."
)
NAMES = ("Village", "2019", "2020")
ROWS = [("Upper Ford", "212", "1,204"), ("Lower Ford", "187", "1,377"), ("Hill End", "90", "455")]
OTHERS = [("Teachers", "12", "15"), ("Nurses", "40", "31")]
PLACES = (72.0, 310.0, 440.0)


def read(tmp_path: Path, *pages: Sequence[Item]) -> Document:
    document = load(make_pdf(tmp_path / "made.pdf", pages))
    check_offsets(document)
    return document


def cells(rows: Sequence[Sequence[str]], y: float, size: float = 11.0) -> list[Item]:
    return [
        Print(cell, y - 1.4 * size * i, x=x, size=size)
        for i, row in enumerate(rows)
        for cell, x in zip(row, PLACES, strict=False)
    ]


def joined(rows: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(row) for row in rows]


def tables(page: Page) -> list[tuple[str, str]]:
    """Return header and text of every row."""
    return [(b.header, page.text[b.start : b.end]) for b in page.blocks if b.kind is BlockKind.TABLE]


# -- what heads the rows ----------------------------------------------------------------------------------------------


def test_rows_carry_the_words_over_them(tmp_path: Path) -> None:
    items = [*paragraph(FILLER, TOP), Print("Families who lost their houses", 500), *cells([NAMES, *ROWS], 480)]
    found = tables(read(tmp_path, items).pages[0])
    assert found == [("Families who lost their houses Village 2019 2020", row) for row in joined([NAMES, *ROWS])]


def test_rows_without_words_over_them_have_no_header(tmp_path: Path) -> None:
    found = tables(read(tmp_path, [*paragraph(FILLER, TOP), *cells(ROWS, 400)]).pages[0])
    assert found == [("", row) for row in joined(ROWS)]


def test_a_sentence_that_announces_the_table_heads_it_whole(tmp_path: Path) -> None:
    lines = [
        "The houses were burned in two nights. Families who had lost their houses and had asked",
        "the governor for help, counted by the commission at the end of the year, are as",
        "follows (by village):",
    ]
    items = [*column(lines, 600), *cells([NAMES, *ROWS], 550)]
    found = {header for header, _ in tables(read(tmp_path, items).pages[0])}
    announced = " ".join(lines).split(". ")[1]
    assert found == {f"{announced} Village 2019 2020"}


def test_rows_of_years_are_rows_and_no_names_of_columns(tmp_path: Path) -> None:
    rows = [("2018", "$ 377"), ("2019", "337"), ("2020", "258"), ("Thereafter", "2,155")]
    items = [Print("Payments due in the year", 500), *cells(rows, 480)]
    assert {header for header, _ in tables(read(tmp_path, items).pages[0])} == {"Payments due in the year"}


def test_names_of_columns_over_several_lines_belong_to_the_header(tmp_path: Path) -> None:
    stacked = [
        *column(["Houses", "burned"], 520, x=310),
        *column(["Families", "moved"], 520, x=440),
    ]
    found = tables(read(tmp_path, [*paragraph(FILLER, TOP), *stacked, *cells(ROWS, 490)]).pages[0])
    assert [text for _, text in found] == joined(ROWS)
    assert {header for header, _ in found} == {"Houses burned Families moved"}


def test_a_caption_over_the_table_is_in_its_header(tmp_path: Path) -> None:
    caption = "Table 1. Families who lost their houses, counted by the commission."
    items = [*paragraph(FILLER, TOP), Print(caption, 500), *cells([NAMES, *ROWS], 480)]
    assert {header for header, _ in tables(read(tmp_path, items).pages[0])} == {f"{caption} Village 2019 2020"}


def test_a_caption_below_the_table_is_in_its_header(tmp_path: Path) -> None:
    caption = "Table 1: Families who lost their houses, counted by the commission."
    items = [*paragraph(FILLER, TOP), *cells([NAMES, *ROWS], 480), Print(caption, 410)]
    assert {header for header, _ in tables(read(tmp_path, items).pages[0])} == {f"{caption} Village 2019 2020"}


def test_two_tables_of_a_page_have_their_own_headers(tmp_path: Path) -> None:
    first = [Print("Families who lost their houses", 700), *cells(ROWS, 680)]
    second = [Print("People who were dismissed", 480), *cells(OTHERS, 460)]
    found = tables(read(tmp_path, [*first, *paragraph(FILLER, 600), *second]).pages[0])
    assert found == [
        *(("Families who lost their houses", row) for row in joined(ROWS)),
        *(("People who were dismissed", row) for row in joined(OTHERS)),
    ]


# -- over the page break ----------------------------------------------------------------------------------------------


def test_a_table_that_goes_on_on_the_next_page_keeps_its_header(tmp_path: Path) -> None:
    first = [*paragraph(FILLER, TOP), Print("Families who lost their houses", 180), *cells([NAMES, *ROWS], 160)]
    first += [Print("1 Counted by the commission.", 60, size=8)]
    second = [*cells(OTHERS, TOP), *paragraph(FILLER, 500)]
    third = [*paragraph(FILLER, TOP), *cells(ROWS, 500)]
    document = read(tmp_path, first, second, third)
    header = "Families who lost their houses Village 2019 2020"
    assert [tables(page)[0][0] for page in document.pages] == [header, header, ""]


def test_a_table_with_a_name_of_its_own_does_not_take_the_other_s(tmp_path: Path) -> None:
    first = [*paragraph(FILLER, TOP), Print("Families who lost their houses", 180), *cells(ROWS, 160)]
    second = [Print("People who were dismissed", TOP), *cells(OTHERS, TOP - 20), *paragraph(FILLER, 500)]
    assert tables(read(tmp_path, first, second).pages[1])[0][0] == "People who were dismissed"


# -- rows over several lines ------------------------------------------------------------------------------------------


def test_a_label_over_two_lines_is_one_row_with_its_figures(tmp_path: Path) -> None:
    items = [
        *cells(ROWS[:2], 600),
        Print("Villages of the upper and the lower", 569),
        *cells([("valley together", "399", "2,581")], 555),
        *cells(ROWS[2:], 540),
    ]
    assert [text for _, text in tables(read(tmp_path, items).pages[0])] == [
        *joined(ROWS[:2]),
        "Villages of the upper and the lower valley together 399 2,581",
        *joined(ROWS[2:]),
    ]


def test_cells_of_several_lines_are_one_row(tmp_path: Path) -> None:
    items = [
        *cells(ROWS[:2], 600),
        *column(["Corinne of the Mill (Vice", "Chair)"], 569),
        *column(["Upper Ford", "(until May)"], 569, x=310),
        Print("2028", 569, x=440),
        *cells(ROWS[2:], 540),
    ]
    assert [text for _, text in tables(read(tmp_path, items).pages[0])] == [
        *joined(ROWS[:2]),
        "Corinne of the Mill (Vice Chair) Upper Ford (until May) 2028",
        *joined(ROWS[2:]),
    ]


# -- what is no table -------------------------------------------------------------------------------------------------


def test_numbered_paragraphs_are_no_rows(tmp_path: Path) -> None:
    lines = ["The commission counted the families in 2019", "The governor counted the families in 2020"]
    items = [
        item
        for i, line in enumerate(lines * 2)
        for item in (Print(f"{i + 1}.", TOP - 15 * i), Print(line, TOP - 15 * i, x=110))
    ]
    assert tables(read(tmp_path, items).pages[0]) == []


def test_a_table_of_contents_without_leaders_is_on_the_page_but_in_no_passage(tmp_path: Path) -> None:
    entries = [("The valley before the dam", "3"), ("Houses and fields", "11"), ("Courts", "25"), ("Annex", "40")]
    items = [
        Print("Contents", TOP, size=18),
        *[Print(cell, 660 - 16 * i, x=x) for i, e in enumerate(entries) for cell, x in zip(e, (72, 440), strict=True)],
        Print("Preface", 500, size=18),
        *paragraph(FILLER, 460),
    ]
    document = read(tmp_path, items)
    assert tables(document.pages[0]) == []
    assert "Houses and fields 11" in document.pages[0].text
    assert not any("Houses and fields" in passage.text for passage in split_passages(document))


def test_dates_and_lines_within_a_sentence_are_no_rows(tmp_path: Path) -> None:
    items = [
        Print("(13–31 May 2024)", TOP),
        Print("as in 2015 , 2016 , or 2017 .", 500),
        *paragraph(FILLER, 400),
    ]
    assert tables(read(tmp_path, items).pages[0]) == []


def test_a_balance_sheet_in_small_print_stays_in_its_place(tmp_path: Path) -> None:
    items = [
        *paragraph(FILLER, TOP),
        Print("Accounts of the union", 600, size=8),
        *cells([NAMES, *ROWS], 588, size=8),
        *paragraph(FILLER.replace("commission", "parliament"), 480),
    ]
    page = read(tmp_path, items).pages[0]
    assert len(tables(page)) == 4
    places = [page.text.index(words) for words in ("The commission", "Accounts of", "Upper Ford", "The parliament")]
    assert all(a < b for a, b in pairwise(places))
