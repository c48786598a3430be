"""Annotations of a PDF page that may hide its text: people black out names with a rectangle of their viewer."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.upright import Rect

_COVERS = frozenset(
    (
        pdfium_raw.FPDF_ANNOT_SQUARE,
        pdfium_raw.FPDF_ANNOT_CIRCLE,
        pdfium_raw.FPDF_ANNOT_POLYGON,
        pdfium_raw.FPDF_ANNOT_POLYLINE,
        pdfium_raw.FPDF_ANNOT_LINE,
        pdfium_raw.FPDF_ANNOT_INK,
        pdfium_raw.FPDF_ANNOT_STAMP,
        pdfium_raw.FPDF_ANNOT_HIGHLIGHT,
        pdfium_raw.FPDF_ANNOT_FREETEXT,
        pdfium_raw.FPDF_ANNOT_STRIKEOUT,
    )
)


def covering_annotations(page: pypdfium2.PdfPage) -> tuple[list[Rect], list[Rect]]:
    """Return the places of annotations that may lie over text, and those marked for redaction, whose text is there."""
    rects: list[Rect] = []
    redactions: list[Rect] = []
    box = pdfium_raw.FS_RECTF()
    for index in range(pdfium_raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium_raw.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium_raw.FPDFAnnot_GetSubtype(annotation)
        if (kind in _COVERS or kind == pdfium_raw.FPDF_ANNOT_REDACT) and pdfium_raw.FPDFAnnot_GetRect(annotation, box):
            rect = (box.left, box.bottom, box.right, box.top)
            if kind != pdfium_raw.FPDF_ANNOT_REDACT:
                rects.append(rect)
            else:
                redactions += _quads(annotation) or [rect]
        pdfium_raw.FPDFPage_CloseAnnot(annotation)
    return rects, redactions


def _quads(annotation: Any) -> list[Rect]:
    """Return the places, often one a line, that an annotation names; it may name none."""
    quad = pdfium_raw.FS_QUADPOINTSF()
    rects: list[Rect] = []
    for index in range(pdfium_raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium_raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            rects.append((min(xs), min(ys), max(xs), max(ys)))
    return rects
