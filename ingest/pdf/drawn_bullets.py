"""Bullets that are drawn and not written: browsers print those of a list as small discs, rings and squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.lines import Line
from ingest.pdf.right_to_left import runs_left
from ingest.pdf.upright import Rect, Upright

_MOST_SHAPES = 3_000
"""On a page: one with more of them is a map or a chart."""
_SMALLEST, _LARGEST = 0.12, 0.6
"""Of a line's height."""
_NEAREST, _FURTHEST = 0.1, 2.0
"""From the bullet to its line, in line heights."""
_ROUND = 0.2
"""Difference of width and height, as a share: discs and squares have none."""
_DEPTH = 3
"""Of forms within forms."""


def bullets_written(page: pypdfium2.PdfPage, upright: Upright, text: str, lines: Sequence[Line]) -> dict[int, str]:
    """Return how ``text`` changes, by index, where a bullet is drawn before one of its measured ``lines``."""
    dots = list(_dots(page, upright))
    changes: dict[int, str] = {}
    for line in lines if dots else ():
        beside = [dot for dot in dots if _is_before(dot, line)]
        # One that stands in a column of other words is a part of a drawing.
        if beside and not any(_stands_before(other, line, beside[0]) for other in lines):
            changes[line.source] = f"• {text[line.source]}"
    return changes


def _is_before(dot: Rect, line: Line) -> bool:
    left, bottom, right, top = dot
    middle, size = (bottom + top) / 2, line.size
    return (
        _SMALLEST * size <= right - left <= _LARGEST * size
        and line.bottom <= middle <= line.top
        and _NEAREST * size <= (left - line.right if runs_left(line.text) else line.left - right) <= _FURTHEST * size
    )


def _stands_before(other: Line, line: Line, dot: Rect) -> bool:
    """Return whether ``other`` is at the height of a bullet, beside it, and before ``line``."""
    if not other.bottom <= (dot[1] + dot[3]) / 2 <= other.top:
        return False
    before = other.left >= line.right if runs_left(line.text) else other.right <= line.left
    return before and max(dot[0] - other.right, other.left - dot[2]) < _FURTHEST * other.size


def _dots(page: pypdfium2.PdfPage, upright: Upright) -> Iterator[Rect]:
    """Yield where small shapes are drawn that are as wide as high."""
    for number, shape in enumerate(page.get_objects([pdfium_raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH)):
        if number >= _MOST_SHAPES:
            return
        left, bottom, right, top = shape.get_bounds()
        width, height = right - left, top - bottom
        if 0 < height < _LARGEST * 72 and abs(width - height) <= _ROUND * height:
            yield upright.rect(left, bottom, right, top)
