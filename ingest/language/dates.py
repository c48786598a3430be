"""Dates of a text in whatever order of writing: "12 March 2020", "2020-03-12", "March 12", "2020 मार्च 12"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from ingest.language.words import fold

_ISO = regex.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DOTTED = regex.compile(r"(?<![\d./])(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_MONTH_YEAR = regex.compile(r"(?<![\d./])(\d{1,2})/(\d{4})(?!\d)")
_YEARS = range(1000, 2200)
_CONTEXTS = ("format", "stand-alone")
"""CLDR's: a month within a date and one by itself ("мая", "май")."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date, as far as it is given: 0 stands for what is not."""

    day: int
    month: int
    year: int
    start: int
    end: int
    shown: str

    def agrees(self, other: Date) -> bool:
        """Return whether ``other`` says all of this date and nothing else."""
        pairs = ((self.day, other.day), (self.month, other.month), (self.year, other.year))
        return all(mine in (0, theirs) for mine, theirs in pairs)


@cache
def month_names(language: str) -> dict[str, int]:
    """Return the folded names and abbreviations of the months in a language (ISO 639-1) with their numbers (CLDR)."""
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in _names(language, "months", width):
            if len(name) >= 3:
                names.setdefault(name, number)
    return names


@cache
def weekday_names(language: str) -> frozenset[str]:
    """Return the folded full names of the days of the week in a language (ISO 639-1; CLDR)."""
    return frozenset(name for _, name in _names(language, "days", "wide"))


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Return the folded names of months and weekdays in a language (ISO 639-1), and the months' abbreviations."""
    return frozenset(month_names(language)) | weekday_names(language)


def _names(language: str, what: str, width: str) -> list[tuple[int, str]]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return []
    named = [(number, name) for context in _CONTEXTS for number, name in getattr(locale, what)[context][width].items()]
    bare = ((int(number), fold(name).rstrip(".")) for number, name in named)
    return [(number, name) for number, name in bare if not name.isdecimal()]


@cache
def _months(language: str) -> tuple[regex.Pattern[str], dict[str, int]]:
    """Return a pattern of the months' names in a language and in English, and their numbers."""
    names = month_names(language) | month_names("en")
    ordered = "|".join(sorted(map(regex.escape, names), key=len, reverse=True))
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}])({ordered})(?![\p{{L}}])\.?", regex.IGNORECASE), names


_DAY_BEFORE = regex.compile(
    r"(?<![\d.,/])(?:(\d{1,2})(?:st|nd|rd|th|er|º|-го)?\s*(?:[–—-]|to|and|и|et|y|al|au)\s*)?(\d{1,2})(?:st|nd|rd|th|er|º|-го)?\.?\s*(?:of\s+|de\s+|d[’'])?$"
)
_DAY_AFTER = regex.compile(r"\s*(\d{1,2})(?:st|nd|rd|th)?(?:\s*[–—-]\s*(\d{1,2}))?(?!\d|[,.]\d{3}|\s*%)")
_YEAR_AFTER = regex.compile(r"(?:\s*,)?\s*(?:de(?:l)?\s+|of\s+)?(\d{4})(?!\d)")
_YEAR_BEFORE = regex.compile(r"(?<!\d)(\d{4})\s*(?:मा|को|,|г\.)?\s*$")


def find_dates(text: str, plain: str, language: str) -> list[Date]:
    """Return the dates of ``text``; ``plain`` has its digits in one script. Months are known in all of CLDR."""
    found = [_date(text, match.span(), *match.group(3, 2, 1)) for match in _ISO.finditer(plain)]
    for match in _DOTTED.finditer(plain):
        day, month, year = match.groups()
        if int(month) > 12:
            day, month = month, day
        found.append(_date(text, match.span(), day, month, year))
    months = [match for match in _MONTH_YEAR.finditer(plain) if 1 <= int(match.group(1)) <= 12]
    found += [_date(text, match.span(), "", *match.groups()) for match in months]
    pattern, names = _months(language)
    for match in pattern.finditer(plain):
        if match.group(1) in ("may", "mar", "march", "mars") and text[match.start()].islower() and language == "en":
            continue
        found += _written(text, plain, match, names[fold(match.group(1))])
    return found


def _written(text: str, plain: str, match: regex.Match[str], month: int) -> list[Date]:
    start, end = match.span()
    days: list[str] = []
    before = _DAY_BEFORE.search(plain[:start])
    if before:
        days = [day for day in before.groups() if day]
        start = before.start()
    else:
        after = _DAY_AFTER.match(plain, end)
        if after and not (len(after.group(1)) <= 2 and _YEAR_AFTER.match(plain, end)):
            days = [day for day in after.groups() if day]
            end = after.end()
    year = _YEAR_AFTER.match(plain, end)
    number = ""
    if year and int(year.group(1)) in _YEARS:
        number, end = year.group(1), year.end()
    elif not days:
        earlier = _YEAR_BEFORE.search(plain[:start])
        if earlier and int(earlier.group(1)) in _YEARS:
            number, start = earlier.group(1), earlier.start()
    return [_date(text, (start, end), day, str(month), number) for day in days or [""]]


def _date(text: str, span: tuple[int, int], day: str, month: str, year: str) -> Date:
    shown = " ".join(text[span[0] : span[1]].split())
    return Date(int(day or 0), int(month or 0), int(year or 0), *span, shown)
