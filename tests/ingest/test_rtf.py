"""RTF files: their letters in every encoding, no deletion and nothing hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from format_blocks import blocks, failure, headers, numbers, remarks, texts
from offset_checks import check_offsets

from ingest.documents import Document, FileType, PageUnit
from ingest.load import load

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times CYR;}{\f2\fcharset128 MS;}}"
    r"{\stylesheet{\s0 Normal;}{\s3 heading 2;}}"
    r"{\info{\title The ford}{\author Valley Press}{\operator Jon Bask}}"
)


def read(folder: Path, body: str, head: str = HEAD) -> Document:
    path = folder / "a.rtf"
    path.write_bytes((head + body + "}").encode("latin-1"))
    document = load(path)
    check_offsets(document)
    return document


def test_what_it_says_of_itself_headings_and_paragraphs(tmp_path: Path) -> None:
    body = (
        r"\pard\s3 What was lost\par\pard\outlinelevel0 Ford\par\pard The boats{\b  were} burned.\par Nobody came.\par"
    )
    document = read(tmp_path, body)
    assert (document.file_type, document.unit) == (FileType.RTF, PageUnit.NONE)
    assert (document.title, document.author) == ("The ford", "Valley Press")
    assert blocks(document) == [
        ("heading", "What was lost"), ("heading", "Ford"), ("body", "The boats were burned."), ("body", "Nobody came."),
    ]  # fmt: skip
    assert "Jon Bask" not in document.pages[0].text


@pytest.mark.parametrize(
    ("marks", "text"),
    [
        (r"caf\'e9 \ldblquote no\rdblquote\~\emdash  all\_over", "café “no” — all-over"),
        (r"\f1\'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (r"{\f2\'93\'fa\'96\'7b}", "日本"),
        (r"\uc1\u1055?\u1088?\u-10179?\u-8704?", "Пр😀"),
        (r"\uc2\u8220\'93\'93x\uc0\u8221 y", "“x”y"),
        (r"{\upr{ascii}{\*\ud{\u1055?}}}", "П"),
        (r"\{braces\} and a back\\slash", "{braces} and a back\\slash"),
        ("broken\r\nline", "brokenline"),
        (r"soft\-hyphen", "softhyphen"),
        (r"{\pict\bin6 }}{{\\}shown", "shown"),
        (r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt the link}}', "the link"),
    ],
)
def test_letters_are_decoded(tmp_path: Path, marks: str, text: str) -> None:
    assert texts(read(tmp_path, marks)) == [text]


def test_the_code_page_of_the_document_holds_where_a_font_names_none(tmp_path: Path) -> None:
    head = r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Times;}}"
    assert texts(read(tmp_path, r"\f0\'cf\'f0\'e8\'e2\'e5\'f2 \'f1", head)) == ["Привет с"]


def test_insertions_are_read_and_what_nobody_sees_is_told(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        r"The council did {\revised not }come{\deleted  gladly}.{\v  Jon Bask told us.}\par"
        r"{\strike Old.} New.{\*\annotation ask Mira}{\header head}{\footer foot}{\*\unheard of}\par",
    )
    assert texts(document) == ["The council did not come.", "New."]
    assert remarks(document).startswith("has tracked changes: 1 insertion")
    assert "hidden text" in remarks(document)
    assert "comments" in remarks(document)


def test_hidden_text_ends_where_its_mark_does(tmp_path: Path) -> None:
    assert texts(read(tmp_path, r"A \v no \v0 b \v no\plain  c {\v no} d")) == ["A b c d"]


def test_notes_come_last_and_their_marks_stay_out_of_numbers(tmp_path: Path) -> None:
    note = r"{\super\chftn}{\footnote\pard\plain {\super\chftn} The council, 2020.}"
    document = read(
        tmp_path, rf"In 2019{note} they killed 1,500{{\up6 12}} people on 40 km{{\super 2}}.\par Nobody came.\par"
    )
    assert blocks(document) == [
        ("body", "In 2019 they killed 1,500 people on 40 km²."), ("body", "Nobody came."),
        ("footnote", "The council, 2020."),
    ]  # fmt: skip


def test_lists_have_their_numbers_and_the_line_that_opens_them(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        r"The council should:\par{\pntext 1.\tab}open the ford\par\pard\ls2\ilvl0{\listtext\f2\'95\tab}pay all\par"
        r"\pard\ls2\ilvl1{\listtext (a)\tab}in full\par\pard It said so.\par",
    )
    assert [kind for kind, _ in blocks(document)] == ["body", "item", "item", "item", "body"]
    assert numbers(document) == {"open the ford": "1", "in full": "a"}
    assert headers(document)["pay all"] == "The council should:"


def test_tables_have_heads_and_merged_cells(tmp_path: Path) -> None:
    def row(*cells: str, merged: str = "") -> str:
        widths = "".join(
            rf"{mark}\cellx{i}" for i, mark in enumerate(merged.split(",") if merged else [""] * len(cells))
        )
        return rf"\trowd{widths}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row "

    document = read(
        tmp_path,
        row("District", "Town", "2020")
        + row("North", "Brelka", "23", merged=r"\clvmgf,,")
        + row("", "Ostra", "4", merged=r"\clvmrg,,")
        + r"\pard After.\par",
    )
    assert texts(document)[:2] == ["District | Town | 2020", "North | Brelka | 23"]
    assert texts(document)[-1] == "After."
    assert "Ostra" in texts(document)[2]
    assert "North" in headers(document)[texts(document)[2]]


def test_text_in_a_box_is_read_once(tmp_path: Path) -> None:
    box = (
        r"{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt\pard In the box.\par}}{\shprslt{\*\do{\dptxbxtext old}}}}"
    )
    assert texts(read(tmp_path, rf"Before.\par {box}After.\par")) == ["Before.", "In the box.", "After."]


@pytest.mark.parametrize("body", ["{" * 50_000, "}" * 50_000, r"{\*\x " * 1900, r"\'", r"\u", r"\bin99999999 x", "\\"])
def test_broken_marks_end_in_text_or_one_line(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes((HEAD + r"Words before.\par " + body).encode("latin-1"))
    try:
        assert texts(load(path))[0] == "Words before."
    except Exception:
        assert "a.rtf" in str(failure(path))


@pytest.mark.slow
def test_two_megabytes_are_read_in_seconds(tmp_path: Path) -> None:
    document = read(tmp_path, r"The council of Brelka closed the ford in {\b April} 2020.\par " * 30_000)
    assert len(document.pages[0].blocks) == 30_000
