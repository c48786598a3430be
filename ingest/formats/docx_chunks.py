"""Parts of another format that are embedded in a Word file: web pages and plain text are read in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import IngestError
from ingest.formats.decoding import decode_bytes, decode_markup
from ingest.formats.docx_marks import insert_chunk_mark
from ingest.formats.docx_package import Package, R, W
from ingest.formats.html_tree import drop_unseen, parse_html

if TYPE_CHECKING:
    from lxml.etree import _Element

_HTML = (".html", ".htm", ".xhtml")
_TEXT = (".txt",)


def take_chunks(document: _Element, package: Package) -> list[_Element | None]:
    """Put a mark in the place of every embedded part; return their trees in HTML, None of one that is not read."""
    relations = package.relations(package.main)
    chunks: list[_Element | None] = []
    for place in list(document.iter(W + "altChunk")):
        part = relations.get(place.get(R + "id") or "")
        insert_chunk_mark(place, len(chunks))
        parent = place.getparent()
        if parent is not None:
            parent.remove(place)
        readable = part is not None and not part.external and package.has(part.name)
        chunks.append(_read(package, part.name) if part is not None and readable else None)
    return chunks


def put_chunks(chunks: list[_Element | None], places: dict[int, _Element]) -> int:
    """Put embedded parts into the HTML; return how many were not read."""
    for index, place in places.items():
        chunk = chunks[index] if index < len(chunks) else None
        if chunk is not None:
            place.tag = "div"
            place.extend(list(chunk))
            place.text = chunk.text
    return sum(chunk is None for chunk in chunks)


def _read(package: Package, name: str) -> _Element | None:
    data = package.read(name)
    try:
        if name.lower().endswith(_HTML):
            root = parse_html(decode_markup(data, name))
            if root is not None:
                drop_unseen(root)
            return None if root is None else root.find("body")
        if name.lower().endswith(_TEXT):
            return _preformatted(decode_bytes(data, name))
    except IngestError:
        return None
    return None


def _preformatted(text: str) -> _Element:
    from lxml import etree

    body = etree.Element("body")
    etree.SubElement(body, "pre").text = "".join(char for char in text if char >= " " or char in "\n\t\r")
    return body
