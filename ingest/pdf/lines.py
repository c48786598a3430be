"""A printed line of a page: its words and its position."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.pdf.edited_text import EditedText
from ingest.pdf.right_to_left import runs_left

_STOP = re.compile(r"[.!?:;…។៖॥।؟۔။።፦。！？：；]['\"”’)\]]*\d{0,3}$")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Distances in points, origin at the lower left corner of the upright page."""

    text: str
    """Without its line end and without blanks at either end."""
    source: int
    """Index of its first character in the page's text; see ``layer``."""
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Height of the font's line, ascender to descender: comparable between fonts whose stated size is 1."""
    bold: bool
    hyphen: int | None = None
    """Index of the line-end hyphen in the page's text, when the line ends in one."""
    notes: tuple[tuple[int, int], ...] = ()
    """Start and end in ``text`` of every footnote mark: digits set above the line."""
    cells: int = 1
    """Into how many parts wide gaps divide it: more than one in a row of a table."""
    gaps: tuple[tuple[float, float], ...] = ()
    """Left and right of every gap that is wide enough to lie between two columns of text."""
    layer: EditedText = field(default=EditedText(""), repr=False, compare=False)
    """The page's text as it was edited: the way from ``source`` to the PDF's own text layer."""


def ends_with_stop(line: Line) -> bool:
    """Return whether a line ends as a sentence or a clause does, a footnote's number aside."""
    return bool(_STOP.search(line.text))


def gap_beside(a: Line, b: Line) -> float | None:
    """Return the gap, in points, between ``a`` and ``b`` that is read after it at the same height; else None.

    ``b`` is to the right of ``a``, or to its left where one of them runs from right to left.
    """
    overlap = min(a.top, b.top) - max(a.bottom, b.bottom)
    if overlap <= 0.4 * max(min(a.top - a.bottom, b.top - b.bottom), 1e-6):
        return None
    gap = a.left - b.right if runs_left(a.text) or runs_left(b.text) else b.left - a.right
    return gap if gap >= -2 else None
