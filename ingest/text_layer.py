"""The text layer of a PDF page, measured upright. Every call of pdfium that reading needs is here."""

from __future__ import annotations

import ctypes
import math
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.upright import Rect, Upright

_BOLD_WEIGHT = 600
_ANGLES = 50
"""How many letters of a page are asked for their angle."""


class TextLayer:
    """The text layer of one page, measured upright."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page.get_textpage()
        quarters = _quarters(self._page)
        rotation = page.get_rotation()
        if quarters * 90 != rotation:
            # pdfium orders letters as the sheet shows them: it reads text on its side or its head backwards.
            page.set_rotation(quarters * 90)
            self._page = page.get_textpage()
            page.set_rotation(rotation)
        self._handle = self._page.raw
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._box = pdfium_raw.FS_RECTF()
        self.text: str = self._page.get_text_range()
        self.located = len(self.text) == self._page.count_chars()
        """One character of text is one pdfium character; where it is not, boxes would be shifted."""
        self.upright = Upright(page.get_bbox(), quarters)
        self._plain = not quarters and self.upright.box[:2] == (0, 0)

    def printed_rects(self, start: int, count: int) -> list[Rect]:
        """Return the rectangles that ``count`` characters fill on the page as it is stored, in points."""
        left, top, right, bottom = self._edges
        found = []
        # pdfium may give a rectangle for every letter: this is the innermost loop of reading.
        for index in range(pdfium_raw.FPDFText_CountRects(self._handle, start, count)):
            pdfium_raw.FPDFText_GetRect(self._handle, index, left, top, right, bottom)
            found.append((left.value, bottom.value, right.value, top.value))
        return found

    def rects(self, start: int, count: int) -> list[Rect]:
        """Return the rectangles that ``count`` characters fill, in points."""
        found = self.printed_rects(start, count)
        return found if self._plain else [self.upright.rect(*rect) for rect in found]

    def char_box(self, index: int) -> Rect:
        """Return the rectangle of a character's ink, in points."""
        return self.upright.rect(*self._page.get_charbox(index))

    def line_height(self, index: int) -> float:
        """Return the height of a character's line, ascender to descender, in points."""
        box = self._box
        pdfium_raw.FPDFText_GetLooseCharBox(self._handle, index, ctypes.byref(box))
        return float(abs(box.right - box.left if self.upright.quarters % 2 else box.top - box.bottom))

    def baseline(self, index: int) -> float:
        """Return the height of a character's baseline, in points."""
        x, y = self._edges[:2]
        pdfium_raw.FPDFText_GetCharOrigin(self._handle, index, x, y)
        return self.upright.point(x.value, y.value)[1]

    def is_bold(self, index: int) -> bool:
        """Recognise bold type by the font's weight, or by its name: the standard fonts state no weight."""
        if pdfium_raw.FPDFText_GetFontWeight(self._handle, index) >= _BOLD_WEIGHT:
            return True
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        length = pdfium_raw.FPDFText_GetFontInfo(self._handle, index, name, len(name), ctypes.byref(flags))
        return 0 < length <= len(name) and b"bold" in name.value.lower()


def _quarters(text_page: pypdfium2.PdfTextPage) -> int:
    """Return the quarter turns, clockwise, that set most letters of a page upright."""
    count = text_page.count_chars()
    places = range(0, count, max(1, count // _ANGLES))
    angles = [float(pdfium_raw.FPDFText_GetCharAngle(text_page.raw, place)) for place in places]
    turns = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles)
    return turns.most_common(1)[0][0] if turns else 0
