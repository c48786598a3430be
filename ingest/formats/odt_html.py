"""From the elements of an OpenDocument text to those of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.formats.html_blocks import NUMBER
from ingest.formats.html_tree import HIDDEN, STRUCK
from ingest.formats.odt_styles import Styles, counted
from ingest.formats.remarks import COMMENTS, OBJECTS, tracked_changes, unread_parts
from ingest.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element
    from odfdo import Document
    from odfdo.element import Element

_UNREAD = frozenset(
    "text:tracked-changes text:table-of-content text:table-index text:illustration-index text:alphabetical-index "
    "text:number text:change text:change-start text:change-end text:ruby-text text:script office:forms "
    "text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls text:note-citation "
    "svg:title svg:desc office:event-listeners text:list-level-label-alignment".split()
)
_MOST_REPEATED = 100
"""Cells that are repeated: more are the empty rest of a sheet."""
_SHAPES = ("draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle", "draw:polygon", "draw:g", "draw:caption")


class OdtConverter:
    """Makes HTML of a document, and counts what is left out."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._styles = Styles(document)
        self._notes: list[tuple[Element, str]] = []
        self._boxes: list[Element] = []
        self._counts: dict[str, list[int]] = {}
        """Numbers that the lists of each style have come to, one a level."""
        self._hidden = self._struck = self._comments = self._objects = 0

    def html(self) -> _Element:
        """Return the document's body; notes come last."""
        from lxml.html import builder

        body = builder.BODY()
        self._add_all(body, self._document.body)
        for note, kind in self._notes:
            element = _sub(body, "aside")
            element.set("class", kind)
            self._add_all(element, note)
        return body

    def remarks(self) -> Iterator[Message]:
        """Yield what the document holds and is not read."""
        body = self._document.body
        insertions, deletions = (len(body.get_elements(f"//text:{kind}")) for kind in ("insertion", "deletion"))
        yield from tracked_changes(insertions, deletions)
        if self._hidden:
            yield HIDDEN
        if self._struck:
            yield STRUCK
        if self._comments:
            yield COMMENTS
        yield from unread_parts([OBJECTS] if self._objects else [])

    def _add_all(self, target: _Element, source: Element) -> None:
        for child in source.children:
            self._add(target, child)

    def _add(self, target: _Element, source: Element) -> None:
        """Append an element that is no text within a paragraph."""
        tag = source.tag
        if tag in _UNREAD:
            return
        if tag in ("text:p", "text:h"):
            self._add_paragraph(target, source)
        elif tag == "text:list":
            self._add_list(target, source, "", 1)
        elif tag == "table:table":
            self._add_table(target, source)
        elif tag == "text:section" and source.get_attribute_string("text:display") == "none":
            self._hidden += 1
        elif tag.startswith("draw:object"):
            self._objects += 1
        else:
            self._add_all(target, source)

    def _add_paragraph(self, target: _Element, source: Element) -> None:
        style = source.get_attribute_string("text:style-name") or ""
        if self._styles.look("paragraph", style).hidden or any(
            child.tag == "text:hidden-paragraph" and _is_true(child, "text:is-hidden") for child in source.children
        ):
            self._hidden += bool(source.inner_text.strip())
            return
        tag = "p"
        if source.tag == "text:h":
            tag = f"h{min(source.get_attribute_integer('text:outline-level') or 1, 6)}"
        elif self._styles.is_a(style, "Title"):
            tag = "h1"
        paragraph = _sub(target, tag)
        self._add_inline(paragraph, source)
        while self._boxes:
            self._add_all(_sub(target, "div"), self._boxes.pop(0))

    def _add_inline(self, target: _Element, source: Element) -> None:
        _append_text(target, source.text)
        for child in source.children:
            self._add_within(target, child)
            _append_text(target, child.tail)

    def _add_within(self, target: _Element, child: Element) -> None:
        """Append an element that is in a line of text."""
        match child.tag:
            case "text:s":
                _append_text(target, " ")
            case "text:tab":
                _append_text(target, "\t")
            case "text:line-break":
                _sub(target, "br")
            case "text:span":
                self._add_span(target, child)
            case "text:note":
                kind = "endnote" if child.get_attribute_string("text:note-class") == "endnote" else "footnote"
                self._notes += [(part, kind) for part in child.children if part.tag == "text:note-body"]
            case "office:annotation":
                self._comments += 1
            case "text:hidden-text" | "text:conditional-text" if _is_true(child, "text:is-hidden"):
                self._hidden += 1
            case "draw:frame" | "draw:text-box" | "draw:a":
                self._boxes.append(child)
            case tag if tag in _SHAPES:
                self._boxes.append(child)
            case tag if tag not in _UNREAD and not tag.startswith(("draw:", "office:")):
                self._add_inline(target, child)

    def _add_span(self, target: _Element, span: Element) -> None:
        look = self._styles.look("text", span.get_attribute_string("text:style-name") or "")
        if look.hidden:
            self._hidden += bool(span.inner_text.strip())
            return
        if look.struck:
            self._struck += bool(span.inner_text.strip())
            return
        if look.raised:
            target = _sub(target, "sup")
        self._add_inline(target, span)

    def _add_list(self, target: _Element, source: Element, style: str, level: int) -> None:
        style = source.get_attribute_string("text:style-name") or style
        counting = self._styles.level(style, level)
        counts = self._counts.setdefault(style, [])
        if not (_is_true(source, "text:continue-numbering") or source.get_attribute_string("text:continue-list")):
            del counts[level - 1 :]
        while len(counts) < level:
            counts.append(self._styles.level(style, len(counts) + 1).start - 1)
        items = [child for child in source.children if child.tag in ("text:list-item", "text:list-header")]
        if any(part.tag == "text:h" for item in items for part in item.children):  # numbered headings
            for item in items:
                self._add_all(target, item)
            return
        element = _sub(target, "ol" if counting.form else "ul")
        for item in items:
            line = _sub(element, "li")
            if item.tag == "text:list-item":
                start = item.get_attribute_integer("text:start-value")
                counts[level - 1] = counts[level - 1] + 1 if start is None else start
                del counts[level:]
                if counting.form:
                    line.set(NUMBER, self._number(style, counts, level, counting.shown_levels))
            for part in item.children:
                if part.tag == "text:list":
                    self._add_list(line, part, style, level + 1)
                else:
                    self._add(line, part)

    def _number(self, style: str, counts: list[int], level: int, shown: int) -> str:
        first = max(level - shown, 0)
        forms = [self._styles.level(style, index + 1).form for index in range(first, level)]
        return ".".join(counted(counts[first + i], form) for i, form in enumerate(forms) if form)

    def _add_table(self, target: _Element, source: Element) -> None:
        table = _sub(target, "table")
        self._add_rows(table, source)

    def _add_rows(self, target: _Element, source: Element) -> None:
        for child in source.children:
            if child.tag == "table:table-header-rows":
                self._add_rows(_sub(target, "thead"), child)
            elif child.tag in ("table:table-rows", "table:table-row-group"):
                self._add_rows(target, child)
            elif child.tag == "table:table-row":
                if child.get_attribute_string("table:visibility") == "collapse":
                    self._hidden += bool(child.inner_text.strip())
                    continue
                row = _sub(target, "tr")
                for cell in child.children:
                    self._add_cell(row, cell)

    def _add_cell(self, row: _Element, source: Element) -> None:
        if source.tag != "table:table-cell":  # one that is covered by its neighbour
            return
        repeated = source.get_attribute_integer("table:number-columns-repeated") or 1
        for _ in range(min(repeated, _MOST_REPEATED)):
            cell = _sub(row, "td")
            for odf, html in (("columns", "colspan"), ("rows", "rowspan")):
                cell.set(html, str(source.get_attribute_integer(f"table:number-{odf}-spanned") or 1))
            self._add_all(cell, source)


def _sub(parent: _Element, tag: str) -> _Element:
    from lxml.etree import SubElement

    return SubElement(parent, tag)


def _append_text(element: _Element, text: str | None) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _is_true(element: Element, attribute: str) -> bool:
    return element.get_attribute_string(attribute) in ("true", "True")
