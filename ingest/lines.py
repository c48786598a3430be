"""A printed line of a page: its words and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Distances in points, origin at the lower left corner of the upright page."""

    text: str
    """Without its line end and without blanks at either end."""
    source: int
    """Index of its first character in the page's text layer."""
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Height of the font's line, ascender to descender: comparable between fonts whose stated size is 1."""
    bold: bool
    hyphen: int | None = None
    """Index of the line-end hyphen in the text layer, when the line ends in one."""
    notes: tuple[tuple[int, int], ...] = ()
    """Start and end in ``text`` of every footnote mark: digits set above the line."""
    cells: int = 1
    """Into how many parts wide gaps divide it: more than one in a row of a table."""
    gaps: tuple[tuple[float, float], ...] = ()
    """Left and right of every gap that is wide enough to lie between two columns of text."""
