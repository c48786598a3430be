"""Numbers of lines in the margin, as courts print them: a column of rising numbers, one a line or one every five."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2

from ingest.pdf.lines import Line
from ingest.pdf.page_lines import divide
from ingest.pdf.text_layer import TextLayer

_NUMBER = {"left": re.compile(r"\d{1,5}(?=\s|$)"), "right": re.compile(r"(?:(?<=\s)|^)\d{1,5}$")}
_STEPS = (1, 2, 5, 10)
"""Which lines are numbered: all, or every second, fifth or tenth."""
_LEAST = 3
"""Numbers of a column that prove it on one page; where most pages prove one, a single number is enough."""
_MOST_PAGES = 0.5
"""Share of the pages with text on which the column must be: tables and lists come on some."""
_RUNS_ON = 0.3
"""Share of the lines behind numbers that begin within a sentence: rows of tables and entries of lists do not."""
_NUMBERED = 0.8
"""Share of the lines between the first number and the last that the step demands to be numbered."""
_ALIGNED = 3.0
"""Points within which the numbers of a column end, or begin, at the same place."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Numbers in one margin of a page: the lines that they are in, and their values."""

    side: str
    step: int
    indices: tuple[int, ...]
    runs_on: float


def without_line_numbers(pdf: pypdfium2.PdfDocument, pages: list[list[Line]]) -> list[list[Line]]:
    """Return ``pages`` without the numbers of lines in their margins; the very same lines where there are none."""
    pages = [_parted(pdf, number, lines) for number, lines in enumerate(pages)]
    for side in ("left", "right"):
        columns = [_column(lines, side) for lines in pages]
        proven = [column for column in columns if column and len(column.indices) >= _LEAST]
        with_text = sum(len(lines) >= _LEAST for lines in pages)
        if not proven or len(proven) < _MOST_PAGES * with_text:
            continue
        if sum(column.runs_on for column in proven) < _RUNS_ON * len(proven):
            continue
        step = max({c.step for c in proven}, key=[c.step for c in proven].count)
        for number, lines in enumerate(pages):
            column = columns[number] if columns[number] else _column(lines, side, (step,), least=1)
            if column is not None and column.step == step:
                pages[number] = _cut(pdf, number, lines, column)
    return pages


def _parted(pdf: pypdfium2.PdfDocument, number: int, lines: list[Line]) -> list[Line]:
    """Return ``lines`` with digits that stand below each other apart: pdfium takes a stack of them for one word."""
    if not any(_is_stack(line) for line in lines):
        return lines
    layer = TextLayer(pdf[number])
    layer.edited = lines[0].layer or layer.edited  # as it was when the lines were read
    parted: list[Line] = []
    for line in lines:
        if not _is_stack(line):
            parted.append(line)
            continue
        for index, digit in enumerate(line.text):
            left, bottom, right, top = layer.char_box(line.source + index)
            last = parted[-1] if index else None
            if last is not None and abs(last.bottom - bottom) < _ALIGNED:
                parted[-1] = replace(last, text=last.text + digit, right=right)
            else:
                piece = replace(line, text=digit, source=line.source + index, hyphen=None, notes=())
                parted.append(replace(piece, left=left, bottom=bottom, right=right, top=top))
    return parted


def _is_stack(line: Line) -> bool:
    return line.text.isdecimal() and len(line.text) > 1 and line.top - line.bottom > 2 * line.size > 0


def _column(lines: Sequence[Line], side: str, steps: Sequence[int] = _STEPS, least: int = 2) -> _Column | None:
    """Return the longest run of rising numbers at one side of a page's lines; None where they number no lines."""
    numbers = [
        (index, int(match[0]))
        for index, line in enumerate(lines)
        if line.size
        and (match := _NUMBER[side].search(line.text) if side == "right" else _NUMBER[side].match(line.text))
    ]
    numbers.sort(key=lambda pair: -lines[pair[0]].bottom)
    best: list[tuple[int, int]] = []
    best_step = 0
    for step in steps:
        for run in _rising(numbers, step):
            if len(run) > len(best) and _number_lines(lines, run, step):
                best, best_step = run, step
    if len(best) < least:
        return None
    held = {index for index, _ in best}
    texts = [_rest(line.text, side) if index in held else line.text for index, line in enumerate(lines)]
    texts = [
        text for index, text in enumerate(texts) if text and (best_step > 1 or index in held or not texts[best[0][0]])
    ]
    inner = sum(text[:1].islower() for text in texts) / max(1, len(texts))
    return _Column(side, best_step, tuple(index for index, _ in best), inner)


def _rest(text: str, side: str) -> str:
    return _NUMBER[side].sub("", text, count=1).strip()


def _rising(numbers: Sequence[tuple[int, int]], step: int) -> list[list[tuple[int, int]]]:
    """Return the runs of numbers, down the page, that grow by ``step`` each."""
    runs: list[list[tuple[int, int]]] = []
    last: dict[int, list[tuple[int, int]]] = {}
    for index, value in numbers:
        run = last.pop(value - step, None) or (last.pop(1, None) if value == step else None)
        if run is None:
            run = []
            runs.append(run)
        run.append((index, value))
        last[value] = run
    return runs


def _number_lines(lines: Sequence[Line], run: Sequence[tuple[int, int]], step: int) -> bool:
    """Return whether the numbers of ``run`` count the lines between them."""
    if len(run) < 2:
        return True
    top, bottom = lines[run[0][0]].bottom, lines[run[-1][0]].bottom
    heights = sorted({round(line.bottom) for line in lines if line.size and bottom - 2 <= line.bottom <= top + 2})
    rows = 1 + sum(b - a > 4 for a, b in pairwise(heights))
    expected = (len(run) - 1) * step + 1
    pitches = sorted(lines[a[0]].bottom - lines[b[0]].bottom for a, b in pairwise(run))
    if step == 1:
        return rows <= expected / _NUMBERED
    even = pitches[-1] < 1.5 * pitches[0]
    return even and expected * _NUMBERED <= rows <= expected / _NUMBERED


def _cut(pdf: pypdfium2.PdfDocument, number: int, lines: Sequence[Line], column: _Column) -> list[Line]:
    """Return the lines of a page without the numbers of ``column``, whose places the page itself knows."""
    layer = TextLayer(pdf[number])
    layer.edited = lines[0].layer  # as it was when the lines were read
    places = {index: _digits(layer, lines[index], column.side) for index in column.indices}
    edge = 0 if column.side == "right" else 1
    middle = sorted(place[edge] for place in places.values())[len(places) // 2]
    other = sorted(place[1 - edge] for place in places.values())[len(places) // 2]
    kept: list[Line] = []
    for index, line in enumerate(lines):
        place = places.get(index)
        if place is None or min(abs(place[edge] - middle), abs(place[1 - edge] - other)) > _ALIGNED:
            kept.append(line)
        elif place[0] - 1 <= line.left and line.right <= place[1] + 1:
            continue
        else:
            cut = place[1] + 0.5 if column.side == "left" else place[0] - 0.5
            parts = divide(layer, line, [cut])
            kept += parts[1:] if column.side == "left" else [*parts[:-1]]
    return [replace(line) for line in kept]


def _digits(layer: TextLayer, line: Line, side: str) -> tuple[float, float]:
    """Return where the number at one side of ``line`` begins and ends, in points."""
    match = _NUMBER[side].search(line.text)
    assert match is not None
    rects = layer.rects(line.source + match.start(), match.end() - match.start())
    if not rects:
        return line.left, line.left
    return min(rect[0] for rect in rects), max(rect[2] for rect in rects)
