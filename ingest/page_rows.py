"""Pages as the reading process sends them to its parent: JSON, and back."""

from __future__ import annotations

from typing import Any

from ingest.documents import Block, BlockKind, CharRun, Page, PageState, WordBox


def page_rows(page: Page) -> dict[str, Any]:
    """Return ``page`` as JSON takes it; what a page holds by the thousand is written as rows, without names."""
    return {
        "number": page.number,
        "text": page.text,
        "label": page.label,
        "state": page.state,
        "blocks": [(b.kind, b.start, b.end, b.level, b.header, b.number) for b in page.blocks],
        "runs": [(run.start, run.source, run.length) for run in page.runs],
        "words": [(w.start, w.end, w.left, w.bottom, w.right, w.top) for w in page.words],
        "notes": page.notes,
    }


def read_page_rows(rows: dict[str, Any]) -> Page:
    """Return the page of its rows.

    Raises:
        KeyError, TypeError, ValueError, OverflowError: these are not the rows of a page.
    """
    return Page(
        int(rows["number"]),
        str(rows["text"]),
        tuple(
            Block(BlockKind(kind), int(start), int(end), int(level), str(header), str(number))
            for kind, start, end, level, header, number in rows["blocks"]
        ),
        str(rows["label"]),
        PageState(rows["state"]),
        tuple(CharRun(int(start), int(source), int(length)) for start, source, length in rows["runs"]),
        tuple(WordBox(int(start), int(end), *map(float, box)) for start, end, *box in rows["words"]),
        tuple((int(start), int(end)) for start, end in rows["notes"]),
    )
