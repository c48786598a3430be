"""The text layer of a PDF page, measured upright. Every call of pdfium that reading needs is here."""

from __future__ import annotations

import ctypes
import math
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.edited_text import EditedText
from ingest.pdf.page_objects import PageObjects, address
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
        self._other_text: dict[int, bool] = {}
        self._font_heights: dict[tuple[int, float], float] = {}
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
            if right.value or top.value:  # else of a blank that pdfium guessed: it has no place
                found.append((left.value, bottom.value, right.value, top.value))
        return found

    @property
    def text(self) -> str:
        """The page's text, as it was edited; every index below is one of its characters."""
        return self.edited.text

    def unseen(self, page: pypdfium2.PdfPage, objects: PageObjects) -> tuple[dict[int, Unseen], bool]:
        """Return which letters nobody can see on ``page``, and why, and whether the page is a scan.

        The text must not be edited yet.
        """
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
        if self.stands_for_other_text(index):
            return self._font_height(index)
        box = self._box
        pdfium_raw.FPDFText_GetLooseCharBox(self._handle, self.edited.place(index), ctypes.byref(box))
        return float(abs(box.right - box.left if self.upright.quarters % 2 else box.top - box.bottom))

    def baseline(self, index: int) -> float:
        """Return the height of a character's baseline, in points."""
        if self.stands_for_other_text(index):
            matrix = self._matrix(index)
            return self.upright.point(matrix.e, matrix.f)[1]
        x, y = self._edges[:2]
        pdfium_raw.FPDFText_GetCharOrigin(self._handle, self.edited.place(index), x, y)
        return self.upright.point(x.value, y.value)[1]

    def _font_height(self, index: int) -> float:
        """Return the height of a line in a character's font and size, as letters of it have that come from glyphs."""
        if not self._font_heights:
            for place in range(len(self.text)):
                if not self.text[place].isspace() and not self.stands_for_other_text(place):
                    height = self.line_height(place)
                    self._font_heights.setdefault(self._font(place), height)
                    self._font_heights.setdefault((0, 0.0), height)
            self._font_heights.setdefault((0, 0.0), 0.0)
        font = self._font(index)
        if font not in self._font_heights:
            _, bottom, _, top = self.char_box(index)
            self._font_heights[font] = self._font_heights[0, 0.0] or (top - bottom)
        return self._font_heights[font]

    def _font(self, index: int) -> tuple[int, float]:
        """Return the address of a character's font, and its size before the page scales it."""
        drawn = pdfium_raw.FPDFText_GetTextObject(self._handle, self.edited.place(index))
        size = ctypes.c_float()
        pdfium_raw.FPDFTextObj_GetFontSize(drawn, ctypes.byref(size))
        return address(pdfium_raw.FPDFTextObj_GetFont(drawn)), size.value

    def _matrix(self, index: int) -> pdfium_raw.FS_MATRIX:
        """Return the matrix of the object that draws a character, within what it is in."""
        matrix = pdfium_raw.FS_MATRIX()
        drawn = pdfium_raw.FPDFText_GetTextObject(self._handle, self.edited.place(index))
        pdfium_raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
        return matrix

    def is_guessed(self, index: int) -> bool:
        """Return whether pdfium added a character that the page does not draw: a blank, for a gap."""
        return int(pdfium_raw.FPDFText_IsGenerated(self._handle, self.edited.place(index))) == 1

    def text_object(self, index: int) -> int:
        """Return the address of the object that draws a character; 0 of one that pdfium added."""
        return address(pdfium_raw.FPDFText_GetTextObject(self._handle, self.edited.place(index)))

    def stands_for_other_text(self, index: int) -> bool:
        """Return whether a character comes from what its object stands for (``/ActualText``), not from glyphs."""
        drawn = pdfium_raw.FPDFText_GetTextObject(self._handle, self.edited.place(index))
        place = address(drawn)
        if place not in self._other_text:
            length = ctypes.c_ulong()
            self._other_text[place] = any(
                pdfium_raw.FPDFPageObjMark_GetParamStringValue(
                    pdfium_raw.FPDFPageObj_GetMark(drawn, number), b"ActualText", None, 0, ctypes.byref(length)
                )
                for number in range(max(0, pdfium_raw.FPDFPageObj_CountMarks(drawn)))
            )
        return self._other_text[place]

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
