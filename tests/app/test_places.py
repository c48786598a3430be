"""A citation names the place as the readers of that kind of file know it."""

from __future__ import annotations

import pytest

from app.answers import Citation
from ingest.documents import PageUnit


@pytest.mark.parametrize(
    ("unit", "page", "label", "paragraph", "place"),
    [
        (PageUnit.PAGE, 12, "12", "", "p. 12"),
        (PageUnit.PAGE, 20, "12", "45", "p. 12 (PDF 20), para. 45"),
        (PageUnit.SLIDE, 4, "", "", "slide 4"),
        (PageUnit.SHEET, 2, "2019", "12", "sheet “2019”, row 12"),
        (PageUnit.CHAPTER, 3, "The trial", "", "chapter 3 “The trial”"),
        (PageUnit.CHAPTER, 3, "", "", "chapter 3"),
        (PageUnit.PART, 2, "testimony.pdf, p. 1", "", "testimony.pdf, p. 1"),
        (PageUnit.PART, 2, "", "", "part 2"),
        (PageUnit.NONE, 1, "", "7", "para. 7"),
        (PageUnit.NONE, 1, "", "", ""),
    ],
)
def test_place(unit: PageUnit, page: int, label: str, paragraph: str, place: str) -> None:
    citation = Citation(1, "0" * 64, "a.pdf", "A", "", "", page, label, paragraph, 0, 4, "text", unit)
    assert citation.place == place
    assert citation.source == (f"A, {place}" if place else "A")
