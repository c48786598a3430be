"""Lines of a PDF page with their geometry, as pdfium reads them, upright and in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2

from ingest.lines import Line
from ingest.reading_order import columns_in_order
from ingest.text_layer import TextLayer

_LINE = re.compile(r"([^\r\n\ufffe]*)(\ufffe\r?\n?|\r\n|\r|\n|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DIVIDED = re.compile(r"[^\W\d_]-$")
_NOTE_MARK = re.compile(r"(?<=[^\s\d])(\d{1,3})(?=\s|$)")
_CELL_GAP = 1.6
"""Width of a gap that parts two cells, in line heights; behind a paragraph's number it is about 1.3."""
_COLUMN_GAP = 0.7
"""Least width of a gap between two columns, in line heights."""
_NOTE_RISE = 0.12
"""How far above the baseline a digit must begin to be a footnote mark, in line heights."""


def page_lines(page: pypdfium2.PdfPage) -> tuple[list[Line], float]:
    """Return the lines of ``page`` in reading order, blank ones left out, and the upright page's height in points."""
    layer = TextLayer(page)
    lines = []
    for match in _LINE.finditer(layer.text):
        hyphen = match.start(2) if match.group(2).startswith("\ufffe") else None
        line = _line(match.group(1), match.start(1) if layer.located else -1, hyphen)
        if line is not None:
            lines.append(line)
    if layer.located:
        measured = [_measure(layer, line) for line in lines]
        lines = columns_in_order(measured, lambda line, edges: divide(layer, line, edges))
    return lines, layer.upright.height


def _line(text: str, source: int, hyphen: int | None) -> Line | None:
    """Return a line that is not measured yet; None of blanks. ``source`` is -1 where characters have no place."""
    text = _CONTROL.sub(" ", text)
    body = text.strip()
    if not body:
        return None
    source += len(text) - len(text.lstrip()) if source >= 0 else 0
    return Line(body, source, 0, 0, 0, 0, 0, False, hyphen)


def divide(layer: TextLayer, line: Line, edges: Sequence[float]) -> list[Line]:
    """Return the parts into which the vertical lines at ``edges`` divide ``line``."""
    places, last = [], 0
    for char, index in zip(line.text, range(line.source, line.source + len(line.text)), strict=True):
        if not char.isspace():
            left, _, right, _ = layer.char_box(index)
            last = sum(edge < (left + right) / 2 for edge in edges)
        places.append(last)
    cuts = [0, *(i for i in range(1, len(places)) if places[i] != places[i - 1]), len(places)]
    parts = []
    for start, end in pairwise(cuts):
        text, hyphen = line.text[start:end].rstrip(), line.hyphen
        if end < len(line.text):  # pdfium marks the hyphens at its own line ends only
            divided = _DIVIDED.search(text)
            hyphen = line.source + start + len(text) - 1 if divided else None
            text = text[:-1] if divided else text
        part = _line(text, line.source + start, hyphen)
        if part is not None:
            parts.append(_measure(layer, part))
    return parts


def _measure(layer: TextLayer, line: Line) -> Line:
    rects = layer.rects(line.source, len(line.text))
    if not rects:
        return line
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    visible = [i for i, char in enumerate(line.text) if char.isalpha()] or [0]
    middle = line.source + visible[len(visible) // 2]
    size = layer.line_height(middle)
    baseline = layer.baseline(middle)
    marks = [match.span(1) for match in _NOTE_MARK.finditer(line.text)]
    gaps = _gaps(zip(lefts, rights, strict=True), _COLUMN_GAP * size) if size else ()
    return replace(
        line,
        left=min(lefts),
        bottom=min(bottoms),
        right=max(rights),
        top=max(tops),
        size=size,
        cells=1 + sum(right - left >= _CELL_GAP * size for left, right in gaps),
        gaps=gaps,
        bold=all(layer.is_bold(line.source + i) for i in {visible[0], visible[len(visible) // 2], visible[-1]}),
        notes=tuple(
            (start, end)
            for start, end in marks
            if layer.char_box(line.source + start)[1] > baseline + _NOTE_RISE * size
        ),
    )


def _gaps(extents: Iterable[tuple[float, float]], least: float) -> tuple[tuple[float, float], ...]:
    """Return the gaps of at least ``least`` points between rectangles ``(left, right)`` of one line."""
    gaps, reached = [], float("inf")
    for left, right in sorted(extents):
        if left - reached >= least:
            gaps.append((reached, left))
        reached = max(right, reached) if reached < float("inf") else right
    return tuple(gaps)
