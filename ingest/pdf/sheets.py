"""The pages of a PDF as pdfium gives them, before anything is known of the document as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from ingest.errors import too_much_text
from ingest.limits import Limits
from ingest.pdf.form_values import Added, read_added
from ingest.pdf.lines import Line
from ingest.pdf.page_lines import page_lines


@dataclass(slots=True)
class Sheet:
    """A page: its printed lines, its size when the text is upright, in points, and what was added to it."""

    lines: list[Line] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    origin: tuple[float, float] = (0.0, 0.0)
    """The lower left corner of what is shown of the page."""
    added: Added = field(default_factory=Added)
    unseen: int = 0
    """Words that nobody can see."""
    scanned: bool = False
    """Its text was read from a picture of it."""
    loads: bool = True
    drawing: bool = False
    """Whether a map, a chart or the like fills it behind its text."""


def read_sheets(pdf: pypdfium2.PdfDocument, path: Path, limits: Limits) -> list[Sheet]:
    """Return the pages of ``pdf``, which is at ``path``; one that does not load is kept as one without text.

    Raises:
        TooBig: there is more text than ``limits`` allow.
    """
    sheets, characters = list[Sheet](), 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            read = page_lines(page)
            left, bottom, right, top = page.get_bbox()
            width = right - left + top - bottom - read.height
            added = read_added(page)
            sheets.append(Sheet(read.lines, width, read.height, (left, bottom), added, read.unseen, read.scanned))
            page.close()
        except pypdfium2.PdfiumError:
            sheets.append(Sheet(loads=False))
            continue
        characters += sum(len(line.text) for line in read.lines)
        if characters > limits.characters:
            raise too_much_text(path.name, limits)
    return sheets
