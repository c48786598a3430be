"""Where a quote comes from, in words."""

from __future__ import annotations

from dataclasses import replace

from app.answers import Citation
from app.chat.shared import shared


def source_line(citation: Citation) -> str:
    """Return author, title, year and place, as plain text; a related passage gets them from the catalogue."""
    if not citation.title:
        document = shared().library.catalogue.document(citation.document_id)
        if document is not None:
            citation = replace(citation, title=document.title, author=document.author, year=document.year)
    return citation.source
