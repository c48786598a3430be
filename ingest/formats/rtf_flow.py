"""A flow of RTF text: paragraphs and tables, as elements of HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.formats.html_blocks import ITEM, NUMBER

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_LEVELS = 6
_MOST_OUTLINE = 8
"""The level of text that is no heading is 9."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(slots=True)
class CellKind:
    """How a cell of a row is merged with its neighbours."""

    beside: bool = False
    """It belongs to the cell on its left."""
    below: bool = False
    """It belongs to the cell above."""


@dataclass(slots=True)
class ParagraphKind:
    """What the paragraph that is being read is."""

    in_table: bool = False
    heading: int = 0
    item: int = 0
    """Its level in a list, from 1; 0 outside of lists."""
    number: str = ""


@dataclass(slots=True)
class Flow:
    """Text that is read in one go: the body, a note, a box."""

    root: _Element
    kind: ParagraphKind = field(default_factory=ParagraphKind)
    cells: list[CellKind] = field(default_factory=list)
    """Of the row that is being read, as far as they are merged."""
    _cell_kind: CellKind = field(default_factory=CellKind)
    _pieces: list[tuple[str, str]] = field(default_factory=list)
    _cell: list[_Element] = field(default_factory=list)
    _row: list[list[_Element]] = field(default_factory=list)
    _inner: list[list[list[_Element]]] = field(default_factory=lambda: [[]])
    """Rows of a table within the cell that is being read; the last one is not complete."""
    _table: _Element | None = None

    def take(self, word: str, number: int | None) -> None:
        """Take a control word that is about paragraphs or tables."""
        kind = self.kind
        if word in _ENDS:
            _ENDS[word](self)
        elif word == "line":
            self.add("", "br")
        elif word == "pard":
            self.kind = ParagraphKind()
        elif word == "intbl":
            kind.in_table = True
        elif word == "outlinelevel":
            kind.heading = (number or 0) + 1 if (number or 0) <= _MOST_OUTLINE else 0
        elif word == "ls" and number:
            kind.item = kind.item or 1
        elif word == "ilvl":
            kind.item = (number or 0) + 1
        else:
            self._define_row(word)

    def _define_row(self, word: str) -> None:
        match word:
            case "trowd":
                self.cells, self._cell_kind = [], CellKind()
            case "clmrg":
                self._cell_kind.beside = True
            case "clvmrg":
                self._cell_kind.below = True
            case "cellx":
                self.cells.append(self._cell_kind)
                self._cell_kind = CellKind()

    def add(self, text: str, tag: str = "") -> None:
        """Append text to the paragraph; ``tag`` is "sup", or "br" for the end of a line."""
        if self._pieces and self._pieces[-1][1] == tag and tag != "br":
            self._pieces[-1] = (self._pieces[-1][0] + text, tag)
        else:
            self._pieces.append((text, tag))

    def end_paragraph(self) -> None:
        """Close the paragraph."""
        paragraph = self._paragraph()
        if self.kind.in_table or self._cell or self._row:
            if paragraph is not None:
                self._cell.append(paragraph)
        elif paragraph is not None:
            self._table = None
            self.root.append(paragraph)
        self.kind.number = ""

    def end_cell(self) -> None:
        """Close the cell."""
        self.end_paragraph()
        if len(self._inner) > 1 or self._inner[0]:
            self._cell.append(_table_of(self._inner))
            self._inner = [[]]
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """Close the row."""
        if not self._row:
            return
        if self._table is None:
            self._table = _sub(self.root, "table")
        row = _sub(self._table, "tr")
        for column, parts in enumerate(self._row):
            kind = self.cells[column] if column < len(self.cells) else CellKind()
            if kind.beside and len(row):
                row[-1].set("colspan", str(int(row[-1].get("colspan", "1")) + 1))
                row[-1].extend(parts)
            elif not (kind.below and self._grow(row, column)):
                _sub(row, "td").extend(parts)
                row[-1].set("data-column", str(column))
        self._row = []

    def _grow(self, row: _Element, column: int) -> bool:
        """Let the cell above reach into this row; return whether there is one."""
        for above in row.itersiblings(preceding=True):
            for cell in above:
                if cell.get("data-column") == str(column):
                    cell.set("rowspan", str(int(cell.get("rowspan", "1")) + 1))
                    return True
        return False

    def end_inner_cell(self) -> None:
        """Close a cell of a table within a cell."""
        paragraph = self._paragraph()
        self._inner[-1].append([] if paragraph is None else [paragraph])

    def end_inner_row(self) -> None:
        """Close a row of a table within a cell."""
        self._inner.append([])

    def close(self) -> None:
        """Close what is open at the end."""
        self.end_paragraph()
        if self._cell:
            self.end_cell()
        self.end_row()

    def _paragraph(self) -> _Element | None:
        from lxml import etree

        if not any(text.strip() for text, _ in self._pieces):
            self._pieces.clear()
            return None
        kind = self.kind
        paragraph = etree.Element(f"h{min(kind.heading, _MOST_LEVELS)}" if kind.heading else "p")
        if kind.item and not kind.heading:
            paragraph.set(ITEM, str(kind.item))
        if kind.number:
            paragraph.set(NUMBER, kind.number)
        for text, tag in ((_printable(text), tag) for text, tag in self._pieces):
            if tag:
                _sub(paragraph, tag).text = text if tag != "br" else None
            elif len(paragraph):
                paragraph[-1].tail = text
            else:
                paragraph.text = text
        self._pieces.clear()
        return paragraph


def _printable(text: str) -> str:
    """Return what XML can hold; letters beyond 16 bits were written as two halves, and are joined."""
    return _CONTROL.sub(" ", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


_ENDS = {
    "par": Flow.end_paragraph,
    "sect": Flow.end_paragraph,
    "page": Flow.end_paragraph,
    "cell": Flow.end_cell,
    "row": Flow.end_row,
    "nestcell": Flow.end_inner_cell,
    "nestrow": Flow.end_inner_row,
}


def _table_of(rows: list[list[list[_Element]]]) -> _Element:
    from lxml import etree

    table = etree.Element("table")
    for cells in rows:
        if cells:
            row = _sub(table, "tr")
            for parts in cells:
                _sub(row, "td").extend(parts)
    return table


def _sub(parent: _Element, tag: str) -> _Element:
    from lxml.etree import SubElement

    return SubElement(parent, tag)
