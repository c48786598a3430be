"""Tables of an HTML page: rows with the words that head them; a cell's lists and paragraphs come after its row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.documents import BlockKind
from ingest.formats.builder import TextBuilder, table_header

if TYPE_CHECKING:
    from lxml.etree import _Element

Reader = Callable[[TextBuilder, "_Element"], None]
_MOST_SPAN = 1_000
_MOST_WORDS = 300
"""Characters of a cell over which its paragraphs are read as text."""
_NUMBER = re.compile(r"[-–+$€£]?\s?\d[\d.,\s]*%?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?")
_MOST_HEADER_ROWS = 4


@dataclass(slots=True)
class _Cell:
    text: str
    column: int
    columns: int
    rows: int
    head: bool
    more: TextBuilder | None = None
    """Blocks that are more than words in a row: lists, paragraphs, tables."""


def add_table(builder: TextBuilder, table: _Element, read: Reader) -> None:
    """Append a table's caption and rows. ``read`` appends what a cell holds."""
    caption = next((child for child in table if child.tag == "caption"), None)
    above = builder.last
    if caption is not None:
        read(builder, caption)
        above = builder.last
    rows = [_cells(row, read) for row in _rows(table)]
    places = _place(rows)
    if table.get("role") in {"presentation", "none"} or max((len(row) for row in rows), default=0) < 2:
        for row in rows:
            for cell in row:
                _add_more(builder, cell)
        return
    heads = _header_rows(table, rows)
    named = caption is not None and bool(above)
    names = _header(rows[:heads])
    header = f"{above} {names}" if named else table_header(above, names)
    group = ""
    width = max(cell.column + cell.columns for row in rows for cell in row)
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell.text]
        if index >= heads and len(filled) == 1 and filled[0].columns == width and not filled[0].more:
            group = filled[0].text
            builder.add(group, BlockKind.TABLE, header=header)
            continue
        labels = [cell.text for cell in places[index] if index >= heads]
        full = " ".join(part for part in (header, group, *labels) if part)
        if filled:
            builder.add(" | ".join(cell.text for cell in row), BlockKind.TABLE, header=full)
        for cell in row:
            if cell.more is not None:
                _add_more(builder, cell)


def _rows(table: _Element) -> list[_Element]:
    """Return the rows of a table, those of its inner tables left out: head first, foot last, as it is printed."""
    groups: dict[str, list[_Element]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            groups["tbody"].append(child)
        elif child.tag in groups:
            groups[child.tag] += [row for row in child if row.tag == "tr"]
    return groups["thead"] + groups["tbody"] + groups["tfoot"]


def _cells(row: _Element, read: Reader) -> list[_Cell]:
    return [_cell(cell, read) for cell in row if cell.tag in {"td", "th"}]


def _cell(element: _Element, read: Reader) -> _Cell:
    inner = TextBuilder()
    read(inner, element)
    cell = _Cell("", 0, _span(element, "colspan"), _span(element, "rowspan"), element.tag == "th", inner)
    simple = all(block.kind is BlockKind.BODY for block in inner.blocks)
    if simple and (len(inner.blocks) < 2 or len(inner.text) <= _MOST_WORDS):
        cell.text, cell.more = " ".join(inner.text.split()), None
    return cell


def _span(element: _Element, name: str) -> int:
    found = re.fullmatch(r"\s*(\d{1,4})\s*", element.get(name) or "")
    return min(max(int(found[1]), 1), _MOST_SPAN) if found else 1


def _place(rows: list[list[_Cell]]) -> list[list[_Cell]]:
    """Give every cell its column; return, for each row, the cells from above that reach into it."""
    reaching: list[list[_Cell]] = []
    open_cells: list[tuple[_Cell, int]] = []
    for index, row in enumerate(rows):
        open_cells = [(cell, end) for cell, end in open_cells if end > index]
        reaching.append([cell for cell, _ in open_cells if cell.text])
        taken = {column for cell, _ in open_cells for column in range(cell.column, cell.column + cell.columns)}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            cell.column = column
            column += cell.columns
            if cell.rows > 1:
                open_cells.append((cell, index + cell.rows))
    return reaching


def _header_rows(table: _Element, rows: list[list[_Cell]]) -> int:
    """Return how many rows head the others: those marked so, else the first and what its merged cells reach."""
    head = next((child for child in table if child.tag == "thead"), None)
    marked = sum(1 for row in head if row.tag == "tr") if head is not None else 0
    if not marked:
        while marked < len(rows) and rows[marked] and all(cell.head for cell in rows[marked]):
            marked += 1
    if marked and marked < len(rows):
        return marked
    count = 1
    while count < min(_MOST_HEADER_ROWS, len(rows) - 1):
        above = rows[:count]
        reached = any(i + cell.rows > count for i, row in enumerate(above) for cell in row)
        parted = any(cell.columns > 1 for cell in above[-1])
        if not (reached or parted) or any(_is_figure(cell.text) for cell in rows[count]):
            break
        count += 1
    return count


def _is_figure(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text)


def _header(rows: list[list[_Cell]]) -> str:
    """Return the names of the columns, those of several rows column by column, and a merged cell's once."""
    columns: dict[int, list[str]] = {}
    for row in rows:
        for cell in row:
            columns.setdefault(cell.column, []).append(cell.text)
    return " | ".join(" ".join(part for part in columns[column] if part) for column in sorted(columns))


def _add_more(builder: TextBuilder, cell: _Cell) -> None:
    if cell.more is None:
        builder.add(cell.text)
        return
    builder.extend(cell.more)
