"""Electronic books: chapters as the book's table of contents names them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from format_blocks import blocks, failure, texts
from offset_checks import check_offsets

from ingest.documents import Document, FileType, PageUnit, Status
from ingest.load import load

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title></head><body>{body}</body></html>'
    )


CHAPTERS = {
    "front.xhtml": page("<p>For Mira.</p>"),
    "text/one%20a.xhtml": page(
        '<h1>The ford</h1><p>In 2019<sup><a epub:type="noteref" href="#fn1">1</a></sup> the boats were burned.</p>'
        '<aside epub:type="footnote" id="fn1">The council, 2020.</aside>'
    ),
    "text/one_b.xhtml": page("<p>They went on foot. <span style='display:none'>secret words</span></p>"),
    "text/two.xhtml": page('<h1 id="x">The trial</h1><ul><li>open the court</li></ul>'),
}


def write(path: Path, contents: str, extra: dict[str, str] | None = None, root: str = "OEBPS/book.opf") -> Path:
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER.format(root),
        **{f"OEBPS/{name.replace('%20', ' ')}": text for name, text in CHAPTERS.items()},
        **(extra or {}),
    }
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(CHAPTERS)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(CHAPTERS)))
    if contents == "nav":
        items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        spine = '<itemref idref="nav"/>' + spine
        files["OEBPS/nav.xhtml"] = page(
            '<nav epub:type="landmarks"><a href="front.xhtml">Cover</a></nav><nav epub:type="toc"><ol><li>'
            '<a href="text/one%20a.xhtml">I. The  ford</a></li>'
            '<li><a href="text/two.xhtml#x">II. The trial</a></li></ol></nav>'
        )
    elif contents == "ncx":
        items += '<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        points = (("I. The ford", "text/one%20a.xhtml"), ("II. The trial", "text/two.xhtml#x"))
        marks = "".join(
            f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{source}"/></navPoint>'
            for label, source in points
        )
        files["OEBPS/toc.ncx"] = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{marks}</navMap></ncx>'
    files["OEBPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>The ford of Brelka</dc:title><dc:creator>Mira Tol</dc:creator><dc:creator>Ana Bel</dc:creator>"
        f"<dc:date>2019-05-04</dc:date></metadata>"
        f'<manifest>{items}</manifest><spine toc="toc">{spine}</spine></package>'
    )
    with zipfile.ZipFile(path, "w") as target:
        for name, text in files.items():
            target.writestr(name, text)
    return path


def read(folder: Path, contents: str) -> Document:
    document = load(write(folder / "a.epub", contents))
    check_offsets(document)
    return document


@pytest.mark.parametrize("contents", ["nav", "ncx"])
def test_chapters_are_those_of_the_table_of_contents(tmp_path: Path, contents: str) -> None:
    document = read(tmp_path, contents)
    assert (document.file_type, document.unit) == (FileType.EPUB, PageUnit.CHAPTER)
    assert (document.title, document.author, document.year) == ("The ford of Brelka", "Mira Tol, Ana Bel", "2019")
    assert [page.label for page in document.pages] == ["", "I. The ford", "II. The trial"]
    assert blocks(document, 2) == [
        ("heading", "The ford"), ("body", "In 2019 the boats were burned."), ("footnote", "The council, 2020."),
        ("body", "They went on foot."),
    ]  # fmt: skip
    assert blocks(document, 3)[-1] == ("item", "open the court")


def test_a_book_without_contents_has_a_chapter_for_each_file(tmp_path: Path) -> None:
    assert [page.label for page in read(tmp_path, "").pages] == ["", "The ford", "", "The trial"]


def test_a_book_with_encrypted_text_is_locked_and_one_with_hidden_fonts_is_read(tmp_path: Path) -> None:
    def encryption(method: str) -> dict[str, str]:
        return {
            "META-INF/encryption.xml": f'<encryption xmlns:e="urn:e"><e:EncryptionMethod Algorithm="{method}"/>'
            "</encryption>"
        }

    drm = write(tmp_path / "drm.epub", "nav", encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert failure(drm).status is Status.LOCKED
    fonts = write(tmp_path / "fonts.epub", "nav", encryption("http://www.idpf.org/2008/embedding"))
    assert texts(load(fonts), 3)[0] == "The trial"


def test_names_that_lead_out_of_the_book_open_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.opf").write_text("the secret of the house", encoding="utf-8")
    error = failure(write(tmp_path / "a.epub", "nav", root="../secret.opf"))
    assert error.status is Status.DAMAGED
    assert "secret of the house" not in str(error)


def test_a_book_without_its_package_is_damaged(tmp_path: Path) -> None:
    assert failure(write(tmp_path / "a.epub", "nav", root="OEBPS/other.opf")).status is Status.DAMAGED
