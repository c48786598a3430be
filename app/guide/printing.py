"""A guide as text for the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import babel

from app.answer_json import citation_json, sentence_json
from app.answers import numbered
from app.exports.sources import under
from app.guide.records import Guide
from app.naming import published_by, shown_date
from vectorstore.records import DocumentRecord


def guide_text(document: DocumentRecord, countries: Sequence[str], guide: Guide) -> str:
    """Return a guide in English for the terminal: what the catalogue knows, then its parts, then their places.

    Args:
        document: The report.
        countries: English names of those that it has sections on.
        guide: Its guide.
    """
    length = f"{document.pages} pages" if document.paged else ""
    language = babel.Locale("en").languages.get(document.language, document.language)
    head = (
        published_by(document.author, document.publisher),
        document.symbol,
        shown_date(document.date, document.year),
        length,
        language,
    )
    lines = [document.title or document.name, ", ".join(filter(None, head))]
    lines += [f"Countries: {', '.join(countries)}"] if countries else []
    lines += _section("What it is about", map(numbered, guide.about))
    lines += _section("Key figures", map(numbered, guide.figures))
    lines += _section("Dates", (f"{event.date}  {numbered(event.sentence)}" for event in guide.events))
    lines += _section("Named most", (f"{one.name}: {one.mentions} times [{one.citation}]" for one in guide.names))
    lines += _section("Questions that it answers", guide.questions or ())
    places = [f"[{c.number}] {c.place or c.document}{under(c)}" for c in guide.citations]
    return "\n".join([*lines, "", *places])


def guide_json(document: DocumentRecord, countries: Sequence[str], guide: Guide) -> dict[str, Any]:
    """Return a guide as JSON; sentences and citations are as in an answer."""
    return {
        "document": document.name,
        "id": document.id,
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "symbol": document.symbol,
        "date": document.date or document.year,
        "language": document.language,
        "pages": document.pages,
        "countries": list(countries),
        "about": [sentence_json(sentence) for sentence in guide.about],
        "figures": [sentence_json(sentence) for sentence in guide.figures],
        "dates": [{"date": event.date, **sentence_json(event.sentence)} for event in guide.events],
        "names": [{"name": n.name, "mentions": n.mentions, "citations": [n.citation]} for n in guide.names],
        "questions": list(guide.questions or ()),
        "citations": [citation_json(citation) for citation in guide.citations],
    }


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """Return a part with its title; nothing where it has no lines."""
    shown = [f"  {line}" for line in lines]
    return ["", title, *shown] if shown else []
