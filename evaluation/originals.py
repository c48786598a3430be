"""The text of the original files, read without the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ingest.formats.decoding import decode

_SMALL = 0.8


@cache
def original_text(path: Path, page: int | None) -> str:
    """Return what pdfium reads from a PDF's page (1-based), or a text file's whole text."""
    if path.suffix.lower() != ".pdf" or page is None:
        return decode(path)
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return str(document[page - 1].get_textpage().get_text_range())


@cache
def text_without_marks(path: Path, page: int | None) -> str:
    """Return ``original_text`` without small figures: marks of notes, which its text joins to words and numbers.

    Small is what has four fifths of the height of the last letter or figure before it, or less.
    """
    if path.suffix.lower() != ".pdf" or page is None:
        return original_text(path, page)
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        text_page = document[page - 1].get_textpage()
        text, kept, size = str(text_page.get_text_range()), list[str](), 0.0
        if len(text) != text_page.count_chars():  # a character of the one is none of the other
            return text
        for index, char in enumerate(text):
            _, bottom, _, top = text_page.get_charbox(index, loose=True)
            own = top - bottom
            if char.isdigit() and own <= _SMALL * size:
                continue
            kept.append(char)
            size = own if char.isalnum() else size
        return "".join(kept)
