"""EPUB by hand: a chapter for each page of the source."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from makers.html import body_of
from makers.source import Source

_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
    ' full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def make(source: Source) -> bytes:
    """Return the book."""
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER}
    items, order, contents = [], [], []
    for number, page in enumerate(source.pages, start=1):
        name = f"chapter{number}.xhtml"
        files[f"OEBPS/{name}"] = _chapter(source, body_of(page), page.labels[0])
        items.append(f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>')
        order.append(f'<itemref idref="c{number}"/>')
        contents.append(f'<li><a href="{name}">{escape(page.labels[0])}</a></li>')
    listed = f'<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol>{"".join(contents)}</ol></nav>'
    files["OEBPS/nav.xhtml"] = _chapter(source, listed, "Contents")
    files["OEBPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">'
        f"{source.name}</dc:identifier><dc:title>{escape(source.title)}</dc:title><dc:language>{source.language}"
        '</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" properties="nav"'
        f' media-type="application/xhtml+xml"/>{"".join(items)}</manifest><spine>{"".join(order)}</spine></package>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 0, 0, 0)), content, how)
    return stream.getvalue()


def _chapter(source: Source, body: str, title: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        f' lang="{source.language}"><head><title>{escape(title)}</title></head><body>{body}</body></html>'
    )
