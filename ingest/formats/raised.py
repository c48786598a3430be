"""Raised text in files that are no web pages: marks of notes leave the text, exponents stay."""

from __future__ import annotations

from ingest.formats.html_notes import is_note_mark, raised_figures


def raised_text(text: str, before: str) -> str:
    """Return what a reader's text has of raised ``text`` that follows ``before``: "" of a note's mark, "²" of "2"."""
    from lxml import etree

    element = etree.Element("sup")
    element.text = text
    return "" if is_note_mark(element, before) else raised_figures(element) or text
