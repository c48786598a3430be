"""The text of the original files, read without the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ingest.formats.decoding import decode


@cache
def original_text(path: Path, page: int | None) -> str:
    """Return what pdfium reads from a PDF's page (1-based), or a text file's whole text."""
    if path.suffix.lower() != ".pdf" or page is None:
        return decode(path)
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return str(document[page - 1].get_textpage().get_text_range())
