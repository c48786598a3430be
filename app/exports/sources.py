"""A citation in words: in full where a document is cited first, shorter after that."""

from __future__ import annotations

from app.answers import Citation
from app.exports.manuscript import Manuscript
from app.naming import published_by
from app.plain import one_line, shorten

_SHORT_TITLE = 60
"""Characters of a title in a short reference."""
_LEAD = 160
"""Characters of the line that opens a list."""


def full_source(citation: Citation) -> str:
    """Return author or publisher, title, symbol, date and place, and the line that opens the quoted list."""
    return one_line(citation.source) + under(citation)


def short_source(citation: Citation) -> str:
    """Return the symbol, or first author and title's beginning, and the place: enough where it was cited before."""
    if citation.symbol:
        named = (citation.short_name, citation.version, citation.place)
        return ", ".join(part for part in named if part) + under(citation)
    author = one_line(published_by(citation.author, citation.publisher)).split(";")[0].strip()
    title = one_line(citation.title or citation.document).split(": ")[0]
    parts = (author, shorten(title, _SHORT_TITLE), citation.version, citation.place)
    return ", ".join(part for part in parts if part) + under(citation)


def under(citation: Citation) -> str:
    """Return what an item of a list or a table's row is under, to be set behind its place; nothing for other quotes."""
    return f", under “{shorten(citation.lead, _LEAD)}”" if citation.lead else ""


def quoted(manuscript: Manuscript, citation: Citation) -> str:
    """Return the quote on one line in quotation marks; where words are masked, it says that it is not verbatim."""
    text = f"“{one_line(citation.quote)}”"
    return f"{text} (masked: not verbatim)" if manuscript.is_masked(citation.quote) else text
