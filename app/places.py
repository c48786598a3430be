"""Where a quote is, in words: by the page of a PDF, the slide, the sheet and row, the chapter."""

from __future__ import annotations

from app.messages import Message, message
from ingest.documents import PageUnit


def places(unit: PageUnit, page: int, label: str, paragraph: str) -> tuple[Message, ...]:
    """Return page and paragraph as readers of the paper and of the file find them.

    Args:
        unit: What the document is divided into; nothing is said of the page where that is nothing.
        page: The number of the page, from 1.
        label: What is printed on the page, or names it.
        paragraph: The number of the paragraph; empty where there is none.
    """
    numbered = [_paragraph(unit, paragraph)] if paragraph else []
    match unit:
        case PageUnit.SLIDE:
            where = message("slide {page}", page=str(page))
        case PageUnit.SHEET:
            where = message("sheet “{label}”", label=label or str(page))
        case PageUnit.CHAPTER if label:
            where = message("chapter {page} “{label}”", page=str(page), label=label)
        case PageUnit.CHAPTER:
            where = message("chapter {page}", page=str(page))
        case PageUnit.PART if label:
            where = message("{label}", label=label)
        case PageUnit.PART:
            where = message("part {page}", page=str(page))
        case PageUnit.NONE:
            return tuple(numbered)
        case PageUnit.PAGE if label in ("", str(page)):
            where = message("p. {page}", page=str(page))
        case _:
            where = message("p. {label} (PDF {page})", label=label, page=str(page))
    return (where, *numbered)


def _paragraph(unit: PageUnit, paragraph: str) -> Message:
    if unit is PageUnit.SHEET:
        return message("row {row}", row=paragraph)
    return message("para. {paragraph}", paragraph=paragraph)
