"""Whether a text is a table of values (CSV), and what parts its cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

DELIMITERS = (",", ";", "\t")
SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n", re.I)
"""What Excel writes and reads before the first row."""
_MOST_ROWS = 200
_LEAST_ROWS = 2
_MOST_TITLES = 3
_ALIKE = 0.9
"""Share of the rows that have the same number of cells: a program writes all alike, people forget one."""
_SPACED = 0.5
"""Share of the delimiters before a blank from which on they are punctuation."""
_FIGURE = re.compile(r"\s*[-+]?[\d.,:/-]*\d\s*%?\s*")


def find_delimiter(text: str) -> str:
    """Return what parts the cells of ``text``, the beginning of a file: ",", ";", a tab; "" if it is no table.

    A table has rows of as many cells each. Prose has commas too, but before blanks, and another number in each line.
    """
    named = SEPARATOR_LINE.match(text)
    if named:
        return named[1]
    lines = list(io.StringIO(text, newline=None))
    if len(lines) > _LEAST_ROWS and not lines[-1].endswith("\n"):
        lines.pop()  # it may be cut
    found = {delimiter: cells for delimiter in DELIMITERS if (cells := _cells(lines, delimiter))}
    return max(found, key=found.__getitem__) if found else ""


def _cells(lines: list[str], delimiter: str) -> int:
    """Return how many cells the rows have if ``delimiter`` parts them; 0 if it does not."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        rows = list(islice((row for row in reader if any(map(str.strip, row))), _MOST_ROWS))
    except csv.Error:
        return 0
    for end in (0, -1):  # the table's name above it, and its source below
        for _ in range(_MOST_TITLES):
            if rows and len(list(filter(str.strip, rows[end]))) == 1:
                del rows[end]
    if len(rows) < _LEAST_ROWS:
        return 0
    most, count = Counter(map(len, rows)).most_common(1)[0]
    table = [row for row in rows if len(row) == most]
    if most < 2 or count < max(_LEAST_ROWS, _ALIKE * len(rows)):
        return 0
    if sum(bool(row[0].strip()) for row in table) < 0.5 * count:  # lines that are set in
        return 0
    if delimiter == "\t":
        return most
    if most == 2 and all(row[0][-1:].isdigit() and row[1][:1].isdigit() for row in table):  # "1,500 people"
        return 0
    cells = [cell for row in table for cell in row[1:]]
    spaced = sum(cell[:1].isspace() for cell in cells) > _SPACED * len(cells)
    if spaced and not (most > 2 and count == len(rows) and _has_column_of_figures(table)):
        return 0
    return 0 if all(not row[-1].strip() for row in table) and most == 2 else most


def _has_column_of_figures(rows: list[list[str]]) -> bool:
    return any(all(_FIGURE.fullmatch(row[column]) for row in rows[1:]) for column in range(len(rows[0])))
