"""Pictures on a page: whether one fills it, and whether it shows paper with writing on it."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium_raw

_CELLS = 24
"""Of the grid on which it is counted how much of a page its pictures cover, each way."""
_PIXELS = 160_000
"""Of the small picture of a page that is looked at."""
_SAME_SHADE = 28
"""Of 256: within which the paper of a scan varies."""
_LEAST_PAPER, _LIGHTEST = 0.55, 120
"""Share of a scan that is bare paper, and how dark that may be; photographs have no shade so common."""
_INK = 50
"""How much darker than paper ink is at least, in a picture so small that letters are grey."""
_LEAST_INK, _MOST_INK = 0.004, 0.35


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


def shows_paper(page: pypdfium2.PdfPage) -> bool:
    """Return whether ``page`` looks like a sheet of paper with writing on it: one bare shade, and some ink."""
    width, height = page.get_size()
    scale = min(1.0, (_PIXELS / max(width * height, 1.0)) ** 0.5)
    counts = page.render(scale=scale, grayscale=True).to_pil().convert("L").histogram()
    total = sum(counts)
    paper = max(range(256), key=lambda shade: sum(counts[max(0, shade - 6) : shade + 7]))
    bare = sum(counts[max(0, paper - _SAME_SHADE) : paper + _SAME_SHADE + 1])
    ink = sum(counts[: max(0, paper - _INK)])
    return paper >= _LIGHTEST and bare >= _LEAST_PAPER * total and _LEAST_INK * total <= ink <= _MOST_INK * total
