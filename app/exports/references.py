"""The list of cited documents at the end of a brief, one line each."""

from __future__ import annotations

from app.exports.bibliography import Entry, entries
from app.exports.manuscript import Kind, Manuscript

HEADING = "Bibliography"


def references(manuscript: Manuscript) -> tuple[str, ...]:
    """Return a line for each cited document, in the order of the alphabet; none where the text is no brief.

    Answers and cases are read beside their reports, and their footnotes are enough. A brief becomes part of a text.
    """
    if manuscript.kind is not Kind.BRIEF:
        return ()
    return tuple(sorted({_line(entry) for entry in entries(manuscript.citations)}, key=str.casefold))


def _line(entry: Entry) -> str:
    symbol = "" if entry.symbol in entry.title else entry.symbol
    parts = ("; ".join(entry.authors) or entry.publisher, entry.title, symbol, entry.date or entry.year, entry.version)
    return ", ".join(part for part in parts if part)
