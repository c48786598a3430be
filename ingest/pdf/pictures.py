"""Pictures on a page: whether one fills it, and whether that one shows writing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium_raw

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_CELLS = 24
"""Of the grid on which it is counted how much of a page its pictures cover, each way."""
_WIDTH = 600
"""Pixels of the shorter side of the small picture of a page that is looked at."""
_SAME_SHADE = 28
"""Of 256: within which the paper of a scan varies."""
_LEAST_PAPER, _LIGHTEST = 0.55, 120
"""Share of a sheet that is bare paper, and how dark that may be; photographs have no shade so common."""
_INK = 60
"""How much darker than paper ink is at least."""
_LEAST_INK, _MOST_INK = 0.002, 0.35
_STRIPS, _STRIP = 8, 0.11
"""Narrow strips down the page in which lines of writing are counted, and their width as a share of the page's."""
_LEAST_LINES, _HIGHEST_LINE = 2, 0.04
_UNEVEN = 0.3
"""How much the heights of lines may differ from strip to strip, as a share: maps and drawings exceed it."""


class Shows(Enum):
    """What a picture that fills a page shows."""

    WRITING = "writing"
    DRAWING = "drawing"
    """Ink on paper, but not in lines: a map, a chart, handwriting."""
    PHOTOGRAPH = "photograph"


def picture_share(page: pypdfium2.PdfPage) -> float:
    """Return the share of ``page`` that pictures cover, 0 to 1."""
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1e-6) / _CELLS, max(top - bottom, 1e-6) / _CELLS
    covered: set[tuple[int, int]] = set()
    for x0, y0, x1, y1 in _picture_boxes(page):
        columns = range(max(0, round((x0 - left) / width)), min(_CELLS, round((x1 - left) / width)))
        rows = range(max(0, round((y0 - bottom) / height)), min(_CELLS, round((y1 - bottom) / height)))
        covered.update((column, row) for column in columns for row in rows)
    return len(covered) / _CELLS**2


def _picture_boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    for item in page.get_objects(max_depth=1):
        pictured = item.type == pdfium_raw.FPDF_PAGEOBJ_IMAGE or (
            item.type == pdfium_raw.FPDF_PAGEOBJ_FORM
            and any(True for _ in page.get_objects([pdfium_raw.FPDF_PAGEOBJ_IMAGE], 4, form=item, level=1))
        )
        if pictured:
            yield item.get_bounds()


def typed_on(page: pypdfium2.PdfPage) -> bool:
    """Return whether the text of ``page`` is printed on or beside its pictures: neither invisible nor behind one.

    The text that a scanner's program recognised is one of the two.
    """
    boxes = [item.get_bounds() for item in page.get_objects([pdfium_raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    seen, printed, behind = 0, 0, 0
    for item in page.get_objects(max_depth=3):
        if item.type == pdfium_raw.FPDF_PAGEOBJ_IMAGE:
            seen += 1
        elif item.type == pdfium_raw.FPDF_PAGEOBJ_TEXT:
            left, bottom, right, top = item.get_bounds()
            x, y = (left + right) / 2, (bottom + top) / 2
            covered = any(box[0] < x < box[2] and box[1] < y < box[3] for box in boxes[seen:])
            unseen = pdfium_raw.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE
            printed, behind = (printed, behind + 1) if unseen or covered else (printed + 1, behind)
    return printed > behind


def without_text(page: pypdfium2.PdfPage) -> None:
    """Take the text off ``page``, in memory, so that its picture alone is rendered."""
    for item in list(page.get_objects([pdfium_raw.FPDF_PAGEOBJ_TEXT], max_depth=1)):
        page.remove_obj(item)


def what_it_shows(page: pypdfium2.PdfPage) -> Shows:
    """Return what ``page`` looks like: paper has one bare shade and some ink, writing has lines of one height."""
    import numpy as np  # few pages are looked at

    scale = _WIDTH / max(min(page.get_size()), 1.0)
    if max(page.get_size()) * scale > 4 * _WIDTH:
        return Shows.DRAWING
    grey = np.asarray(page.render(scale=scale, grayscale=True).to_pil().convert("L"))
    counts = np.bincount(grey.ravel(), minlength=256)
    paper = int(np.argmax(np.convolve(counts, np.ones(13), "same")))
    bare = counts[max(0, paper - _SAME_SHADE) : paper + _SAME_SHADE + 1].sum() / grey.size
    dark = grey < paper - _INK
    if paper < _LIGHTEST or bare < _LEAST_PAPER or not _LEAST_INK <= dark.mean() <= _MOST_INK:
        return Shows.PHOTOGRAPH
    return Shows.WRITING if _has_lines(dark) or _has_lines(dark.T) else Shows.DRAWING


def _has_lines(dark: npt.NDArray[np.bool_]) -> bool:
    """Return whether the dark pixels of a page form lines of much the same height all over it."""
    import numpy as np

    rows, columns = dark.shape
    heights = []
    for number in range(_STRIPS):
        left = columns * (0.06 + number * _STRIP)
        inked = dark[:, int(left) : int(left + columns * _STRIP)].sum(axis=1) >= 3
        edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(np.int8)))
        lines = edges[1::2] - edges[::2]
        if len(lines) >= _LEAST_LINES:
            heights.append(float(lines.mean()) / rows)
    if len(heights) < _LEAST_LINES or max(heights) > _HIGHEST_LINE:
        return False
    return float(np.std(heights)) <= _UNEVEN * float(np.mean(heights))
