"""Word files: their XML made plain, turned into HTML by mammoth, and read as a web page is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import Metadata, Page
from ingest.formats.builder import TextBuilder
from ingest.formats.docx_chunks import put_chunks, take_chunks
from ingest.formats.docx_marks import mark_paragraphs, read_marks
from ingest.formats.docx_numbers import Numbering
from ingest.formats.docx_package import Package, plain_package
from ingest.formats.docx_remarks import remarks
from ingest.formats.docx_styles import Styles
from ingest.formats.docx_xml import Found, make_plain
from ingest.formats.html_blocks import add_html
from ingest.formats.html_tree import parse_html
from ingest.formats.publication import stated_year
from ingest.formats.safety import capped, check_archive
from ingest.limits import Limits
from ingest.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_NOTES = ("footnotes", "endnotes")
_FIRST_BLOCKS = 40
"""Among which a document says when it was published."""


def read_docx(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read a Word file: all tracked changes accepted, numbers counted, notes at the end.

    Raises:
        TooBig: it would unpack to more than the limits allow.
        DamagedFile: it is no Word file inside.
    """
    import mammoth

    check_archive(path, limits)
    package = Package(path)
    found = Found()
    document, notes, chunks = _plain(package, found)
    no_pictures = mammoth.images.img_element(lambda _: {})
    html = mammoth.convert_to_html(plain_package(document, notes), convert_image=no_pictures).value
    builder = TextBuilder()
    tree = parse_html(f"<html><body>{html}</body></html>")
    if tree is not None:
        unread = put_chunks(chunks, read_marks(tree))
        if unread:
            found.unread["part"] = unread
        add_html(builder, tree)
    text = capped(builder.text, path, limits)
    yield _metadata(package, stated_year(text[b.start : b.end] for b in builder.blocks[:_FIRST_BLOCKS]))
    yield Page(1, text, tuple(builder.blocks))
    yield from remarks(package, found)
    yield from builder.remarks()


def _plain(package: Package, found: Found) -> tuple[_Element, dict[str, _Element], list[_Element | None]]:
    """Return the document, its notes and its embedded parts, made plain."""
    styles = Styles(_part(package, "styles"))
    numbering = Numbering(styles)
    numbering.define(_part(package, "numbering"))
    document = package.xml(package.main)
    make_plain(document, styles, found)
    chunks = take_chunks(document, package)
    mark_paragraphs(document, styles, numbering)
    notes = {}
    for kind in _NOTES:
        root = _part(package, kind)
        if root is not None:
            make_plain(root, styles, found)
            notes[kind] = root
    return document, notes, chunks


def _part(package: Package, kind: str) -> _Element | None:
    name = package.related(kind)
    return package.xml(name) if name else None


def _metadata(package: Package, year: str) -> Metadata:
    """Return title and author from the file's properties. The day it was created there is that of its template."""
    name = next((part.name for part in package.relations("").values() if part.kind == "core-properties"), "")
    if not package.has(name):
        return Metadata(year=year)
    root = package.xml(name)
    title, author = (" ".join((root.findtext(_DC + tag) or "").split()) for tag in ("title", "creator"))
    return Metadata(title, author, year)
