"""OpenDocument texts: what a reader of them sees, no deletion and nothing hidden."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from format_blocks import blocks, failure, headers, numbers, remarks, texts
from offset_checks import check_offsets

from ingest.documents import Document, FileType, PageUnit, Status
from ingest.load import load

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style", "meta": "meta",
        "svg": "svg-compatible", "manifest": "manifest",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
STYLES = """
<style:style style:name="Hid" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="HidP" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Up2" style:family="text" style:parent-style-name="Up"/>
<style:style style:name="Cut" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<text:list-style style:name="Num">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"/></text:list-style>
<text:list-style style:name="Dot"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
"""


def write(path: Path, body: str, manifest: str = "", doctype: str = "") -> Path:
    meta = "<dc:title>The ford of Brelka</dc:title><meta:initial-creator>Valley Press</meta:initial-creator>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f'<manifest:manifest {NAMES}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="application/vnd.oasis.opendocument.text"/>{manifest}</manifest:manifest>',
        "content.xml": f"{doctype}<office:document-content {NAMES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}><office:styles/></office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
    }
    with zipfile.ZipFile(path, "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return path


def read(folder: Path, body: str) -> Document:
    document = load(write(folder / "a.odt", body))
    check_offsets(document)
    return document


def test_headings_paragraphs_and_what_it_says_of_itself(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        '<text:p text:style-name="P1">The ford</text:p><text:h text:outline-level="2">What was lost</text:h>'
        "<text:p>The boats<text:s/>were <text:span>burned</text:span><text:line-break/>in May.<text:tab/>All.</text:p>",
    )
    assert (document.file_type, document.unit) == (FileType.ODT, PageUnit.NONE)
    assert (document.title, document.author) == ("The ford of Brelka", "Valley Press")
    assert blocks(document) == [
        ("heading", "The ford"), ("heading", "What was lost"), ("body", "The boats were burned in May. All."),
    ]  # fmt: skip


def test_insertions_are_read_and_deletions_are_told(tmp_path: Path) -> None:
    tracked = (
        "<text:tracked-changes>"
        '<text:changed-region text:id="c1"><text:insertion><office:change-info/></text:insertion></text:changed-region>'
        '<text:changed-region text:id="c2"><text:deletion><office:change-info/><text:p>gladly</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>"
    )
    line = (
        '<text:p>The council did <text:change-start text:change-id="c1"/>not <text:change-end text:change-id="c1"/>'
        '<text:change text:change-id="c2"/>come.</text:p>'
    )
    document = read(tmp_path, tracked + line)
    assert texts(document) == ["The council did not come."]
    assert remarks(document).startswith("has tracked changes: 1 insertion")
    assert "1 deletion" in remarks(document)


def test_what_nobody_sees_is_not_read(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        '<text:p>Seen <text:span text:style-name="Hid">Jon Bask </text:span>by all.</text:p>'
        '<text:p text:style-name="HidP">Mira Tol told us.</text:p>'
        '<text:section text:name="s" text:display="none"><text:p>In a hidden part.</text:p></text:section>'
        "<text:p>Open<office:annotation><dc:creator>A</dc:creator><text:p>ask Mira</text:p></office:annotation> and "
        '<text:span text:style-name="Cut">shut </text:span>free.</text:p>',
    )
    assert texts(document) == ["Seen by all.", "Open and free."]
    assert "hidden text" in remarks(document)
    assert "comments" in remarks(document)


def test_lists_have_their_numbers_and_the_line_that_opens_them(tmp_path: Path) -> None:
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('in full', '')}{item.format('this year', '')}</text:list>"
    document = read(
        tmp_path,
        "<text:p>The council should:</text:p>"
        f'<text:list text:style-name="Num">{item.format("open the ford", "")}{item.format("pay", inner)}</text:list>'
        "<text:p>It said so.</text:p>"
        f'<text:list text:style-name="Num" text:continue-numbering="true">'
        f"{item.format('Boats were burned.', '')}</text:list>"
        f'<text:list text:style-name="Dot">{item.format("one point", "")}</text:list>',
    )
    assert [kind for kind, _ in blocks(document)] == ["body", "item", "item", "item", "item", "body", "item", "item"]
    assert numbers(document) == {
        "open the ford": "1", "pay": "2", "in full": "2.a", "this year": "2.b", "Boats were burned.": "3",
    }  # fmt: skip
    assert headers(document)["pay"] == "The council should:"


def test_notes_come_last_and_their_marks_stay_out_of_numbers(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>5</text:note-citation>'
        "<text:note-body><text:p>The council, 2020.</text:p></text:note-body></text:note>"
    )
    document = read(
        tmp_path,
        f'<text:p>In 2019{note} they killed 1,500<text:span text:style-name="Up2">12</text:span> people.</text:p>'
        "<text:p>Nobody answered.</text:p>",
    )
    assert blocks(document) == [
        ("body", "In 2019 they killed 1,500 people."), ("body", "Nobody answered."), ("footnote", "The council, 2020."),
    ]  # fmt: skip


def test_tables_have_heads_and_boxes_are_read_where_they_are(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return (
            "<table:table-row>"
            + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
            + "</table:table-row>"
        )

    def cell(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    document = read(
        tmp_path,
        f"<table:table><table:table-header-rows>{row(cell('District'), cell('2020'))}</table:table-header-rows>"
        f"{row(cell('Brelka'), cell('23'))}</table:table>"
        "<text:p>Before.<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame></text:p>"
        "<text:p><draw:custom-shape><text:p>On the shape.</text:p></draw:custom-shape></text:p><text:p>After.</text:p>",
    )
    assert texts(document) == ["District | 2020", "Brelka | 23", "Before.", "In the box.", "On the shape.", "After."]
    assert headers(document)["Brelka | 23"] == "District | 2020"


def test_a_table_of_contents_is_not_read_twice(tmp_path: Path) -> None:
    contents = (
        "<text:table-of-content><text:index-body><text:p>Findings 3</text:p></text:index-body></text:table-of-content>"
    )
    assert texts(read(tmp_path, f'{contents}<text:h text:outline-level="1">Findings</text:h>')) == ["Findings"]


def test_embedded_objects_are_named(tmp_path: Path) -> None:
    body = '<text:p>Words.<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
    assert "embedded objects" in remarks(read(tmp_path, body))


def test_an_encrypted_text_is_locked(tmp_path: Path) -> None:
    manifest = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    assert failure(write(tmp_path / "a.odt", "", manifest)).status is Status.LOCKED


@pytest.mark.parametrize("depth", [300, 20_000])
def test_lists_within_lists_without_end_do_not_stop_the_reader(tmp_path: Path, depth: int) -> None:
    nested = "<text:list><text:list-item>" * depth + "<text:p>deep</text:p>" + "</text:list-item></text:list>" * depth
    path = write(tmp_path / "deep.odt", f"<text:p>Words before.</text:p>{nested}")
    try:
        assert texts(load(path))[0] == "Words before."
    except Exception:
        assert failure(path).status in (Status.DAMAGED, Status.TOO_BIG)


def test_entities_open_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the house", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    path = write(tmp_path / "a.odt", "<text:p>Words &leak; here.</text:p>", doctype=doctype)
    try:
        said = load(path).pages[0].text
    except Exception as error:
        said = str(error)
    assert "secret of the house" not in said
