"""Which lines give a figure that somebody would quote: how many, how much, what share."""

from __future__ import annotations

from functools import cache

import regex

from ingest.language.figures import Figure, find_figures
from ingest.language.function_words import function_words
from ingest.language.words import fold

_COUNTS_ALWAYS = frozenset(("percent", "money"))
_LAST_WORD = regex.compile(r"([\p{L}\p{M}]+)[\s(]*$")
_NEXT_WORD = regex.compile(r"[\s)]*([\p{L}\p{M}]+)")
_UNITS_OF_TIME = ("minute", "hour", "day", "week", "month", "year")
_OF_EACH_PLURAL = (1, 2, 3, 5, 11, 100)
"""Numbers that between them have all plurals of the languages that we know."""


def gives_figure(text: str, language: str) -> bool:
    """Return whether ``text`` says how many or how much, in ``language`` (ISO 639-1).

    Years, dates, legal provisions and symbols are no figures (``find_figures``). Nor are numbers in words, which are
    small, and lengths of time, which are mostly terms that a law sets. A number counts what the word behind it names.
    """
    if not any(char.isdecimal() for char in text):
        return False
    found = find_figures(text, language)
    return any(_counts(text, number, language, bool(found.articles)) for number in found.numbers)


def _counts(text: str, number: Figure, language: str, of_law: bool) -> bool:
    """Return whether a number says how many or how much; ``of_law`` is whether the text names legal provisions."""
    if number.kind in _COUNTS_ALWAYS:
        return True
    if number.kind != "count" or number.value < 2 or not any(char.isdecimal() for char in number.shown):
        return False
    after = _NEXT_WORD.match(text, number.end)
    if after is None or after.group(1)[:1].isupper() or fold(after.group(1)) in _time_words(language):
        return False
    if after.group(1).casefold() not in function_words(language):
        return True
    # "In 45 of the cases" counts; "paragraph 12 of", "rule 31 (2) and" and "No. 42 on" do not.
    before = _LAST_WORD.search(text[: number.start])
    return not of_law and before is not None and before.group(1).casefold() in function_words(language)


@cache
def _time_words(language: str) -> frozenset[str]:
    """Return the folded words for units of time in a language (CLDR), in every form that follows a number."""
    from babel import UnknownLocaleError
    from babel.units import format_unit

    try:
        shown = [
            format_unit(number, f"duration-{unit}", length, locale=language)
            for unit in _UNITS_OF_TIME
            for length in ("long", "short")
            for number in _OF_EACH_PLURAL
        ]
    except (ValueError, UnknownLocaleError):
        return frozenset()
    return frozenset(fold(word) for form in shown for word in regex.findall(r"[\p{L}\p{M}]+", form))
