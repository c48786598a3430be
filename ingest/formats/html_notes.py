"""Notes of an HTML page, and the marks that call them: raised figures, letters in brackets, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_MARK = re.compile(r"[\s\[(]*(?:\d{1,4}|[ivxlc]{1,6}|[a-z]{1,2}|[*†‡§¶#]{1,4})(?:\s*[,;–-]\s*\d{1,4})*[\])]*\s*", re.I)
_FIGURES = re.compile(r"[\s\[(]*\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*[\])]*\s*|\s*[*†‡§¶]{1,4}\s*")
_LETTER = re.compile(r"\s*\[?[a-z]\]?\s*")
_NOTE_NAME = r"(?:_?(?:foot|end|rear|sdfoot|sdend|cite)?_?note|_?fn|_?ftn|_?edn|cite)s?"
_TO_NOTE = re.compile(rf"#(?:[\w.-]*[-_.:])?{_NOTE_NAME}[-_.:]?(?:ref)?[-_.:]?\w*", re.I)
_BACK = re.compile(r"[\s\[(]*[↩↑^⤴←⏎\ufe0e\ufe0f]+[\])]*\s*")
_NOTE_ID = re.compile(rf"{_NOTE_NAME}[-_.:]?[\w-]*\d[\w-]*", re.I)
_REFERENCE_ID = re.compile(r"ref", re.I)
_NOTE_CLASSES = frozenset("footnotes footnote endnotes endnote references reflist fn-group".split())
_NOTE_ROLES = frozenset("doc-footnote doc-endnote doc-endnotes footnote footnotes endnote endnotes rearnote".split())
_POWER = re.compile(r"(?:(?<![^\W_])(?:[kcdmµ]?m|ft|mi|yd|in)|(?<![\d.,])10|[xy²)])$")
"""What a raised figure multiplies, "km" or "10": behind it stands an exponent."""
_RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")


def is_note(element: _Element) -> bool:
    """Return whether ``element`` holds a note, or all of them."""
    roles = f"{element.get('role') or ''} {element.get(_EPUB_TYPE) or ''} {element.get('epub:type') or ''}".split()
    if not _NOTE_ROLES.isdisjoint(roles):
        return True
    if not _NOTE_CLASSES.isdisjoint((element.get("class") or "").lower().split()):
        return element.tag in {"section", "div", "ol", "ul", "aside", "li", "p", "dl"}
    name = element.get("id") or ""
    return element.tag in {"li", "p", "div", "aside", "dd"} and bool(
        _NOTE_ID.fullmatch(name) and not _REFERENCE_ID.search(name)
    )


def is_note_mark(element: _Element, before: str) -> bool:
    """Return whether ``element``, a link or raised text behind ``before``, is the mark of a note and no words."""
    text = "".join(element.itertext())
    if element.tag == "a":
        return _calls_note(element) and bool(_MARK.fullmatch(text) or _BACK.fullmatch(text))
    if any(_calls_note(link) for link in element.iter("a")) or "reference" in (element.get("class") or ""):
        return bool(_MARK.fullmatch(text) or _BACK.fullmatch(text))
    before = before.rstrip()
    if _FIGURES.fullmatch(text):
        return not _POWER.search(before)
    # "1ª", "2e" and "nº" are words.
    return bool(_LETTER.fullmatch(text)) and bool(re.search(r"[^\W\d_]{3}$|[.,;:”\"’)]$", before))


def _calls_note(link: _Element) -> bool:
    roles = f"{link.get('role') or ''} {link.get(_EPUB_TYPE) or ''} {link.get('epub:type') or ''}".split()
    if "doc-noteref" in roles or "noteref" in roles or "doc-backlink" in roles:
        return True
    address = link.get("href") or ""
    return "#" in address and bool(_TO_NOTE.fullmatch(address[address.index("#") :]))


def raised_figures(element: _Element) -> str:
    """Return raised figures as the letters that print so, "²"; "" for raised words."""
    text = "".join(element.itertext()).strip()
    return text.translate(_RAISED) if re.fullmatch(r"[+\-−–]?\d{1,4}|n", text) else ""
