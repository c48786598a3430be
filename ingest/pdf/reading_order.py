"""The order in which the lines of a page are read, where its text layer contradicts what is printed.

Most files give their text in the order of reading, and that order knows more than geometry does (of boxes, captions
and tables whose cells hold sentences): it is kept unless columns of prose stand side by side and the layer runs across
them, line by line, or gives them in another order than from left to right. Then the page is cut as the recursive X-Y
cut does it (Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984): across the page at
lines that reach over the white gap, down the page at the gap, the lines of each column in the order that they had.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.pdf.lines import Line
from ingest.pdf.tables import is_row

_LEAST_LINES = 4
"""Of a column: fewer lines beside each other are a heading or an address."""
_LEAST_WIDTH = 7.0
"""Of a column, in line heights: narrower ones hold labels or figures."""
_LEAST_FILLED = 0.6
"""Share of the lines of a column of prose that reach its right edge; cells of a table end anywhere."""
_FILLS = 0.8
"""Share of the column's width that such a line has."""
_RUNS_ON = 0.3
"""Share of its lines that begin within a sentence."""
_EDGE = 3.0
"""Points within which left edges are the same."""
_MOST_EDGES = 40
"""Of places where many lines begin: a page with more is a form or a chart, and would take long to search."""
_INTERLEAVED = 0.5
"""Share of a column's lines that are followed by their neighbour in the next one, in a layer that runs across."""
_MISPLACED = 0.8
"""Share of pairs of lines, one in each of two columns, that come in the wrong order where columns are swapped."""

Divide = Callable[[Line, Sequence[float]], list[Line]]
"""Divides a line at the places given, in points from the left."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of a line lies between two gaps: the line's index on the page, and its extent in points."""

    line: int
    left: float
    right: float


@dataclass(slots=True)
class _Band:
    """Lines of a page between which columns stand side by side."""

    edges: list[float]
    """Where every column but the first begins, in points."""
    columns: list[list[_Piece]] = field(default_factory=list)

    @property
    def lines(self) -> set[int]:
        return {piece.line for column in self.columns for piece in column}


def columns_in_order(lines: list[Line], divide: Divide) -> list[Line]:
    """Return ``lines`` as they are read; the very same ones unless columns of prose contradict their order."""
    units: list[list[Line]] = []
    inside: set[int] = set()
    for band in _bands(lines):
        if _contradicted(band, lines):
            columns = _read_columns(band, lines, divide)
            if all(_runs_on(column) for column in columns):
                units.append([line for column in columns for line in column])
                inside |= band.lines
    if not units or _from_right_to_left(lines):
        return lines
    units += _runs(lines, inside)
    units.sort(key=lambda unit: -max(line.top for line in unit))
    return [line for unit in units for line in unit]


def _bands(lines: Sequence[Line]) -> list[_Band]:
    """Return the parts of the page in which columns of prose stand side by side."""
    if len(lines) < 2 * _LEAST_LINES and not any(line.gaps for line in lines):
        return []
    pieces = _pieces(lines)
    found: list[_Band] = []
    taken: set[int] = set()
    edges = _left_edges(pieces)
    for edge in edges[1:] if len(edges) <= _MOST_EDGES else []:
        free = [piece for piece in pieces if piece.line not in taken]
        for part in _uncrossed(free, edge, lines):
            band = _band(part, lines)
            if band is not None:
                found.append(band)
                taken |= band.lines
    return found


def _pieces(lines: Sequence[Line]) -> list[_Piece]:
    """Return the pieces of ``lines``, from the last to the first; a row of a table is one piece."""
    found: list[_Piece] = []
    row_below, below = False, -1.0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not line.size:
            continue
        bounds = [line.left, *(x for gap in line.gaps for x in gap), line.right]
        pieces = [_Piece(index, bounds[i], bounds[i + 1]) for i in range(0, len(bounds), 2)]
        narrow = all(piece.right - piece.left < _LEAST_WIDTH * line.size for piece in pieces[1:])
        heads = row_below and 0 < line.bottom - below < 2 * line.size
        row_below, below = len(pieces) > 1 and narrow and (heads or len(pieces) > 2 or is_row(line)), line.bottom
        found += [_Piece(index, line.left, line.right)] if row_below else pieces
    return found


def _left_edges(pieces: Iterable[_Piece]) -> list[float]:
    """Return where many pieces begin, from the left, in points."""
    clusters: list[list[float]] = []
    for left in sorted(piece.left for piece in pieces):
        if clusters and left - clusters[-1][0] < _EDGE:
            clusters[-1].append(left)
        else:
            clusters.append([left])
    return [cluster[0] for cluster in clusters if len(cluster) >= _LEAST_LINES]


def _uncrossed(pieces: Sequence[_Piece], edge: float, lines: Sequence[Line]) -> list[list[_Piece]]:
    """Return the runs of pieces, down the page, between those that reach over ``edge``."""
    runs: list[list[_Piece]] = [[]]
    for piece in sorted(pieces, key=lambda piece: -lines[piece.line].bottom):
        if piece.left < edge - _EDGE and piece.right > edge - 1:
            runs.append([])
        else:
            runs[-1].append(piece)
    return [run for run in runs if len(run) >= 2 * _LEAST_LINES]


