"""Tables of figures on a PDF page: rows told by the gaps between their cells, with the words that head them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line

_FIGURE_CELL = re.compile(r"(?:^|[\s$€£(])(?:[\d.,]*\d\)?\s?%?\)?|[-–—])$")
"""What a row ends in: "1,875", "(17)", "4.5 %", or the dash for nothing."""
_MARKED = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[A-Za-z])[.)]\s")
_LEADER = re.compile(r"(?:\. ?|…){5,}")
_PROSE_END = re.compile(r"[.;]['\"”’)\]]*$")
_LEAST_ROWS = 2
_MOST_BETWEEN = 3
"""Lines without figures that may stand between two rows: the names of groups, or a label over two lines."""
_MOST_HEADER = 14
_STEP, _HEADER_STEP = 3.0, 4.5
"""Largest distance of two lines of one table, and of its header, in line heights."""
_MAX_HEADER_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Table:
    """The rows from line ``start`` to ``end`` (exclusive) of a page."""

    start: int
    end: int
    header: str
    """The words over the rows: the table's name, units, the names of its columns."""


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """Return the tables of figures among the ``lines`` of one page, in their order."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        end = _rows_end(lines, index) if is_row(lines[index]) else index
        if end == index:
            index += 1
            continue
        first = next((i for i in range(index, end) if _has_words(lines[i])), index)
        start = _header_start(lines, index, tables[-1].end if tables else 0)
        header = " ".join(line.text for line in lines[start:first])[:_MAX_HEADER_CHARACTERS]
        if tables and start == tables[-1].end:  # it goes on: the words over its first part head this one too
            header = f"{tables[-1].header} {header}".strip()
        tables.append(Table(index, end, header))
        index = end
    return tables


def is_row(line: Line) -> bool:
    """Return whether a line has cells, and a figure in the last one."""
    if line.cells < 2 + bool(_MARKED.match(line.text)):  # the gap behind a paragraph's number parts no cells
        return False
    return bool(_FIGURE_CELL.search(line.text)) and not _LEADER.search(line.text)


def _has_words(line: Line) -> bool:
    """Return whether a row is more than the names of columns, which are years and dates."""
    return line.text[:1].isalpha() and len(re.findall(r"[^\W\d_]{3,}", line.text)) > 0 and not _is_dates(line.text)


def _is_dates(text: str) -> bool:
    """Return whether years, months and the words around them are all that ``text`` holds."""
    rest = re.sub(
        r"\b(?:19|20)\d\d\b|\b\d{1,2}\b|january|february|march|april|may|june|july|august|september|october|november"
        r"|december|year|fiscal|quarter|month|three|six|nine|twelve|ended|as|of|change|total|[^\w\s]|s\b",
        "",
        text.casefold(),
    )
    return not rest.strip()


def _rows_end(lines: Sequence[Line], start: int) -> int:
    """Return the end of the table whose first row is ``start``; ``start`` itself where too few rows follow."""
    rows, end, index = 1, start + 1, start + 1
    while index < len(lines) and index - end <= _MOST_BETWEEN and _follows(lines[index - 1], lines[index]):
        if is_row(lines[index]):
            rows, end = rows + 1, index + 1
        elif _PROSE_END.search(lines[index].text):
            break
        index += 1
    return end if rows >= _LEAST_ROWS else start


def _follows(above: Line, line: Line) -> bool:
    return -0.5 * line.size < above.bottom - line.bottom < _STEP * max(above.size, line.size)


def _header_start(lines: Sequence[Line], first_row: int, least: int) -> int:
    """Return the first line over the rows that still names them: short, not the end of a paragraph."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    start = first_row
    while start > max(least, first_row - _MOST_HEADER):
        line = lines[start - 1]
        # Up or down: the names of columns may be set over several lines, column by column.
        near = abs(line.bottom - lines[start].bottom) < _HEADER_STEP * max(line.size, lines[start].size)
        if not near or _PROSE_END.search(line.text):
            break
        if line.right - line.left > 0.75 * width and line.cells == 1:
            break
        start -= 1
    return start
