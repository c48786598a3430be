"""Sheets that show two pages of a book side by side: each half is a page with a number of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2

from ingest.pdf.lines import Line
from ingest.pdf.page_lines import divide
from ingest.pdf.text_layer import TextLayer

_WIDER = 1.15
"""How many times its height the width of such a sheet is at least."""
_MOST_ACROSS = 0.1
"""Share of a sheet's lines that may run across its middle: a picture's caption, a table over both pages."""
_LEAST_LINES = 2
_EDGE = 0.13
"""Share of the height, at the top and at the foot, in which numbers of pages stand."""
_LEAST_PAIRS = 0.5
"""Share of the sheets whose halves must have numbers that follow each other."""


Halves = tuple[tuple[int, ...], tuple[int, ...]]
"""What the halves of a sheet hold, in the order in which they are read: indices of its lines."""


def find_spreads(
    pdf: pypdfium2.PdfDocument, pages: list[list[Line]], widths: Sequence[float], heights: Sequence[float]
) -> dict[int, Halves]:
    """Return the sheets that show two pages, by index; their lines are divided at the middle and set half by half.

    A sheet is wider than it is high, hardly a line runs across its middle, and the numbers at the edges of its halves
    follow each other, as those of two pages do and those of two columns do not.
    """
    wide = [
        index
        for index, (lines, width, height) in enumerate(zip(pages, widths, heights, strict=True))
        if height and width > _WIDER * height and _is_parted(lines, width / 2)
    ]
    pairs = {index: _numbers(pages[index], widths[index] / 2, heights[index]) for index in wide}
    forward = sum(any(b - a == 1 for a in left for b in right) for left, right in pairs.values())
    backward = sum(any(a - b == 1 for a in left for b in right) for left, right in pairs.values())
    if max(forward, backward) < max(1, _LEAST_PAIRS * len(wide)):
        return {}
    found = {}
    for index in wide:
        middle = widths[index] / 2
        lines = _divided(pdf, index, pages[index], middle)
        left = [line for line in lines if _centre(line) < middle]
        right = [line for line in lines if _centre(line) >= middle]
        first, second = (left, right) if forward >= backward else (right, left)
        pages[index] = first + second
        found[index] = (tuple(range(len(first))), tuple(range(len(first), len(lines))))
    return found


def _centre(line: Line) -> float:
    return (line.left + line.right) / 2


def _is_parted(lines: Sequence[Line], middle: float) -> bool:
    sides = [0, 0]
    across = 0
    for line in lines:
        if line.left < middle < line.right:
            if any(left <= middle <= right for left, right in line.gaps):
                sides = [sides[0] + 1, sides[1] + 1]
            else:
                across += 1
        elif line.size:
            sides[line.left >= middle] += 1
    return min(sides) >= _LEAST_LINES and across <= _MOST_ACROSS * len(lines)


def _numbers(lines: Sequence[Line], middle: float, height: float) -> tuple[set[int], set[int]]:
    """Return the numbers at the edges of the left half and of the right one."""
    sides: tuple[set[int], set[int]] = set(), set()
    for line in lines:
        if not line.size or _EDGE * height < (line.top + line.bottom) / 2 < (1 - _EDGE) * height:
            continue
        numbers = [int(digits) for digits in re.findall(r"(?<!\S)\d{1,4}(?!\S)", line.text)]
        if line.left < middle < line.right and len(numbers) >= 2:
            sides[0].add(numbers[0])
            sides[1].add(numbers[-1])
        elif not line.left < middle < line.right:
            sides[line.left >= middle].update(numbers)
    return sides


def _divided(pdf: pypdfium2.PdfDocument, index: int, lines: Sequence[Line], middle: float) -> list[Line]:
    """Return the lines of a sheet, those with a gap over its middle in two parts."""
    parted = {i for i, line in enumerate(lines) if any(left <= middle <= right for left, right in line.gaps)}
    if not parted:
        return list(lines)
    layer = TextLayer(pdf[index])
    layer.edited = lines[0].layer  # as it was when the lines were read
    return [part for i, line in enumerate(lines) for part in (divide(layer, line, [middle]) if i in parted else [line])]


def joined_labels(labels: Sequence[str]) -> str:
    """Return what a sheet is called whose pages are called so: "10–11"."""
    return "–".join(dict.fromkeys(label for label in labels if label))
