"""When a document was published, as its title page or its imprint says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from ingest.documents import PrintedLine
from ingest.formats.publication import stated_year
from ingest.language.dates import Date, find_dates
from ingest.language.folding import plain

_SPLIT_YEAR = regex.compile(r"\b(1[89]|20) (\d\d)$")
"""A year that a machine read in two pieces: "25 July 19 84"."""
_BESIDE = regex.compile(
    r"(?:[\p{L}\p{M} .’'&-]{2,60}[,:•·|–—-]\s*|Distr\.?:? \p{L}+ |\p{L}+ \p{L}+: )?(?P<date>.{4,40}?)(?: ?г(?:\.|ода?)?|م)?[.)]?",
    regex.I,
)
"""What may stand on the line of a date: the place before it, "года" behind it."""
_YEAR = regex.compile(r"(?<![\d/.-])(1[89]\d\d|20\d\d)(?![\d/-])")
_IMPRINT = regex.compile(
    r"(?:©|\(c\)|ⓒ|copyright|published(?: in)?|publicado en|publié en|издано в|опубликовано в|first published|revised|edition|imprint)\W",
    regex.I,
)
_PLACE_YEAR = regex.compile(r"[^\d.;()]{3,60},\s*(1[89]\d\d|20\d\d)\.?")
"""An imprint: "New York and Geneva, 2014"."""


def iso(date: Date) -> str:
    """Return a date as far as it is known: "2019", "2019-07", "2019-07-26"; "" without a year."""
    if not date.year:
        return ""
    parts = [f"{date.year:04}"]
    if date.month:
        parts.append(f"{date.month:02}")
        if date.day:
            parts.append(f"{date.day:02}")
    return "-".join(parts)


def only_date(text: str, language: str) -> str:
    """Return the date (ISO 8601) that a line is, with at most a place beside it; "" of any other line."""
    text = _SPLIT_YEAR.sub(r"\1\2", " ".join(text.split()).strip("() "))
    if len(text) > 110:
        return ""
    flat = plain(text)
    found = [date for date in find_dates(text, flat, language) if date.year]
    if len(found) != 1 or len(flat) != len(text):
        return ""
    rest = f"{text[: found[0].start]}0000{text[found[0].end :]}"
    return iso(found[0]) if _BESIDE.fullmatch(rest) and "0000" in rest else ""


def date_within(text: str, language: str) -> str:
    """Return the one date (ISO 8601) with a day that is told in ``text``; "" where there are several or none."""
    found = {iso(date) for date in find_dates(text, plain(text), language) if date.year and date.day}
    return found.pop() if len(found) == 1 else ""


def publication_date(
    head: Sequence[PrintedLine], lines: Sequence[PrintedLine], title: str, symbol: str, language: str
) -> str:
    """Return when a document was published, ISO 8601 as far as it is known; "" where nothing says it.

    Args:
        head: The lines of the title page.
        lines: Of all pages that were looked at.
        title: Of the document.
        symbol: Of the document: United Nations bodies put the year into many.
        language: ISO 639-1.
    """
    dated = [found for line in head if (found := only_date(line.text, language))]
    if dated:
        return max(dated, key=len)
    if within := date_within(title, language):
        return within
    return (
        stated_year(line.text for line in lines)
        or _imprint_year(lines)
        or _first(_YEAR.findall(symbol.replace("/", " ")))
        or _first(_YEAR.findall(title))
        or _first(year for line in head if len(line.text) < 40 for year in _YEAR.findall(plain(line.text)))
    )


def _imprint_year(lines: Sequence[PrintedLine]) -> str:
    for line in lines:
        if len(line.text) <= 120 and (match := _IMPRINT.search(line.text)):
            years = _YEAR.findall(line.text, match.start())
            if years:
                return str(max(years))
    places = (match for line in lines if (match := _PLACE_YEAR.fullmatch(line.text.strip())))
    return next((str(match[1]) for match in places), "")


def _first(found: Iterable[str]) -> str:
    return next(iter(found), "")
