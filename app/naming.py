"""What a report is called: by whom it is, when it came out, and its short name beside a quote."""

from __future__ import annotations

from app.plain import one_line, shorten
from ingest.title_page.publishers import issuer_of
from ingest.title_page.words import opening_phrase
from vectorstore.records import DocumentRecord

SHORT_NAME = 40
"""Characters of a short name, at most."""
_PUBLISHER = 20
"""Characters of a publisher's name that leave room for a title."""
_MONTHS = "January February March April May June July August September October November December".split()
_KNOWN_AS = {
    "United States Department of State": "US State Department",
    "U.S. Department of State": "US State Department",
    "Human Rights Watch": "HRW",
    "Amnesty International": "Amnesty",
    "Inter-American Court of Human Rights": "IACtHR",
    "European Court of Human Rights": "ECtHR",
}


def published_by(author: str, publisher: str) -> str:
    """Return who a report is by: its authors, or in their place the body that issued it."""
    return author or publisher


def shown_date(date: str, year: str) -> str:
    """Return a date (ISO 8601, as far as it is known) in English words: "7 April 2025", "April 2025"; else the year."""
    parts = date.split("-")
    if not date.startswith(year) or len(parts) < 2 or not all(part.isdigit() for part in parts):
        return year
    number, month, *day = map(int, parts)
    if not 1 <= month <= len(_MONTHS):
        return year
    return " ".join(map(str, [*day[:1], _MONTHS[month - 1], number]))


def short_name(title: str, publisher: str = "", symbol: str = "", case: str = "", year: str = "") -> str:
    """Return what to call a report beside a quote, in at most ``SHORT_NAME`` characters.

    Its symbol ("UN S/2025/211"), the case of a court ("Matter of A.J. et al., 2009"), or the first words of its title,
    behind the publisher where that is short ("US State Department, Nepal 2023 …").
    """
    if symbol:
        united_nations = opening_phrase("united_nations", publisher) or issuer_of(symbol)
        return shorten(f"UN {symbol}" if united_nations else symbol, SHORT_NAME)
    if case:
        return _with_year(one_line(case), year)
    head = one_line(title).split(": ")[0].split(" – ")[0]
    body = publisher.split(", ", maxsplit=1)[0]
    body = _KNOWN_AS.get(body, body)
    if body and len(body) <= _PUBLISHER and body.casefold() not in head.casefold():
        head = f"{body}, {head}"
    return _with_year(head, year)


def report_name(document: DocumentRecord) -> str:
    """Return the short name of a document of the library, as ``Citation.short_name`` has it."""
    title = document.title or document.name
    return short_name(title, document.publisher, document.symbol, document.case, document.year)


def _with_year(name: str, year: str) -> str:
    if year and year not in name and len(name) + len(year) + 2 <= SHORT_NAME:
        return f"{name}, {year}"
    return name if len(name) <= SHORT_NAME else shorten(name, SHORT_NAME - 2)
