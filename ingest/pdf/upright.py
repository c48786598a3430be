"""Coordinates of a page as its text is upright, whichever way the sheet or the text was turned."""

from __future__ import annotations

from dataclasses import dataclass

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class Upright:
    """From a page's own coordinates to those of the page turned until most of its letters stand upright.

    The page's ``/Rotate`` plays no part: it turns the sheet on the screen, and only the text shows how it is read.
    """

    box: Rect
    """What of the page is shown, in its own coordinates."""
    quarters: int = 0
    """Quarter turns, clockwise, that set the text upright."""

    @property
    def height(self) -> float:
        """Height of the upright page in points."""
        left, bottom, right, top = self.box
        return right - left if self.quarters % 2 else top - bottom

    @property
    def width(self) -> float:
        """Width of the upright page in points."""
        left, bottom, right, top = self.box
        return top - bottom if self.quarters % 2 else right - left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page lies, measured from the lower left corner of the upright page."""
        left, bottom, right, top = self.box
        match self.quarters:
            case 1:
                return y - bottom, right - x
            case 2:
                return right - x, top - y
            case 3:
                return top - y, x - left
            case _:
                return x - left, y - bottom

    def rect(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """Return where a rectangle of the page lies on the upright page."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
