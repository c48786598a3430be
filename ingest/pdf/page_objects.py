"""What a PDF page paints, in the order of painting: where text may be that nobody can see.

Reading asks this of every page, so it looks at as little as it can: colours and kinds, and places only where something
is painted that could cover text. What it names is only suspected; ``ingest.pdf.visibility`` looks at the printed page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.covering_annotations import covering_annotations
from ingest.pdf.matrices import Matrix, box_on_page, form_matrix
from ingest.pdf.upright import Rect

Colour = tuple[int, int, int]

_NEAR = 40
"""Differences of colour, of 255, under which text is suspected; the printed page decides."""
_LIGHT = 215
_WHITE = (255, 255, 255)
_OPAQUE = 100
"""Alpha, of 255, from which paint hides what is beneath."""
_FAINT = 40
"""Alpha, of 255, under which text is suspected."""
_THICK = 2.5
"""Points: thinner shapes are rules and the edges of tables."""
_LARGEST_DOT = 43
"""Points, of a shape that may be a bullet."""
_ROUND = 0.2
"""Difference of its width and height, as a share: discs and squares have none."""
_MOST_CORNERS = 12
"""Of a clip path that are looked at."""
_DEPTH = 6
"""Of forms within forms."""
_MOST_PAIRS = 200_000
"""Of shapes and texts that are compared: a page with more of them is a map or a chart, and all of it is suspected."""
_UNSEEN_MODES = frozenset((pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_raw.FPDF_TEXTRENDERMODE_CLIP))
_STROKED = frozenset((pdfium_raw.FPDF_TEXTRENDERMODE_STROKE, pdfium_raw.FPDF_TEXTRENDERMODE_STROKE_CLIP))


@dataclass(frozen=True, slots=True)
class _Paint:
    """A filled shape, a picture or a shading; ``colour`` is None where it is not one colour in all of its box."""

    order: int
    rect: Rect
    colour: Colour | None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text object; ``matrix`` leads from the form that it is in to the page."""

    order: int
    handle: Any
    matrix: Matrix | None
    colour: Colour


class Suspicion(Enum):
    """Why text may be unseen, and so what has to be compared."""

    COLOUR = "colour"
    """It has the colour of what is beneath it."""
    HIDDEN = "hidden"
    """It is transparent, or outside a clip path, or in a layer that may be off."""
    COVERED = "covered"
    """Something is painted over it later."""
    INVISIBLE = "invisible"
    """It is not painted at all, as the text layer of a scan is."""


@dataclass(slots=True)
class PageObjects:
    """What of a page concerns the text that cannot be seen. Handles are pdfium's, alive as long as the page."""

    suspects: dict[int, tuple[Any, Suspicion]] = field(default_factory=dict)
    """Text that may be unseen, by its address in memory."""
    text: list[Any] = field(default_factory=list)
    matrices: list[Matrix | None] = field(default_factory=list)
    """For each text, what leads from the form that it is in to the page."""
    pictures: list[Rect] = field(default_factory=list)
    dots: list[Rect] = field(default_factory=list)
    """Small shapes that are as wide as high: bullets may be among them."""
    redactions: list[Rect] = field(default_factory=list)
    """Places marked for redaction, whose text is still there."""

    def handles(self, *why: Suspicion) -> list[Any]:
        """Return the text that is suspected for one of these reasons."""
        return [handle for handle, suspicion in self.suspects.values() if suspicion in why]

    def text_places(self) -> Iterator[tuple[int, Rect]]:
        """Yield the address of each text and where its ink is on the page, in the order of painting."""
        edges = tuple(ctypes.c_float() for _ in range(4))
        refs = tuple(ctypes.byref(edge) for edge in edges)
        for handle, matrix in zip(self.text, self.matrices, strict=True):
            pdfium_raw.FPDFPageObj_GetBounds(handle, *refs)
            left, bottom, right, top = (edge.value for edge in edges)
            yield address(handle), box_on_page((left, bottom, right, top), matrix)


