"""What mammoth does not pass on of a paragraph goes through it as a bookmark: what it is, its level, its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.formats.docx_numbers import Label, Numbering
from ingest.formats.docx_package import W
from ingest.formats.docx_styles import Styles
from ingest.formats.docx_xml import text_of
from ingest.formats.html_blocks import CONTENTS, ITEM, NUMBER
from ingest.openings import ends_with_colon

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARK = "insights|"
_WHOLE = (".", "!", "?", "…", "。", "।", "؟", "۔", ".”", ".»", ".)")
_MOST_LEVELS = 9


def mark_paragraphs(document: _Element, styles: Styles, numbering: Numbering) -> None:
    """Name the style of every heading as mammoth knows it, and mark items, numbers and tables of contents."""
    marking = _Marking()
    for paragraph in document.iter(W + "p"):
        label = numbering.label(paragraph)
        text = text_of(paragraph).strip()
        name = styles.name(styles.paragraph_style(paragraph))
        level = styles.heading_level(paragraph)
        properties = _properties(paragraph)
        for each in properties.findall(W + "numPr") + properties.findall(W + "pStyle"):
            properties.remove(each)
        if not text:
            continue
        if name.startswith(("toc ", "table of figures")):
            _insert(paragraph, "contents")
        elif level:
            _set_style(properties, f"Heading{min(level, 6)}")
            if label and label.text:
                _insert_text(paragraph, f"{label.text} ")
            marking.heading()
        elif label:
            _insert(paragraph, marking.numbered(label, text))
        marking.above = text


class _Marking:
    """Tells numbered paragraphs from items of lists, and knows which number an item belongs to."""

    def __init__(self) -> None:
        self.above = ""
        self._number = ""
        self._items: set[tuple[str, int]] = set()
        """Lists whose entries are items: a line with a colon opened them."""

    def heading(self) -> None:
        """Begin a section: what was a list before need not be one now."""
        self._items.clear()

    def numbered(self, label: Label, text: str) -> str:
        """Return the mark of a paragraph with a ``label``.

        A bullet or a letter makes an item. A number makes a paragraph that is cited by it, unless it is an entry of a
        list: that is opened by a colon, or is no whole sentence.
        """
        place = (label.list_id, label.level)
        counted = label.text.rstrip(".").strip()
        if label.text and "decimal" in label.style:
            if ends_with_colon(self.above):
                self._items.add(place)
            if place not in self._items and (text.endswith(_WHOLE) or ends_with_colon(text)):
                self._number = counted
                return f"number||{counted}"
            return f"item|{label.level + 1}|"
        lettered = bool(label.text) and bool(self._number)
        return f"item|{label.level + 1}|" + (f"{self._number} {counted}" if lettered else "")


def _properties(paragraph: _Element) -> _Element:
    from lxml import etree

    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    return properties


def _set_style(properties: _Element, style: str) -> None:
    from lxml import etree

    named = etree.Element(W + "pStyle")
    named.set(W + "val", style)
    properties.insert(0, named)


def _insert(paragraph: _Element, mark: str) -> None:
    from lxml import etree

    bookmark = etree.Element(W + "bookmarkStart")
    bookmark.set(W + "name", _MARK + mark)
    paragraph.insert(1, bookmark)


def _insert_text(paragraph: _Element, text: str) -> None:
    from lxml import etree

    run = etree.Element(W + "r")
    etree.SubElement(run, W + "t").text = text
    paragraph.insert(1, run)


def insert_chunk_mark(place: _Element, index: int) -> None:
    """Put a paragraph in the place of a part that is embedded in the document."""
    from lxml import etree

    paragraph = etree.Element(W + "p")
    etree.SubElement(paragraph, W + "pPr")
    _insert(paragraph, f"chunk|{index}|")
    place.addprevious(paragraph)


def read_marks(tree: _Element) -> dict[int, _Element]:
    """Turn the marks in mammoth's HTML into attributes; return the paragraphs that stand for embedded parts."""
    chunks = {}
    for anchor in list(tree.iter("a")):
        name = anchor.get("id") or ""
        paragraph = anchor.getparent()
        if not name.startswith(_MARK) or paragraph is None:
            continue
        kind, level, number = f"{name.removeprefix(_MARK)}||".split("|")[:3]
        if kind == "item":
            paragraph.set(ITEM, str(min(int(level), _MOST_LEVELS)))
        elif kind == "contents":
            paragraph.set(CONTENTS, "")
        elif kind == "chunk":
            chunks[int(level)] = paragraph
        if number:
            paragraph.set(NUMBER, number)
        anchor.drop_tree()
    return chunks
