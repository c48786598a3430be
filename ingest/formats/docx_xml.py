"""A Word file's XML made plain: the text as it stands with all changes accepted, and nothing that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.formats.docx_fields import resolve_fields
from ingest.formats.docx_hidden import BOXED, drop_hidden, drop_struck
from ingest.formats.docx_package import OFF, W
from ingest.formats.docx_styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART_2014 = "http://schemas.microsoft.com/office/drawing/2014/chartex"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_FORMER = tuple(
    W + f"{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "numbering")
)
"""How text looked before a change of its looks."""
_WRAPPERS = tuple(
    W + name for name in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo")
)
_WRAPPED = tuple(W + name for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
_DELETED = tuple(W + name for name in ("del", "moveFrom", "delText", "delInstrText"))
_LARGE = 3_600_000
"""English metric units, a tenth of a metre: a picture of this height and width may be a page with text."""


@dataclass(slots=True)
class Found:
    """What the making plain found: for the remarks on the file."""

    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    struck: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    """Things with words that are not read, by kind: "chart", "diagram", "object", "picture"."""


def make_plain(root: _Element, styles: Styles, found: Found) -> None:
    """Rewrite a part of a document in place; add to ``found`` what was left out on the way."""
    from lxml import etree

    _drop(root, *_FORMER)
    _choose_alternatives(root)
    _count_changes(root, found)
    _drop_deleted(root)
    _drop_placeholders(root)
    _drop_own_marks(root)
    _drop(root, *_WRAPPED)
    for field_ in [
        each for each in root.iter(W + "fldSimple") if _first_word(each.get(W + "instr")) in {"PAGE", "NUMPAGES"}
    ]:
        _remove(field_)
    etree.strip_tags(root, *_WRAPPERS)
    resolve_fields(root)
    _note_unread(root, found)
    _move_text_boxes(root)
    _drop(root, W + "drawing", W + "pict", W + "object")
    found.hidden += drop_hidden(root, styles)
    found.struck += drop_struck(root, styles)
    _write_signs(root)


def text_of(paragraph: _Element) -> str:
    """Return the words of a paragraph."""
    return "".join(each.text or "" for each in paragraph.iter(W + "t"))


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _drop(root: _Element, *tags: str) -> None:
    for element in list(root.iter(*tags)):
        _remove(element)


def _first_word(text: str | None) -> str:
    return (text or "").split(maxsplit=1)[0].upper() if (text or "").strip() else ""


def _choose_alternatives(root: _Element) -> None:
    """Keep one of several ways in which a thing is written: the one with the most words, the newest of equals."""
    from lxml import etree

    for content in list(root.iter(_MC + "AlternateContent")):
        ways = [each for each in content if each.tag in {_MC + "Choice", _MC + "Fallback"}]
        best = max(ways, key=lambda way: sum(len(each.text or "") for each in way.iter(W + "t")), default=None)
        for way in list(content):
            if way is not best:
                content.remove(way)
    etree.strip_tags(root, _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback")


def _count_changes(root: _Element, found: Found) -> None:
    for change in root.iter(W + "ins", W + "moveTo"):
        parent = change.getparent()
        in_row = parent is not None and parent.tag == W + "trPr"
        found.insertions += in_row or any(True for _ in change.iter(W + "t", _M + "t", W + "tab", W + "sym"))
    for change in root.iter(W + "del", W + "moveFrom"):
        parent = change.getparent()
        in_row = parent is not None and parent.tag == W + "trPr"
        found.deletions += in_row or any(True for _ in change.iter(W + "delText", W + "t", _M + "t"))


def _drop_deleted(root: _Element) -> None:
    for mark in list(root.iter(W + "del", W + "cellDel")):
        holder = mark.getparent()
        if holder is not None and holder.tag in {W + "trPr", W + "tcPr"}:
            row = holder.getparent()
            if row is not None:
                _remove(row)
    for element in list(root.iter(*_DELETED)):
        holder = element.getparent()
        if holder is not None and holder.tag != W + "rPr":  # there it says that the paragraph goes on in the next
            holder.remove(element)
    for table in list(root.iter(W + "tbl")):
        if not any(True for _ in table.iter(W + "tr")):
            _remove(table)


def _drop_placeholders(root: _Element) -> None:
    """Drop what a form says in an empty field: "Click here to enter text"."""
    for control in list(root.iter(W + "sdt")):
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            content = control.find(W + "sdtContent")
            for text in [] if content is None else list(content.iter(W + "t")):
                text.text = ""


def _drop_own_marks(root: _Element) -> None:
    """Drop the marks of notes that a writer chose and that stand for the number: text behind the call of the note."""
    for call in list(root.iter(W + "footnoteReference", W + "endnoteReference")):
        if call.get(W + "customMarkFollows", "0") not in OFF:
            for mark in list(call.itersiblings(W + "t", W + "sym")):
                _remove(mark)


def _note_unread(root: _Element, found: Found) -> None:
    for kind, count in _unread(root):
        found.unread[kind] = found.unread.get(kind, 0) + count


def _unread(root: _Element) -> Iterator[tuple[str, int]]:
    for data in root.iter(_A + "graphicData"):
        uri = data.get("uri") or ""
        if uri in {_CHART, _CHART_2014}:
            yield "chart", 1
        elif uri == _DIAGRAM:
            yield "diagram", 1
        elif uri.endswith("/picture"):
            extent = next(
                (each.find(_WP + "extent") for each in data.iterancestors(_WP + "inline", _WP + "anchor")), None
            )
            if extent is not None and all(_size(extent.get(side)) >= _LARGE for side in ("cx", "cy")):
                yield "picture", 1
    for _ in root.iter(_O + "OLEObject", W + "control", W + "objectEmbed"):
        yield "object", 1
    for _ in root.iter(W + "subDoc"):
        yield "object", 1


def _size(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _move_text_boxes(root: _Element) -> None:
    """Put the paragraphs of every text box behind the paragraph that it is anchored in."""
    last: dict[_Element, _Element] = {}
    for box in list(root.iter(W + "txbxContent")):
        host = next(box.iterancestors(W + "p"), None)
        if host is None or host.getparent() is None:
            continue
        place = last.get(host, host)
        for child in list(box):
            child.set(BOXED, "1")
            place.addnext(child)
            place = child
        last[host] = place
    for path in list(root.iter(_V + "textpath")):  # letters that are a drawing
        host, words = next(path.iterancestors(W + "p"), None), path.get("string")
        if host is not None and host.getparent() is not None and words:
            host.addnext(_paragraph(words))


def _paragraph(text: str) -> _Element:
    from lxml import etree

    paragraph = etree.Element(W + "p")
    etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = text
    return paragraph


def _write_signs(root: _Element) -> None:
    """Write signs that have elements of their own as text, and formulas by their letters."""
    from lxml import etree

    for hyphen in root.iter(W + "noBreakHyphen"):
        hyphen.tag, hyphen.text = W + "t", "-"
    for tab in root.iter(W + "ptab"):
        tab.tag = W + "tab"
    for line_break in root.iter(W + "cr", W + "br"):
        line_break.tag = W + "br"
        line_break.attrib.clear()
    _drop(root, W + "softHyphen", W + "pgNum", W + "rt")
    for formula in list(root.iter(_M + "oMath")):
        run = etree.Element(W + "r")
        etree.SubElement(run, W + "t").text = "".join(each.text or "" for each in formula.iter(_M + "t"))
        run.tail = None
        formula.addprevious(run)
        _remove(formula)
    etree.strip_tags(root, _M + "oMathPara", W + "ruby", W + "rubyBase")
    _drop(root, W + "rubyPr")
    for row in root.iter(W + "tr"):
        before = row.find(f"{W}trPr/{W}gridBefore")
        if before is not None and (before.get(W + "val") or "").isdigit():
            cell = etree.Element(W + "tc")
            span = etree.SubElement(etree.SubElement(cell, W + "tcPr"), W + "gridSpan")
            span.set(W + "val", before.get(W + "val") or "1")
            row.insert(1, cell)