def address(handle: Any) -> int:
    """Return where in memory pdfium keeps an object: two handles of one object have one address."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def page_objects(page: pypdfium2.PdfPage) -> PageObjects:
    """Return the text of ``page`` that may be unseen."""
    walk = _Walk()
    walk.objects(page.raw, None, 0)
    annotated, walk.found.redactions = covering_annotations(page)
    walk.compare(annotated)
    return walk.found


class _Walk:
    """Goes through the objects of one page; pdfium writes its answers into the numbers that are made once."""

    def __init__(self) -> None:
        self.found = PageObjects()
        self._paint: list[_Paint] = []
        self._text: list[_Text] = []
        self._order = 0
        self._numbers = tuple(ctypes.c_uint() for _ in range(4))
        self._number_refs = tuple(ctypes.byref(number) for number in self._numbers)
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._edge_refs = tuple(ctypes.byref(edge) for edge in self._edges)
        self._name = ctypes.create_string_buffer(8)
        self._name_start = ctypes.cast(self._name, ctypes.POINTER(ctypes.c_ushort))
        self._length = ctypes.c_ulong()

    def objects(self, holder: Any, matrix: Matrix | None, depth: int) -> None:
        """Look at what is on a page, or in a form on it."""
        text, kind_of = pdfium_raw.FPDF_PAGEOBJ_TEXT, pdfium_raw.FPDFPageObj_GetType
        for handle in _handles(holder, depth):
            kind = kind_of(handle)
            self._order += 1
            if kind == text:
                self._add_text(handle, matrix)
            elif kind == pdfium_raw.FPDF_PAGEOBJ_FORM:
                if depth < _DEPTH:
                    self.objects(handle, form_matrix(handle, matrix), depth + 1)
            else:
                self._add_paint(handle, kind, matrix)

    def _add_text(self, handle: Any, matrix: Matrix | None) -> None:
        # This runs for every text of every page: one call of pdfium more makes reading slower by a hundredth.
        mode = pdfium_raw.FPDFTextObj_GetTextRenderMode(handle)
        self.found.text.append(handle)
        self.found.matrices.append(matrix)
        ask = pdfium_raw.FPDFPageObj_GetStrokeColor if mode in _STROKED else pdfium_raw.FPDFPageObj_GetFillColor
        colour, alpha = (0, 0, 0), 255
        if ask(handle, *self._number_refs):  # no pattern
            red, green, blue, opaque = self._numbers
            colour, alpha = (red.value, green.value, blue.value), opaque.value
        self._text.append(_Text(self._order, handle, matrix, colour))
        if mode in _UNSEEN_MODES:
            self._suspect(handle, Suspicion.INVISIBLE)
        elif alpha < _FAINT or self._is_clipped(handle) or self._is_in_layer(handle):
            self._suspect(handle, Suspicion.HIDDEN)

    def _suspect(self, handle: Any, why: Suspicion) -> None:
        self.found.suspects.setdefault(address(handle), (handle, why))

    def _is_clipped(self, handle: Any) -> bool:
        """Return whether a clip path leaves out a good part of the text; one of curves is taken for its box."""
        clip = pdfium_raw.FPDFPageObj_GetClipPath(handle)
        count = pdfium_raw.FPDFClipPath_CountPaths(clip)
        if count <= 0:
            return False
        left, bottom, right, top = self._bounds(handle, None)
        x, y = self._edges[:2]
        for path in range(count):
            points = []
            for index in range(min(pdfium_raw.FPDFClipPath_CountPathSegments(clip, path), _MOST_CORNERS)):
                segment = pdfium_raw.FPDFClipPath_GetPathSegment(clip, path, index)
                if pdfium_raw.FPDFPathSegment_GetPoint(segment, *self._edge_refs[:2]):
                    points.append((x.value, y.value))
            if len(points) < 2:
                continue
            xs, ys = zip(*points, strict=True)
            width, height = min(max(xs), right) - max(min(xs), left), min(max(ys), top) - max(min(ys), bottom)
            if width < 0.7 * (right - left) or height < 0.7 * (top - bottom):
                return True
        return False

    def _is_in_layer(self, handle: Any) -> bool:
        """Return whether an object belongs to a layer that can be switched off."""
        for index in range(pdfium_raw.FPDFPageObj_CountMarks(handle)):
            mark = pdfium_raw.FPDFPageObj_GetMark(handle, index)
            named = pdfium_raw.FPDFPageObjMark_GetName(mark, self._name_start, len(self._name), self._length)
            if named and self._name.raw[:5] == b"O\0C\0\0":
                return True
        return False

    def _add_paint(self, handle: Any, kind: int, matrix: Matrix | None) -> None:
        colour: Colour | None = None
        rect = self._bounds(handle, matrix)
        across, height = rect[2] - rect[0], rect[3] - rect[1]
        as_wide_as_high = 0 < height < _LARGEST_DOT and abs(across - height) <= _ROUND * height
        if as_wide_as_high and kind == pdfium_raw.FPDF_PAGEOBJ_PATH:
            self.found.dots.append(rect)
        if min(across, height) < _THICK:
            return
        if kind == pdfium_raw.FPDF_PAGEOBJ_IMAGE:
            self.found.pictures.append(rect)
        elif kind == pdfium_raw.FPDF_PAGEOBJ_PATH:
            fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
            pdfium_raw.FPDFPath_GetDrawMode(handle, fill, stroke)
            if not fill.value:
                pdfium_raw.FPDFPageObj_GetStrokeWidth(handle, width)
                if not stroke.value or width.value < _THICK:
                    return
            elif pdfium_raw.FPDFPageObj_GetFillColor(handle, *self._number_refs):
                red, green, blue, alpha = self._numbers
                if alpha.value < _OPAQUE:
                    return
                # A shape of more corners leaves some of its box free.
                if pdfium_raw.FPDFPath_CountSegments(handle) <= 5:
                    colour = (red.value, green.value, blue.value)
        self._paint.append(_Paint(self._order, rect, colour))

    def compare(self, annotated: Sequence[Rect]) -> None:
        """Find the text that has the colour of what is beneath it, and the text that something is painted over."""
        paint = [*self._paint, *(_Paint(self._order + 1, rect, None) for rect in annotated)]
        if not paint:
            for text in self._text:
                if min(text.colour) > _LIGHT:
                    self._suspect(text.handle, Suspicion.COLOUR)
            return
        if len(paint) * len(self._text) > _MOST_PAIRS:
            for text in self._text:
                self._suspect(text.handle, Suspicion.COVERED)
            return
        orders = np.array([item.order for item in paint])
        left, bottom, right, top = np.array([item.rect for item in paint], np.float32).T
        rects = np.array([self._bounds(text.handle, text.matrix) for text in self._text], np.float32).reshape(-1, 4)
        x0, y0, x1, y1 = rects.T[:, :, None]  # one row a text, one column a shape
        over = orders > np.array([text.order for text in self._text])[:, None]
        width, height = np.minimum(right, x1) - np.maximum(left, x0), np.minimum(top, y1) - np.maximum(bottom, y0)
        # A good part of a line of text, not its edge.
        covered = (over & (width > _THICK / 2) & (height > 0.4 * (y1 - y0))).any(axis=1)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        beneath = ~over & (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
        last = np.where(beneath.any(axis=1), len(paint) - 1 - beneath[:, ::-1].argmax(axis=1), -1)
        for text, lies_under, index in zip(self._text, covered.tolist(), last.tolist(), strict=True):
            behind = paint[index].colour if index >= 0 else _WHITE
            if lies_under:
                self._suspect(text.handle, Suspicion.COVERED)
            elif behind is None or all(abs(a - b) < _NEAR for a, b in zip(text.colour, behind, strict=True)):
                self._suspect(text.handle, Suspicion.COLOUR)

    def _bounds(self, handle: Any, matrix: Matrix | None) -> Rect:
        pdfium_raw.FPDFPageObj_GetBounds(handle, *self._edge_refs)
        left, bottom, right, top = (edge.value for edge in self._edges)
        return box_on_page((left, bottom, right, top), matrix)


def _handles(holder: Any, depth: int) -> Iterator[Any]:
    if depth:
        count, get = pdfium_raw.FPDFFormObj_CountObjects(holder), pdfium_raw.FPDFFormObj_GetObject
    else:
        count, get = pdfium_raw.FPDFPage_CountObjects(holder), pdfium_raw.FPDFPage_GetObject
    for index in range(count):
        yield get(holder, index)
