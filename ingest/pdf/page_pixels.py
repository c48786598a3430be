"""The printed page as pixels: rendered with and without some of its objects, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.upright import Rect

Picture = npt.NDArray[np.uint8]
"""Pixels of a page: [height, width, 3]."""
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
_SCALE = 1.5
"""Pixels a point: the smallest print that can be read is four pixels high."""
_THIN = 3
"""Pixels: the place of a thinner letter may be beside its ink, for all pixels are whole."""
_FAR = 10_000
"""Points: places this far away tell how a page lies in its picture."""
_MOST_PIXELS = 4_000_000
_SEEN = 20
"""Least difference of a colour, of 255, between letters and what is behind them: less than a watermark has."""


def box_around(boxes: Mapping[int, Box]) -> Box:
    """Return the box around all boxes: only what is in it has to be compared."""
    if not boxes:
        return 0, 0, 0, 0
    lefts, tops, rights, bottoms = zip(*boxes.values(), strict=True)
    return max(min(lefts) - 2, 0), max(min(tops) - 2, 0), max(max(rights) + 3, 0), max(max(bottoms) + 3, 0)


def _differ(one: Picture, other: Picture, least: int) -> npt.NDArray[np.bool_]:
    """Return where two pictures of one size differ in a colour by ``least`` of 255."""
    differing: npt.NDArray[np.bool_] = np.any(np.maximum(one, other) - np.minimum(one, other) >= least, axis=2)
    return differing


def changes_in(shown: Picture, other: Picture, area: Box) -> npt.NDArray[np.bool_]:
    """Return where, in ``area``, two pictures of one size differ enough to be seen."""
    left, top, right, bottom = area
    changes = np.zeros(shown.shape[:2], dtype=bool)
    part = (slice(top, bottom), slice(left, right))
    changes[part] = _differ(shown[part], other[part], _SEEN)
    return changes


def edges_in(shown: Picture, area: Box) -> npt.NDArray[np.bool_]:
    """Return where, in ``area``, a pixel differs from the one at its left or above it."""
    left, top, right, bottom = area
    edges = np.zeros(shown.shape[:2], dtype=bool)
    part, inner = shown[top:bottom, left:right], edges[top:bottom, left:right]
    inner[:, 1:] = _differ(part[:, 1:], part[:, :-1], _SEEN // 2)
    inner[1:] |= _differ(part[1:], part[:-1], _SEEN // 2)
    return edges


def shares_of(pixels: npt.NDArray[np.bool_], boxes: Mapping[int, Box]) -> list[tuple[int, float]]:
    """Return for every box the share of ``pixels`` in it that are true; 0 of one that is off the page."""
    height, width = pixels.shape
    sums = np.zeros((height + 1, width + 1), dtype=np.int32)
    sums[1:, 1:] = pixels.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    left, top, right, bottom = np.array(list(boxes.values()), dtype=np.int64).reshape(-1, 4).T
    # With the pixels beside it where it is thin as a dash.
    thin, narrow = bottom - top < _THIN, right - left < _THIN
    left, right = np.clip(left - narrow, 0, width), np.clip(right + narrow + 1, 0, width)
    top, bottom = np.clip(top - thin, 0, height), np.clip(bottom + thin + 1, 0, height)
    counts = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    areas = np.maximum((right - left) * (bottom - top), 1)
    return list(zip(boxes, (counts / areas).tolist(), strict=True))


def rendered(page: pypdfium2.PdfPage, without: Iterable[Any] = ()) -> tuple[Picture, Callable[[Rect], Box]]:
    """Return the page as it is printed, annotations too, and the way from a place on it to its pixels."""
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    left_out = list(without)
    for handle in left_out:
        pdfium_raw.FPDFPageObj_SetIsActive(handle, False)
    try:
        bitmap = page.render(scale=scale, draw_annots=True, may_draw_forms=False)
    finally:
        for handle in left_out:
            pdfium_raw.FPDFPageObj_SetIsActive(handle, True)
    convert = bitmap.get_posconv(page).to_bitmap
    (x0, y0), (x1, y1), (x2, y2) = convert(0, 0), convert(_FAR, 0), convert(0, _FAR)
    a, b, c, d = (x1 - x0) / _FAR, (y1 - y0) / _FAR, (x2 - x0) / _FAR, (y2 - y0) / _FAR

    def places(box: Rect) -> Box:
        xs = [a * x + c * y + x0 for x, y in (box[:2], box[2:])]
        ys = [b * x + d * y + y0 for x, y in (box[:2], box[2:])]
        return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))

    return bitmap.to_numpy()[:, :, :3], places


def pixels_in(picture: npt.NDArray[Any], box: Box) -> npt.NDArray[Any]:
    """Return the pixels in ``box``, with those beside it where it is thin as a dash; none off the page."""
    left, top, right, bottom = box
    thin, narrow = bottom - top < _THIN, right - left < _THIN
    top, bottom, left, right = top - thin, bottom + thin, left - narrow, right + narrow
    return picture[max(top, 0) : max(bottom + 1, 0), max(left, 0) : max(right + 1, 0)]


def colour_range(place: Picture) -> int:
    """Return by how much the colours of a place differ, of 255."""
    return int((place.max(axis=(0, 1)) - place.min(axis=(0, 1))).max()) if place.size else 0
