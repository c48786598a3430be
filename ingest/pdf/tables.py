"""Tables of figures on a PDF page: rows, found by the gaps between their cells, with the words that head them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ingest.openings import CAPTION
from ingest.pdf.lines import Line

_FIGURE_CELL = re.compile(r"(?:^|[\s$€£(])(?:[\d.,]*\d\)?\s?%?\)?|[-–—])$")
"""What a row ends in: "1,875", "(17)", "4.5 %", or the dash for nothing."""
_MARKED = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[A-Za-z])[.)]\s")
_LEADER = re.compile(r"(?:\. ?|…){5,}")
_PROSE_END = re.compile(r"[.;]['\"”’)\]]*$")
_LEAST_ROWS = 2
_MOST_BETWEEN = 3
"""Lines without figures that may be between two rows: the names of groups, or a label over two lines."""
_MOST_HEADER = 14
_STEP, _HEADER_STEP = 3.0, 4.5
"""Largest distance of two lines of one table, and of its header, in line heights."""
_MAX_HEADER_CHARACTERS = 400
_MOST_CAPTION = 3
"""Lines of a caption."""
_CONTENTS = re.compile(r"\b(?:contents|index|sommaire|mati[eè]res|[ií]ndice|contenido|содержание)\b", re.I)
_LEAST_ENTRIES = 4
"""Of a table of contents: fewer figures may rise by chance."""
_CONTINUED = re.compile(r"\(?\bcont(?:inued|['’]?d)?\b\.?\)?", re.I)
_PAGE_NUMBER = re.compile(r"(?:^|\D\s)\d{1,3}$")
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2},?")
_MOST_NAMES = 2
"""Rows of years with words beside them ("Village 2019 2020"): where more follow, they are no names of columns."""
_SAME_EDGE = 6.0
"""Points within which the right edges of two parts of one table lie."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows from line ``start`` to ``end`` (exclusive) of a page."""

    start: int
    end: int
    header: str
    """The words over the rows: the table's name, units, the names of its columns."""
    contents: bool = False
    """A table of contents: its figures are page numbers."""


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """Return the tables of figures among the ``lines`` of one page, in their order."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        end = _rows_end(lines, index) if is_row(lines[index]) else index
        if end == index:
            index += 1
            continue
        first = _first_figures(lines, index, end)
        least = tables[-1].end if tables else 0
        start = _header_start(lines, index, least)
        header = _sentence_start(lines, start, least) + " ".join(line.text for line in lines[start:first])
        if tables and start == least:  # it goes on: the words over its first part head this one too
            header = f"{tables[-1].header} {header}"
        if not CAPTION.search(header):
            header = f"{_caption(lines, start, end)} {header}"
        header = " ".join(header.split())
        contents = _is_contents(lines, index, end) or (start == least and bool(tables) and tables[-1].contents)
        tables.append(Table(index, end, _shortened(header), contents))
        index = end
    return tables


def goes_on(above: Sequence[Line], lines: Sequence[Line], carried: str) -> str:
    """Return the header of the table that runs from the foot of one page to the top of the next; "" where none does.

    Args:
        above: Lines of the page before, running lines and footnotes left out.
        lines: Those of the page on which the table may go on.
        carried: The header that the page before had been given in this way.
    """
    if above and _PAGE_NUMBER.search(above[-1].text) and above[-1].cells == 1:
        above = above[:-1]
    before, after = find_tables(above), find_tables(lines)
    if not before or not after or before[-1].end < len(above) or before[-1].contents:
        return ""
    over = " ".join(line.text for line in lines[: after[0].start])
    if not is_dates(_CONTINUED.sub("", over)):
        return ""
    header = f"{carried if len(before) == 1 else ''} {before[-1].header}".strip()
    return header if _same_columns(above[before[-1].end - 1], lines[after[0].start]) else ""


def _same_columns(a: Line, b: Line) -> bool:
    """Return whether the last cells of two rows begin or end at the same place."""
    begins = a.gaps and b.gaps and abs(a.gaps[-1][1] - b.gaps[-1][1]) <= _SAME_EDGE
    return bool(begins) or abs(a.right - b.right) <= _SAME_EDGE


def table_rows(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Group ``lines`` into rows of a table: a row's cells may be set over several lines."""
    rows: list[list[Line]] = []
    for line in lines:
        joined = next((i for i, row in enumerate(rows) if _beside(row, line)), None)
        # A label over two lines, the figures beside the second.
        if joined is None and rows and is_row(line) and line.text[:1].islower() and rows[-1][-1].cells == 1:
            joined = len(rows) - 1
        if joined is None:
            rows.append([line])
        else:
            rows[joined:] = [[other for row in rows[joined:] for other in row] + [line]]
        if len(rows) > _MOST_BETWEEN:
            yield rows.pop(0)
    yield from rows


