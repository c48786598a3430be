"""The text layer of a PDF page, measured upright. Every call of pdfium that reading needs is here."""

from __future__ import annotations

import ctypes
import math
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.edited_text import EditedText
from ingest.pdf.page_objects import page_objects
from ingest.pdf.upright import Rect, Upright
from ingest.pdf.visibility import Unseen, is_scan, unseen_letters

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
        self._rects: dict[tuple[int, int], list[Rect]] = {}
        self.edited = EditedText(_text(self._page))
        """One character of its text is one pdfium character until it is edited."""
        self.upright = Upright(page.get_bbox(), quarters)
        self._plain = not quarters and self.upright.box[:2] == (0, 0)

    def printed_rects(self, start: int, count: int) -> list[Rect]:
        """Return the rectangles that ``count`` characters of pdfium's fill on the page as it is stored, in points."""
        if (start, count) in self._rects:
            return self._rects[start, count]
        left, top, right, bottom = self._edges
        found = self._rects[start, count] = []
        # pdfium may give a rectangle for every letter: this is the innermost loop of reading.
        for index in range(pdfium_raw.FPDFText_CountRects(self._handle, start, count)):
            pdfium_raw.FPDFText_GetRect(self._handle, index, left, top, right, bottom)
            found.append((left.value, bottom.value, right.value, top.value))
        return found

    @property
    def text(self) -> str:
        """The page's text, as it was edited; every index below is one of its characters."""
        return self.edited.text

    def unseen(self, page: pypdfium2.PdfPage) -> tuple[dict[int, Unseen], bool]:
        """Return which letters nobody can see on ``page``, and why, and whether the page is a scan.

        The text must not be edited yet.
        """
        objects = page_objects(page)
        return unseen_letters(page, self._page, self.text, objects), is_scan(page, objects)

    def rects(self, start: int, count: int) -> list[Rect]:
        """Return the rectangles that ``count`` characters fill, in points."""
        found = [
            rect for _, place, length in self.edited.runs(start, count) for rect in self.printed_rects(place, length)
        ]
        return found if self._plain else [self.upright.rect(*rect) for rect in found]

    def char_box(self, index: int) -> Rect:
        """Return the rectangle of a character's ink, in points."""
        return self.upright.rect(*self._page.get_charbox(self.edited.place(index)))

    def line_height(self, index: int) -> float:
        """Return the height of a character's line, ascender to descender, in points."""
        box = self._box
        pdfium_raw.FPDFText_GetLooseCharBox(self._handle, self.edited.place(index), ctypes.byref(box))
        return float(abs(box.right - box.left if self.upright.quarters % 2 else box.top - box.bottom))

    def baseline(self, index: int) -> float:
        """Return the height of a character's baseline, in points."""
        x, y = self._edges[:2]
        pdfium_raw.FPDFText_GetCharOrigin(self._handle, self.edited.place(index), x, y)
        return self.upright.point(x.value, y.value)[1]

    def is_bold(self, index: int) -> bool:
        """Recognise bold type by the font's weight, or by its name: the standard fonts state no weight."""
        index = self.edited.place(index)
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


def _text(text_page: pypdfium2.PdfTextPage) -> str:
    """Return a page's text, one character for each of pdfium's."""
    text: str = text_page.get_text_range()
    count = text_page.count_chars()
    if len(text) == count:
        return text
    # Signs that are no text, or beyond 16 bits: pdfium's text leaves them out, or writes two.
    codes = (int(pdfium_raw.FPDFText_GetUnicode(text_page.raw, index)) for index in range(count))
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " " for code in codes)
