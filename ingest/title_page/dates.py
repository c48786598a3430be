"""When a document was published, as its title page or its imprint says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from ingest.documents import PrintedLine
from ingest.formats.publication import stated_year
from ingest.language.dates import Date, find_dates
from ingest.language.figures import plain_digits

_TWO_NAMES = regex.compile(r"\p{Arabic}+/(?=\p{Arabic})")
"""Of a month in Arabic, that of the Levant before that of Egypt."""
_LINE = 110
"""Characters of a line that is a date and its place."""
_SHORT = 220
_LABEL = 40
_HEAD_LINES = 30
_SPLIT_YEAR = regex.compile(r"\b(1[89]|20) (\d\d)$")
"""A year that a machine read in two pieces: "25 July 19 84"."""
_BESIDE = regex.compile(
    r"(?:[\p{L}\p{M} .’'&-]{2,60}[,:•·|]\s*|Distr\.?:? \p{L}+ |(?:\p{L}+ ){1,3}|\p{L}+ \p{L}+: )?0000"
    r"(?: ?г(?:\.|ода?)?|م|, \d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\.?)?[.)]?",
    regex.I,
)
"""What may stand on the line of a date: the place before it, "года" behind it."""
_YEAR = regex.compile(r"(?<![\d/.-])(1[89]\d\d|20\d\d)(?![\d/-])")
_IMPRINT = regex.compile(
    r"(?:©|\(c\)|ⓒ|copyright|(?:first )?published(?: in)?|publicado en|publié en|издано в|опубликовано в|revised"
    r"|edition)\W",
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
    text = _TWO_NAMES.sub("", plain_digits(" ".join(text.split()).strip("() ")))
    text = _SPLIT_YEAR.sub(r"\1\2", text)
    if len(text) > _LINE:
        return ""
    found = find_dates(text, text, language)
    if len(found) != 1:  # two dates are a period
        return ""
    rest = f"{text[: found[0].start]}0000{text[found[0].end :]}"
    return iso(found[0]) if _BESIDE.fullmatch(rest) else ""


def date_within(text: str, language: str, *, alone: bool = True) -> str:
    """Return the date (ISO 8601) that is told in ``text``, if it has a day: the only one, or else the first."""
    found = find_dates(text, plain_digits(text), language)
    told = found and found[0].year and found[0].day and (len(found) == 1 or not alone)
    return iso(found[0]) if told else ""


def publication_date(
    head: Sequence[PrintedLine],
    lines: Sequence[PrintedLine],
    title: str,
    symbol: str,
    language: str,
    below: Sequence[str] = (),
) -> str:
    """Return when a document was published, ISO 8601 as far as it is known; "" where nothing says it.

    Args:
        head: The lines of the title page.
        lines: Of all pages that were looked at.
        title: Of the document.
        symbol: Of the document: United Nations bodies put the year into many.
        language: ISO 639-1.
        below: What is printed right under the title: "Adopted on 11 August 2000".
    """
    dated = [found for line in head if (found := only_date(line.text, language))]
    if dated:
        return max(dated, key=len)
    if within := date_within(title, language):
        return within
    for text in below:  # "Adopted on …, entered into force on …"
        if len(text) < _SHORT and (within := date_within(text, language, alone=False)):
            return within
    return (
        stated_year(line.text for line in lines)
        or _imprint_year(lines)
        or _first(_YEAR.findall(symbol.replace("/", " ")))
        or _first(_YEAR.findall(title))
        or _first(year for line in head[:_HEAD_LINES] for year in _labelled_years(line.text))
    )


def _labelled_years(text: str) -> list[str]:
    """Return the years of a short line that is no sentence."""
    label = len(text) < _LABEL and not text.rstrip().endswith((".", ",", ";"))
    return _YEAR.findall(plain_digits(text)) if label else []


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
