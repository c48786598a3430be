"""Workbooks and tables in text: rows with their heads and numbers, values as their readers see them."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from format_blocks import blocks, failure, headers, numbers, remarks, texts
from offset_checks import check_offsets

from ingest.documents import Document, FileType, Page, PageUnit, Status
from ingest.formats.cell_values import shown
from ingest.formats.csv import read_csv
from ingest.limits import Limits
from ingest.load import load
from ingest.passages import document_sentences


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


def read(book: openpyxl.Workbook, path: Path) -> Document:
    book.save(path)
    document = load(path)
    check_offsets(document)
    return document


# -- rows -------------------------------------------------------------------------------------------------------------


def test_a_row_knows_its_sheet_its_number_and_what_heads_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [["District", 2019, 2020], ["Brelka", 12, 23], ["Ostra", 4, 5]]
    book = workbook(
        tmp_path / "a.xlsx", {"Arrests": [["Arrests by district"], [], *rows], "Notes": [["a", "b"], ["c", 1]]}
    )
    document = read(book, tmp_path / "a.xlsx")
    assert (document.file_type, document.unit) == (FileType.XLSX, PageUnit.SHEET)
    assert [(page.number, page.label) for page in document.pages] == [(1, "Arrests"), (2, "Notes")]
    assert texts(document) == ["Arrests by district", "District | 2019 | 2020", "Brelka | 12 | 23", "Ostra | 4 | 5"]
    assert headers(document)["Brelka | 12 | 23"] == "Arrests by district District | 2019 | 2020"
    assert numbers(document)["Brelka | 12 | 23"] == "4"
    row = next(sentence for sentence in document_sentences(document) if sentence.text.startswith("Brelka"))
    assert (row.paragraph, row.spans[0].page) == ("4", 1)


def test_two_header_rows_are_joined_column_by_column(tmp_path: Path) -> None:
    book = workbook(
        tmp_path / "a.xlsx",
        {
            "S": [
                ["District", "2019", None, "2020"],
                [None, "men", "women", "men"],
                ["Brelka", 1, 2, 3],
                ["Ostra", 4, 5, 6],
            ]
        },
    )
    book["S"].merge_cells("A1:A2")
    book["S"].merge_cells("B1:C1")
    assert headers(read(book, tmp_path / "a.xlsx"))["Brelka | 1 | 2 | 3"] == (
        "District | 2019 men | 2019 women | 2020 men"
    )


def test_a_cell_over_several_rows_belongs_to_each_of_them(tmp_path: Path) -> None:
    book = workbook(
        tmp_path / "a.xlsx",
        {"S": [["Province", "Town", "n"], ["North", "Ana", 1], [None, "Bel", 2], ["South", "Cor", 3]]},
    )
    book["S"].merge_cells("A2:A3")
    assert texts(read(book, tmp_path / "a.xlsx"))[1:] == ["North | Ana | 1", "North | Bel | 2", "South | Cor | 3"]


def test_several_tables_on_a_sheet_have_their_own_heads(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Town", "Homes"], ["Ana", 1], [], ["Bel", 2], [], ["Prison", "Deaths"], ["Cor", 9], [],
        ["The ministry gave these figures to the council in May."],
    ]  # fmt: skip
    document = read(workbook(tmp_path / "a.xlsx", {"S": rows}), tmp_path / "a.xlsx")
    assert headers(document) == {
        "Town | Homes": "Town | Homes",
        "Ana | 1": "Town | Homes",
        "Bel | 2": "Town | Homes",
        "Prison | Deaths": "Prison | Deaths",
        "Cor | 9": "Prison | Deaths",
    }
    assert blocks(document)[-1] == ("body", "The ministry gave these figures to the council in May.")


def test_empty_rows_and_columns_are_left_out_and_still_counted(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], [], [None, None, "Town", None, "n"], [None, None, "Ana", None, 7]]
    document = read(workbook(tmp_path / "a.xlsx", {"S": rows}), tmp_path / "a.xlsx")
    assert numbers(document) == {"Town | n": "3", "Ana | 7": "4"}


# -- what nobody sees -------------------------------------------------------------------------------------------------


def test_hidden_rows_columns_and_sheets_are_told_and_not_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Town", "Name", "n"], ["Ana", "Mira Tol", 1], ["Bel", "Jon Bask", 2]]
    book = workbook(tmp_path / "a.xlsx", {"Open": rows, "Sources": rows, "Empty": [["a", "b"], ["c", 1]]})
    book["Open"].column_dimensions["B"].hidden = True
    book["Open"].row_dimensions[3].hidden = True
    book["Sources"].sheet_state = "veryHidden"
    book["Empty"].row_dimensions[9].hidden = True
    document = read(book, tmp_path / "a.xlsx")
    assert texts(document) == ["Town | n", "Ana | 1"]
    assert document.pages[1].text == ""
    assert "hidden sheets are not read: Sources" in remarks(document)
    assert re.search(r"hidden rows or columns are not read: on Open(?!,)", remarks(document))


def test_a_format_that_shows_nothing_is_not_read(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", {"S": [["Town", "n", "m"], ["Ana", 41, 1]]})
    book["S"]["B2"].number_format = ";;;"
    assert texts(read(book, tmp_path / "a.xlsx"))[1] == "Ana | | 1"


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", {"S": [["Town", "n"], ["Ana", 1], ["Sum", "=SUM(B2:B2)"]]})
    assert "1 formulas have no stored result" in remarks(read(book, tmp_path / "a.xlsx"))


def test_notes_and_charts_are_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Town", "n"])
        sheet.write_row(1, 0, ["Ana", 7])
        sheet.write_comment("A2", "ask Mira")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=S!$B$2:$B$2"})
        sheet.insert_chart("D2", chart)
    document = load(tmp_path / "a.xlsx")
    assert "Mira" not in document.pages[0].text
    assert "holds parts that were not read: notes on cells, charts" in remarks(document)


def test_words_that_look_like_commands_are_words(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,what\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-2\n", encoding="utf-8")
    assert texts(load(path)) == ["name | what", "=cmd|' /C calc'!A0 | @SUM(1)", "+1 | -2"]


# -- values -----------------------------------------------------------------------------------------------------------

DAY = datetime.datetime(2021, 5, 3, 14, 5)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (45000, "#,##0", "45,000"),
        (45000.0, "General", "45000"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, '"$"#,##0.00', "$1,234.50"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (0, '#,##0;-#,##0;"none"', "none"),
        (7, "00000", "00007"),
        (0.1 + 0.2, "General", "0.3"),
        (2.5, "0", "3"),
        (-0.2, "0", "0"),
        (1_234_567, "#,##0,", "1,235"),
        (3, '0 "people"', "3 people"),
        (1234.5, r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', "1,235"),
        (1500, "[$€-407] #,##0", "€ 1,500"),
        (5551234, "[<=9999999]###-####;(###) ###-####", "5551234"),
        (True, "General", "TRUE"),
        (DAY, "d mmmm yyyy", "3 May 2021"),
        (DAY, "mm-dd-yy", "2021-05-03"),
        (DAY, "dd/mm/yyyy h:mm", "2021-05-03 14:05"),
        (DAY, "mmm-yy", "May 2021"),
        (DAY, "yyyy", "2021"),
        (DAY, "[$-40C]d mmmm yyyy", "2021-05-03"),
        (datetime.time(14, 5), "h:mm", "14:05"),
        (datetime.timedelta(hours=30, minutes=2), "[h]:mm", "30:02"),
        (None, "General", ""),
    ],
)
def test_a_value_is_shown_as_its_reader_sees_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    "number_format", ['"', "[", "\\", ";", "0.0.0", "#" * 500, '"a', "%%%%0", "E+", "0E+0;;", "[$"]
)
def test_no_format_breaks_the_reading(number_format: str) -> None:
    assert isinstance(shown(1234.5, number_format), str)
    assert isinstance(shown(DAY, number_format), str)


def test_raised_marks_of_notes_stay_out_of_numbers(tmp_path: Path) -> None:
    # XlsxWriter sets such text as Excel does, in the table of strings that all sheets share.
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        up, cut = book.add_format({"font_script": 1}), book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Town", "n"])
        sheet.write_rich_string(1, 0, "1,500", up, "12", " people", cut, " left", " on 40 km", up, "2")
        sheet.write(1, 1, 7)
    assert texts(load(tmp_path / "a.xlsx"))[1] == "1,500 people on 40 km² | 7"


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    workbook(tmp_path / "a.xlsx", {"S": [["Town", "n"], ["Ana", 7]]}).save(buffer)
    path = tmp_path / "strict.xlsx"
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = re.sub(
                rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006/",
                rb"http://purl.oclc.org/ooxml/\1/",
                source.read(name),
            )
            target.writestr(name, data)
    assert texts(load(path)) == ["Town | n", "Ana | 7"]


# -- tables in text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("District;2019;What\nBrelka;12;\"They said: \"\"no\"\"; nothing more\"\nOstra;4;x\n", "utf-8"),
        ("District;2019;What\r\nBrelka;12;\"They said: \"\"no\"\"; nothing more\"\r\nOstra;4;x\r\n", "utf-16"),
        ("sep=\t\nDistrict\t2019\tWhat\nBrelka\t12\tThey said: \"no\"; nothing more\nOstra\t4\tx\n", "utf-8-sig"),
    ],
)  # fmt: skip
def test_a_table_of_values_is_read_whatever_its_delimiter_and_encoding(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    document = load(path)
    assert (document.file_type, document.unit) == (FileType.CSV, PageUnit.SHEET)
    row = 'Brelka | 12 | They said: "no"; nothing more'
    assert texts(document) == ["District | 2019 | What", row, "Ostra | 4 | x"]
    assert (headers(document)[row], numbers(document)[row]) == ("District | 2019 | What", "2")


def test_two_hundred_thousand_rows_are_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    row = '2021-05-03,Brelka,3,"Guards held people, it is said, on the road."\n'
    path.write_text("day,district,people,what\n" + row * 200_000, encoding="utf-8")
    began = time.process_time()
    _, page = read_csv(path, Limits())
    assert isinstance(page, Page)
    assert time.process_time() - began < 20
    assert page.blocks[-1].number == "200001"


# -- hostile ----------------------------------------------------------------------------------------------------------


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    workbook(path, {"S": [["a", "b"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as target, target.open("xl/media/a.bin", "w") as part:
        for _ in range(60):
            part.write(bytes(10_000_000))
    error = failure(path)
    assert error.status is Status.TOO_BIG
    assert "bomb.xlsx" in str(error)


def test_entities_of_a_workbook_open_nothing_and_grow_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret of the house", encoding="utf-8")
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 20}">' for i in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "lol"><!ENTITY f SYSTEM "{(tmp_path / "secret.txt").as_uri()}">{entities}]>'
    source, path = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    workbook(source, {"S": [["Town", "n"], ["Ana", 7]]})
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(path, "w") as target:
        for name in archive.namelist():
            data = archive.read(name).decode()
            if name == "xl/sharedStrings.xml":
                data = doctype + data.replace("Ana", "&f;&a11;").removeprefix("<?xml version='1.0' encoding='utf-8'?>")
            target.writestr(name, data)
    began = time.monotonic()
    try:
        text = load(path, Limits(total_seconds=60)).pages[0].text
    except Exception as error:
        text = str(error)
    assert "secret of the house" not in text
    assert len(text) < 10_000
    assert time.monotonic() - began < 60
