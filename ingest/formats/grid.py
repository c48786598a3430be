"""Rows of a sheet as text: what heads them, names above them, notes between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import BlockKind
from ingest.formats.builder import TextBuilder
from ingest.sentences import ends_sentence

_FIGURE = re.compile(r"[\s$€£¥(+−-]*\d[\d.,:/\s-]*[%)]?\s*")
_DATE_HEAD = re.compile(r"(?:1[89]|20|21)\d\d(?:\s?[-–/]\s?\d{2,4})?")
"""A year, or two: a figure that can head a column."""
_MAX_NAME = 120
"""Characters of a name above a table; what is longer is prose."""
_MOST_NAMES = 3
"""Rows that are alone and short: the name of the table below them, and what is under it."""
_MOST_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number as the spreadsheet program counts, 0 where none is counted; what its cells show."""

    number: int
    cells: Sequence[str]

    def filled(self) -> int:
        """Return how many cells show something."""
        return sum(map(bool, self.cells))


def add_sheet(builder: TextBuilder, rows: Iterable[Row]) -> None:
    """Append the rows of one sheet, each a block with its number; rows of a table carry what heads its columns.

    Tables on a sheet are parted by empty rows. A row of one cell above a table is its name.
    """
    heads: list[str] = []
    name = ""
    for table in _tables(rows):
        names = _names(table)
        for row in table[:names]:
            text = _only(row)
            prose = ends_sentence(text) or len(text) > _MAX_NAME
            builder.add(text, BlockKind.BODY if prose else BlockKind.HEADING, 0 if prose else 2, number=_number(row))
            name = "" if prose else text
        body = table[names:]
        new = _header_rows(body) if names or not heads or _begins_anew(body, heads) else 0
        if new or names:
            heads = _heads(body[:new])
        _add_rows(builder, body, heads, name)


def _tables(rows: Iterable[Row]) -> Iterator[list[Row]]:
    table: list[Row] = []
    for row in rows:
        if row.filled():
            table.append(row)
        elif table:
            yield table
            table = []
    if table:
        yield table


def _names(table: Sequence[Row]) -> int:
    """Return how many rows of one cell are above the rows of several, or are alone as a name is."""
    return next(
        (index for index, row in enumerate(table) if row.filled() > 1), len(table) <= _MOST_NAMES and len(table)
    )


def _only(row: Row) -> str:
    return next(cell for cell in row.cells if cell)


def _header_rows(body: Sequence[Row]) -> int:
    """Return how many rows at the top name the columns."""
    if len(body) < 2 or not _can_head(body[0]):
        return 0
    count = 1
    while (
        count < min(_MOST_HEADER_ROWS, len(body) - 1)
        and _can_head(body[count])
        and _has_gap(body[count - 1], body[count])
        and any(map(_is_figure, body[count + 1].cells))
    ):
        count += 1
    return count


def _can_head(row: Row) -> bool:
    return row.filled() > 1 and not any(
        cell and _is_figure(cell) and not _DATE_HEAD.fullmatch(cell) for cell in row.cells
    )


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell))


def _has_gap(upper: Row, lower: Row) -> bool:
    """Return whether a name in the upper row spans columns that the lower row names one by one."""
    above = [*upper.cells, *[""] * (len(lower.cells) - len(upper.cells))]
    return any(
        cell and (not above[index] or above[index] == above[index - 1])
        for index, cell in enumerate(lower.cells)
        if index
    )


def _begins_anew(body: Sequence[Row], heads: Sequence[str]) -> bool:
    """Return whether rows after an empty row have names of columns of their own."""
    if len(body) < 2 or not _can_head(body[0]):
        return False
    if [cell for cell in body[0].cells if cell] == [head for head in heads if head]:
        return True
    below = body[1].cells
    return any(
        cell and not _is_figure(cell) and index < len(below) and _is_figure(below[index])
        for index, cell in enumerate(body[0].cells)
    )


def _heads(rows: Sequence[Row]) -> list[str]:
    """Return what heads each column: the words above it, the topmost first."""
    width = max((len(row.cells) for row in rows), default=0)
    heads = [""] * width
    for level, row in enumerate(rows):
        spanning = ""
        for column in range(width):
            cell = row.cells[column] if column < len(row.cells) else ""
            below = level + 1 < len(rows) and column < len(rows[level + 1].cells) and rows[level + 1].cells[column]
            spanning = cell or (spanning if below else "")
            if spanning and spanning not in heads[column]:
                heads[column] = f"{heads[column]} {spanning}".strip()
    return heads


def _add_rows(builder: TextBuilder, body: Sequence[Row], heads: Sequence[str], name: str) -> None:
    width = max((len(row.cells) for row in body), default=0)
    columns = [c for c in range(width) if any(c < len(row.cells) and row.cells[c] for row in body)]
    header = " | ".join(head for c in columns if (head := heads[c] if c < len(heads) else ""))
    header = " ".join(part for part in (name, header) if part)
    for row in body:
        number = _number(row)
        if row.filled() == 1:
            text = _only(row)
            kind = BlockKind.BODY if ends_sentence(text) else BlockKind.ITEM if len(columns) == 1 else BlockKind.TABLE
            builder.add(text, kind, header="" if kind is BlockKind.BODY else header, number=number)
            continue
        cells = [row.cells[c] if c < len(row.cells) else "" for c in columns]
        while cells and not cells[-1]:
            cells.pop()
        builder.add(" | ".join(cells), BlockKind.TABLE, header=header, number=number)


def _number(row: Row) -> str:
    return str(row.number) if row.number else ""
