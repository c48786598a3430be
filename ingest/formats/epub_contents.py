"""A book's table of contents: which file each chapter begins in, and what it is called."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest.formats.decoding import decode_markup
from ingest.formats.html_tree import parse_html
from ingest.formats.xml_trees import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_EPUB_TYPE = ("{http://www.idpf.org/2007/ops}type", "epub:type")


def chapter_titles(archive: zipfile.ZipFile, contents: list[str]) -> dict[str, str]:
    """Return the title of the chapter that begins in each file, by the file's name in the archive.

    Args:
        archive: The book.
        contents: Names of the files with the table of contents; the first that names chapters counts.
    """
    for name in contents:
        folder = posixpath.dirname(name)
        found: dict[str, str] = {}
        for address, title in _entries(archive.read(name), name):
            target = posixpath.normpath(posixpath.join(folder, unquote(address.split("#")[0])))
            if title:
                found.setdefault(target, title)
        if found:
            return found
    return {}


def _entries(data: bytes, name: str) -> list[tuple[str, str]]:
    """Return address and title of the entries, in their order."""
    if name.endswith(".ncx") or b"<ncx" in data[:4096]:
        return [(_source(point), _words(point.find("{*}navLabel"))) for point in parse_xml(data).iter("{*}navPoint")]
    root = parse_html(decode_markup(data, name))
    if root is None:
        return []
    lists = [nav for nav in root.iter("nav") if any("toc" in (nav.get(key) or "").split() for key in _EPUB_TYPE)]
    within = lists[0] if lists else root
    return [(link.get("href", ""), _words(link)) for link in within.iter("a")]


def _source(point: _Element) -> str:
    content = point.find("{*}content")
    return "" if content is None else content.get("src", "")


def _words(element: _Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
