"""Where what is drawn inside a form of a PDF page lies on the page."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium_raw

from ingest.pdf.upright import Rect

Matrix = tuple[float, ...]
"""a, b, c, d, e, f of PDF 32000-1, 8.3.4: x' = a x + c y + e, y' = b x + d y + f."""


def box_on_page(rect: Rect, matrix: Matrix | None) -> Rect:
    """Return the box around a rectangle that a matrix leads to the page; None leads nowhere else."""
    if matrix is None:
        return rect
    left, bottom, right, top = rect
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def form_matrix(form: Any, outer: Matrix | None) -> Matrix:
    """Return what leads from a form, a handle of pdfium's inside a form with the matrix ``outer``, to the page."""
    own = pdfium_raw.FS_MATRIX()
    pdfium_raw.FPDFPageObj_GetMatrix(form, own)
    inner = (own.a, own.b, own.c, own.d, own.e, own.f)
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )
