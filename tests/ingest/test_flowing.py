"""Files without pages: told by content, read with exact offsets."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offset_checks import check_offsets
from pdf_maker import TOP, Print, make_pdf

from ingest.documents import BlockKind, Document, FileType
from ingest.errors import DamagedFile, UnsupportedFile
from ingest.filetype import detect_file_type
from ingest.formats.decoding import decode
from ingest.load import load
from ingest.passages import document_sentences, split_passages

HTML = """<!DOCTYPE html>
<html lang="en"><head><title>The river people</title><meta name="author" content="Valley Press">
<meta property="article:published_time" content="2019-05-04"></head>
<body><nav><ul><li><a href="/">Home page</a></li><li><a href="/shop">Buy our calendar</a></li></ul></nav>
<article><h1>The river people</h1>
<p>The people who lived by the river were moved to the hills in the spring of that year by the army.</p>
<h2>What they lost</h2>
<p>Their fields were flooded when the dam was closed, and nobody was paid for the harvest that was lost.</p>
<table><tr><th>Village</th><th>Families</th></tr><tr><td>Upper Ford</td><td>212</td></tr></table>
<p>The court of the province has not answered their letter, which was sent four years before this was written.</p>
</article><footer><p>Subscribe to our newsletter</p></footer></body></html>"""

MARKDOWN = """---
title: "People of the river"
author: Valley Press
date: 2019-05-04
---

# The river people

The people who lived by the river
were moved to the hills — naïvely.

## What they lost

- Their fields were flooded when the dam was closed.
- Their boats were burned by the soldiers.

| Village | Families |
| --- | --- |
| Upper Ford | 212 |