def _band(pieces: list[_Piece], lines: Sequence[Line]) -> _Band | None:
    """Return ``pieces`` as columns of prose side by side; None when that is not what they are."""
    edges: list[float] = []
    begin = min(piece.left for piece in pieces)
    for edge in _left_edges(pieces):
        wide = edge - begin >= _LEAST_WIDTH * _size(pieces, lines)
        if wide and not any(piece.left < edge - _EDGE and piece.right > edge - 1 for piece in pieces):
            edges.append(edge)
            begin = edge
    columns: list[list[_Piece]] = [[] for _ in range(len(edges) + 1)]
    for piece in pieces:
        columns[_column(piece, edges)].append(piece)
    if len(columns) < 2 or not all(_is_prose(column, lines) for column in columns):
        return None
    sizes = [_size(column, lines) for column in columns]
    widths = [_width(column) for column in columns]
    alike = max(sizes) < 1.1 * min(sizes) and max(widths) < 1.5 * min(widths)
    return _Band(edges, columns) if alike and _beside(columns, lines) else None


def _column(piece: _Piece, edges: Sequence[float]) -> int:
    return sum(edge - _EDGE <= piece.left for edge in edges)


def _size(pieces: Iterable[_Piece], lines: Sequence[Line]) -> float:
    sizes = sorted(lines[piece.line].size for piece in pieces)
    return sizes[len(sizes) // 2]


def _width(column: Sequence[_Piece]) -> float:
    widths = sorted(piece.right - piece.left for piece in column)
    return widths[int(0.9 * (len(widths) - 1))]


def _is_prose(column: Sequence[_Piece], lines: Sequence[Line]) -> bool:
    """Return whether most lines of ``column`` reach its right edge, and hold more letters than figures."""
    if len(column) < _LEAST_LINES or _width(column) < _LEAST_WIDTH * _size(column, lines):
        return False
    filled = sum(piece.right - piece.left >= _FILLS * _width(column) for piece in column)
    text = "".join(lines[piece.line].text for piece in column)
    return filled >= _LEAST_FILLED * len(column) and sum(map(str.isdigit, text)) < 0.15 * len(text)


def _beside(columns: Sequence[Sequence[_Piece]], lines: Sequence[Line]) -> bool:
    """Return whether each column is beside the next one for some lines."""
    for left, right in pairwise(columns):
        top = min(max(lines[piece.line].top for piece in column) for column in (left, right))
        bottom = max(min(lines[piece.line].bottom for piece in column) for column in (left, right))
        if top - bottom < (_LEAST_LINES - 1) * _size(left, lines):
            return False
    return True


def _contradicted(band: _Band, lines: Sequence[Line]) -> bool:
    """Return whether the layer runs across the columns of ``band``, or gives them in another order."""
    for left, right in pairwise(band.columns):
        here = {piece.line for piece in left}
        there = {piece.line for piece in right}
        across = sum(
            index in there or (index + 1 in there and _same_height(lines[index], lines[index + 1])) for index in here
        )
        if across >= max(_LEAST_LINES - 1, _INTERLEAVED * min(len(here), len(there))):
            return True
        misplaced = sum(second < first for first in here for second in there)
        if misplaced >= _MISPLACED * len(here) * len(there):
            return True
    return False


def _same_height(a: Line, b: Line) -> bool:
    return min(a.top, b.top) - max(a.bottom, b.bottom) > 0.4 * min(a.top - a.bottom, b.top - b.bottom)


def _from_right_to_left(lines: Iterable[Line]) -> bool:
    letters = [unicodedata.bidirectional(char) for line in lines for char in line.text if char.isalpha()]
    return sum(kind in ("R", "AL") for kind in letters) > 0.5 * len(letters)


def _runs_on(column: Sequence[Line]) -> bool:
    """Return whether sentences run over the lines of ``column``: those of a list begin with capitals or figures."""
    return sum(line.text[0].isalpha() and not line.text[0].isupper() for line in column) >= _RUNS_ON * len(column)


def _read_columns(band: _Band, lines: Sequence[Line], divide: Divide) -> list[list[Line]]:
    """Return the lines of every column of ``band``; those that run across are divided."""
    columns: list[list[Line]] = [[] for _ in band.columns]
    held: dict[int, set[int]] = {}
    for number, column in enumerate(band.columns):
        for piece in column:
            held.setdefault(piece.line, set()).add(number)
    for index in sorted(held):
        line = lines[index]
        # Half-way into the gap: the ink of a letter may begin before its place.
        parts = divide(line, [edge - 2 for edge in band.edges]) if len(held[index]) > 1 else [line]
        for part in parts:
            columns[_column(_Piece(index, part.left, part.right), band.edges)].append(part)
    return columns


def _runs(lines: Sequence[Line], inside: set[int]) -> list[list[Line]]:
    """Return the lines outside the bands, in runs that go down the page."""
    runs: list[list[Line]] = []
    last = -2
    for index, line in enumerate(lines):
        if index in inside:
            continue
        if runs and index == last + 1 and line.bottom <= runs[-1][-1].bottom + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
        last = index
    return runs
