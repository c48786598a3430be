"""Bullets that are drawn and not written: browsers print those of a list as small discs, rings and squares."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf.lines import Line
from ingest.pdf.right_to_left import runs_left
from ingest.pdf.upright import Rect

BULLET = "• "
_MOST_DOTS = 500
"""On a page: one with more of them is a map or a chart."""
_SMALLEST, _LARGEST = 0.12, 0.6
"""Of a line's height."""
_NEAREST, _FURTHEST = 0.1, 2.0
"""From the bullet to its line, in line heights."""
_SAME_LEFT = 1.5
"""Points by which bullets of one list are out of line at most."""


def bullets_written(dots: Sequence[Rect], text: str, lines: Sequence[Line]) -> dict[int, str]:
    """Return how ``text`` changes, by index, where one of the ``dots`` is a bullet before a measured line.

    Bullets stand under each other, and so do their lines. What stands behind other words, or again within the line,
    is the key of a chart; what touches others is part of a picture.
    """
    if len(dots) > _MOST_DOTS:
        return {}
    found = [(dot, line) for line in lines for dot in dots if _is_before(dot, line)]
    return {
        line.source: f"{BULLET}{text[line.source]}"
        for dot, line in found
        if any(other is not dot and _is_under(other, dot) and _same_left(beside, line) for other, beside in found)
        and not any(_stands_before(other, line, dot) for other in lines)
        and not any(other is not dot and (_is_among(other, line) or _touches(other, dot)) for other in dots)
    }


def has_drawn_bullet(line: Line) -> bool:
    """Return whether ``line`` begins with a bullet that ``bullets_written`` gave it."""
    edited = line.layer
    return line.text[:1] == BULLET[0] and edited.place(line.source) == edited.place(line.source + 1)


def _is_before(dot: Rect, line: Line) -> bool:
    left, bottom, right, top = dot
    middle, size = (bottom + top) / 2, line.size
    return (
        _SMALLEST * size <= right - left <= _LARGEST * size
        and line.bottom <= middle <= line.top
        and _NEAREST * size <= (left - line.right if runs_left(line.text) else line.left - right) <= _FURTHEST * size
    )


def _is_under(dot: Rect, other: Rect) -> bool:
    return abs(dot[0] - other[0]) < _SAME_LEFT and abs(dot[1] - other[1]) > _SAME_LEFT


def _same_left(line: Line, other: Line) -> bool:
    edge, other_edge = (line.right, other.right) if runs_left(line.text) else (line.left, other.left)
    return abs(edge - other_edge) < _SAME_LEFT


def _touches(dot: Rect, other: Rect) -> bool:
    """Return whether two dots are nearer to each other than they are wide."""
    gap = max(dot[0] - other[2], other[0] - dot[2], dot[1] - other[3], other[1] - dot[3])
    return gap < dot[2] - dot[0]


def _is_among(dot: Rect, line: Line) -> bool:
    return line.bottom <= (dot[1] + dot[3]) / 2 <= line.top and line.left < dot[0] and dot[2] < line.right


def _stands_before(other: Line, line: Line, dot: Rect) -> bool:
    """Return whether ``other`` is at the height of a bullet, beside it, and before ``line``."""
    if not other.bottom <= (dot[1] + dot[3]) / 2 <= other.top:
        return False
    before = other.left >= line.right if runs_left(line.text) else other.right <= line.left
    return before and max(dot[0] - other.right, other.left - dot[2]) < _FURTHEST * other.size