def is_row(line: Line) -> bool:
    """Return whether a line has cells, and a figure in the last one."""
    if line.cells < 2 + bool(_MARKED.match(line.text)):  # the gap behind a paragraph's number parts no cells
        return False
    return bool(_FIGURE_CELL.search(line.text)) and not _LEADER.search(line.text)


def is_dates(text: str) -> bool:
    """Return whether ``text`` has nothing but years, months and the words around them."""
    return not _dates_pattern().sub("", text.casefold()).strip()


@cache
def _dates_pattern() -> re.Pattern[str]:
    from ingest.language.dates import month_names  # Babel takes a while to import, and few reports have tables

    months = "|".join(month for month in month_names("en") if len(month) > 3 or month == "may")
    return re.compile(
        rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}\b|{months}|date|year|fiscal|quarter|month|three|six|nine|twelve|ended|as|of"
        r"|change|total|[^\w\s]|s\b"
    )


def _first_figures(lines: Sequence[Line], start: int, end: int) -> int:
    """Return the first row that is more than the names of columns, which are years and dates."""
    for index in range(start, end):
        text = lines[index].text
        figures = re.findall(r"\d[\d.,]*|[$€£%]", text)
        years = all(map(_DATE.fullmatch, figures)) and any(len(figure) >= 4 for figure in figures)
        named = index - start < _MOST_NAMES and years
        if not named and not is_dates(text):
            return index
    return start


def _overlap(a: Line, b: Line) -> bool:
    return min(a.top, b.top) - max(a.bottom, b.bottom) > 0.5 * min(a.size, b.size)


def _beside(row: Sequence[Line], line: Line) -> bool:
    """Return whether ``line`` is at the height of ``row``, right of where it begins: another cell of it."""
    right_of = line.left > min(other.left for other in row) + line.size
    return right_of and any(_overlap(other, line) for other in row)


def _rows_end(lines: Sequence[Line], start: int) -> int:
    """Return the end of the table whose first row is ``start``; ``start`` itself where too few rows follow."""
    named = start > 0 and lines[start - 1].cells > 2 and _follows(lines[start - 1], lines[start])
    rows, end, between = int(named), start, 0
    reached, above = start, lines[start]
    for row in table_rows(islice(lines, start, None)):
        if not _follows(above, row[0]) and row[0] is not above:
            break
        reached += len(row)
        above = min(row, key=lambda line: line.bottom)
        if _is_figures(row):
            rows, end, between = rows + 1, reached, 0
        elif len(row) > 1 or between == _MOST_BETWEEN or _PROSE_END.search(row[0].text):
            break
        else:
            between += 1
    return end if rows >= _LEAST_ROWS else start


def _is_figures(row: Sequence[Line]) -> bool:
    if any(map(is_row, row)):
        return True
    return len(row) > 1 and row[0].text[:1].isalpha() and bool(_FIGURE_CELL.search(row[-1].text))


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


def _sentence_start(lines: Sequence[Line], start: int, least: int) -> str:
    """Return what is over line ``start`` of the sentence in whose middle it begins."""
    begin = start
    while begin > least and start - begin < _MOST_CAPTION and _runs_on(lines[begin - 1], lines[begin]):
        begin -= 1
    text = "".join(f"{line.text} " for line in lines[begin:start])
    return re.split(r"[.;]['\"”’)\]]*\s(?=[^\W\d_a-z])", text)[-1]


def _runs_on(above: Line, line: Line) -> bool:
    """Return whether ``line`` goes on with the sentence of the line above it."""
    return line.text.lstrip("(")[:1].islower() and 0 < above.bottom - line.bottom < _STEP * line.size


def _caption(lines: Sequence[Line], start: int, end: int) -> str:
    """Return the caption ("Table 1: …") that ends over line ``start`` or begins at line ``end``."""
    for first in range(start - 1, max(-1, start - 1 - _MOST_CAPTION), -1):
        if CAPTION.match(lines[first].text):
            return " ".join(line.text for line in lines[first:start])
    if end < len(lines) and CAPTION.match(lines[end].text):
        last = next((i for i in range(end, len(lines)) if _PROSE_END.search(lines[i].text)), end)
        return " ".join(line.text for line in lines[end : min(last + 1, end + _MOST_CAPTION)])
    return ""


def _shortened(header: str) -> str:
    if len(header) <= _MAX_HEADER_CHARACTERS:
        return header
    return header[:_MAX_HEADER_CHARACTERS].rsplit(" ", 1)[0]


def _is_contents(lines: Sequence[Line], start: int, end: int) -> bool:
    """Return whether the rows are a table of contents: so headed, one figure each, and the figures never fall."""
    if not any(_CONTENTS.search(line.text) and len(line.text) < 60 for line in lines[:start]):
        return False
    ends = [re.search(r"(?:^|\s)(\d{1,3})$", line.text) for line in lines[start:end] if is_row(line)]
    numbers = [int(match.group(1)) for match in ends if match]
    return len(numbers) == len(ends) >= _LEAST_ENTRIES and numbers == sorted(numbers)