> The court has not answered their letter.
"""
FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:t>Annual report of the </w:t></w:r><w:r><w:t>ombudsman, 2019.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)


def blocks(document: Document) -> list[tuple[str, int, str]]:
    (page,) = document.pages
    return [(block.kind.value, block.level, page.text[block.start : block.end]) for block in page.blocks]


def make_docx(path: Path, footnotes: bool = False) -> Path:
    document = docx.Document()
    document.core_properties.title = "The river people"
    document.core_properties.author = "Valley Press"
    document.add_heading("The river people", 1)
    document.add_paragraph("The people who lived by the river were moved to the hills.")
    document.add_heading("What they lost", 2)
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), "Village Families Ford 212".split(), strict=True
    ):
        cell.text = text
    document.add_paragraph("The court has not answered their letter.")
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if footnotes and name == "[Content_Types].xml":
                override = (
                    b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.wordprocessingml.footnotes+xml"/></Types>'
                )
                data = data.replace(b"</Types>", override)
            if footnotes and name == "word/_rels/document.xml.rels":
                relation = (
                    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships'
                    b'/footnotes" Target="footnotes.xml"/></Relationships>'
                )
                data = data.replace(b"</Relationships>", relation)
            if footnotes and name == "word/document.xml":
                data = data.replace(b"their letter.</w:t>", b'their letter.</w:t><w:footnoteReference w:id="1"/>')
            target.writestr(name, data)
        if footnotes:
            target.writestr("word/footnotes.xml", FOOTNOTES)
    return path


# -- what a file is ---------------------------------------------------------------------------------------------------


def test_a_pdf_is_a_pdf_whatever_its_name(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "notes.txt", [[Print("The people were moved to the hills.", TOP)]])
    document = load(path)
    assert (document.file_type, document.paged) == (FileType.PDF, True)


def test_html_is_html_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text(HTML, encoding="utf-8")
    document = load(path)
    assert (document.file_type, document.paged) == (FileType.HTML, False)


def test_a_docx_needs_no_ending(tmp_path: Path) -> None:
    assert load(make_docx(tmp_path / "report")).file_type is FileType.DOCX


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MARKDOWN, FileType.MARKDOWN),
        ("# One\n\nText\n\n## Two\n\nText\n", FileType.MARKDOWN),
        ("He is no. # 1 of them.\n\nJust a text, with a | bar and --- dashes.\n", FileType.TEXT),
        ("The word <html> stands in this text.\n", FileType.TEXT),
        ("<!-- saved page -->\n<!DOCTYPE HTML>\n<html><body>Hi</body></html>", FileType.HTML),
        ('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"></html>', FileType.HTML),
        ("\ufeff<html><body>Hi</body></html>", FileType.HTML),
        ("%PDF-1.4 is how a PDF begins.", FileType.PDF),
    ],
)
def test_types_are_told_by_content(tmp_path: Path, text: str, expected: FileType) -> None:
    path = tmp_path / "file.bin"
    path.write_text(text, encoding="utf-8")
    assert detect_file_type(path) is expected


@pytest.mark.parametrize(
    "head",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"a\0b",
    ],
)
def test_other_files_are_refused_by_name_with_a_remedy(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "minutes.doc"
    path.write_bytes(head + b"rest of it" * 10)
    with pytest.raises(UnsupportedFile, match=r"minutes\.doc .*(save|add)"):
        detect_file_type(path)


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_an_empty_file_is_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(data)
    with pytest.raises(DamagedFile, match=r"empty\.pdf is empty"):
        detect_file_type(path)


# -- encodings --------------------------------------------------------------------------------------------------------

RUSSIAN = (
    "Правозащитницы вышли на мирный марш в столице страны. Милиция задержала около семидесяти участниц марша, "
    "но вечером их отпустили без объяснений."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "windows-1251"])
def test_text_is_decoded_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "отчёт.txt"
    bom = encoding == "utf-16-le-bom"
    path.write_bytes(b"\xff\xfe" + RUSSIAN.encode("utf-16-le") if bom else RUSSIAN.encode(encoding))
    document = load(path)
    assert document.file_type is FileType.TEXT
    assert document.pages[0].text == RUSSIAN
    assert [sentence.text for sentence in document_sentences(document)] == [
        "Правозащитницы вышли на мирный марш в столице страны.",
        "Милиция задержала около семидесяти участниц марша, но вечером их отпустили без объяснений.",
    ]


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"), min_size=1))
def test_utf_8_is_never_guessed_to_be_something_else(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "utf8.txt"
    path.write_bytes(text.encode())
    assert decode(path) == text.removeprefix("\ufeff")


# -- plain text -------------------------------------------------------------------------------------------------------


def test_blank_lines_part_the_paragraphs_of_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"First paragraph,\r\nsoft-wrapped.\r\n\r\nSecond paragraph.\r\n \r\nThird paragraph.")
    texts = [text.split() for _, _, text in blocks(load(path))]
    assert texts == [["First", "paragraph,", "soft-wrapped."], ["Second", "paragraph."], ["Third", "paragraph."]]


def test_a_file_without_a_title_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "field_notes-2019.txt"
    path.write_text("The people were moved to the hills by the army.", encoding="utf-8")
    assert load(path).title == "field notes 2019"


# -- Markdown ---------------------------------------------------------------------------------------------------------


def test_markdown_keeps_its_text_and_knows_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_bytes(MARKDOWN.encode())
    document = load(path)
    assert document.pages[0].text == MARKDOWN
    assert (document.title, document.author, document.year) == ("People of the river", "Valley Press", "2019")
    assert blocks(document) == [
        ("heading", 1, "The river people"),
        ("body", 0, "The people who lived by the river\nwere moved to the hills — naïvely."),
        ("heading", 2, "What they lost"),
        ("item", 0, "Their fields were flooded when the dam was closed."),
        ("item", 0, "Their boats were burned by the soldiers."),
        ("table", 0, "Village | Families"),
        ("table", 0, "Upper Ford | 212"),
        ("body", 0, "The court has not answered their letter."),
    ]
    check_offsets(document)


def test_front_matter_is_in_no_passage(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    said = " ".join(passage.text for passage in split_passages(load(path)))
    assert "author:" not in said
    assert "naïvely" in said


def test_remarks_of_markdown_are_in_no_passage(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(
        "# One\n\nThe people were moved to the hills.\n\n<!-- not for print -->\n\n# Two\n\nNobody was paid for it.\n",
        encoding="utf-8",
    )
    passages = split_passages(load(path))
    assert any("Nobody was paid for it." in passage.text for passage in passages)
    assert not any("not for print" in passage.text for passage in passages)


# -- HTML -------------------------------------------------------------------------------------------------------------


def test_html_gives_the_article_without_navigation(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, encoding="utf-8")
    document = load(path)
    text = document.pages[0].text
    assert document.title == "The river people"
    assert ("heading", 2, "What they lost") in blocks(document)
    assert ("table", 0, "Upper Ford | 212") in blocks(document)
    assert "Their fields were flooded when the dam was closed" in text
    assert not any(word in text for word in ("Home page", "Buy our calendar", "Subscribe"))
    assert text.count("The river people") == 1
    check_offsets(document)


def test_entities_of_html_open_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the house", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "page.html"
    path.write_text(HTML.replace("<!DOCTYPE html>", entity).replace("naïve", "&leak;"), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("by the army", "by &leak; the army"), encoding="utf-8")
    assert "the secret of the house" not in load(path).pages[0].text


# -- tables -----------------------------------------------------------------------------------------------------------

CAPTION = "Table 1: Families who lost their houses"
ROWS = [["Village", "Families"], ["Upper Ford", "212"], ["Hill End", "90"]]
TELL = "The people who lived by the river were moved to the hills in the spring of that year by the army."


def table_files(folder: Path) -> list[Path]:
    """The same table, with and without its caption, in every type of file that knows tables."""
    marked = "\n".join(["| Village | Families |", "| --- | --- |", "| Upper Ford | 212 |", "| Hill End | 90 |"])
    markdown = f"# River\n\n**{CAPTION}**\n\n{marked}\n\n{TELL}\n\n{marked}\n"
    (folder / "table.md").write_text(markdown, encoding="utf-8")
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    html = (
        f"<html><body><article><h1>River</h1><p>{TELL}</p><p>{CAPTION}</p><table>{rows}</table>"
        f"<p>{TELL} So it was told.</p><table>{rows}</table>"
        "<p>Nobody was ever paid for the harvest that was lost in that year.</p></article></body></html>"
    )
    (folder / "table.html").write_text(html, encoding="utf-8")
    document = docx.Document()
    for text in (CAPTION, TELL):
        document.add_paragraph(text)
        table = document.add_table(3, 2)
        for row, values in zip(table.rows, ROWS, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    document.save(str(folder / "table.docx"))
    return [folder / "table.md", folder / "table.html", folder / "table.docx"]


def test_the_rows_of_a_table_carry_its_header_row_and_its_caption(tmp_path: Path) -> None:
    for path in table_files(tmp_path):
        document = load(path)
        check_offsets(document)
        text = document.pages[0].text
        tables = [b for b in document.pages[0].blocks if b.kind is BlockKind.TABLE]
        assert [text[b.start : b.end] for b in tables] == [" | ".join(row) for row in ROWS] * 2, path.name
        assert [b.header for b in tables] == [f"{CAPTION} Village | Families"] * 3 + ["Village | Families"] * 3, (
            path.name
        )


# -- DOCX -------------------------------------------------------------------------------------------------------------


def test_docx_gives_headings_tables_and_footnotes_in_order(tmp_path: Path) -> None:
    document = load(make_docx(tmp_path / "report.docx", footnotes=True))
    assert (document.title, document.author) == ("The river people", "Valley Press")
    assert blocks(document) == [
        ("heading", 1, "The river people"),
        ("body", 0, "The people who lived by the river were moved to the hills."),
        ("heading", 2, "What they lost"),
        ("table", 0, "Village | Families"),
        ("table", 0, "Ford | 212"),
        ("body", 0, "The court has not answered their letter."),
        ("footnote", 0, "Annual report of the ombudsman, 2019."),
    ]
    check_offsets(document)
    assert split_passages(document)[-1].text == "Annual report of the ombudsman, 2019."


def test_a_docx_without_footnotes_has_none(tmp_path: Path) -> None:
    assert all(kind != BlockKind.FOOTNOTE for kind, _, _ in blocks(load(make_docx(tmp_path / "report.docx"))))
