"""What a PDF says of itself: title, author, year, and the labels that it gives its pages."""

from __future__ import annotations

import re

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.documents import Metadata, PageUnit
from ingest.pdf.wide_strings import wide_string


def read_metadata(pdf: pypdfium2.PdfDocument) -> Metadata:
    """Return title, author and year as the file's own metadata give them."""
    year = re.search(r"(19|20)\d\d", _entry(pdf, b"CreationDate"))
    title = re.sub(r"^Microsoft \w+ - |\.(docx?|pdf|indd|qxd)$", "", _entry(pdf, b"Title")).strip()
    if " " not in title or "_" in title or title.count("?") > 2:  # a file's name, or letters lost in an encoding
        title = ""
    return Metadata(title, _entry(pdf, b"Author").strip(), year.group() if year else "", PageUnit.PAGE)


def own_labels(pdf: pypdfium2.PdfDocument) -> list[str]:
    """Return the labels that the file gives its pages, "" where it gives none."""
    return [
        wide_string(lambda buffer, size, i=index: pdfium_raw.FPDF_GetPageLabel(pdf.raw, i, buffer, size)).strip()  # type: ignore[misc]
        for index in range(len(pdf))
    ]


def _entry(pdf: pypdfium2.PdfDocument, key: bytes) -> str:
    return wide_string(lambda buffer, size: int(pdfium_raw.FPDF_GetMetaText(pdf.raw, key, buffer, size)))
