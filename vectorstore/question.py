"""What a question says of itself: its language, its words as documents write them, what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import regex

from ingest.language.countries import country_name, find_countries
from ingest.language.detection import language_of_question

_WORD = regex.compile(r"\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}\p{M}]+")
"""A number keeps its points and commas: full text looks for it as a phrase."""
_SYMBOL = re.compile(r"\b[A-Z]+(?:/[A-Z0-9.]+)+\b")
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_FISCAL_YEAR = re.compile(r"\bFY\s?[’']?(\d{4}|\d{2})", re.IGNORECASE)
_QUARTER = re.compile(r"(?<![A-Za-z])(?:Q([1-4])|([1-4])Q)[’']?\s?(\d{4})?(?!\d)", re.IGNORECASE)
_FORM = re.compile(r"\b(10|8|20|6)-?([KQF])\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:(?:in|of|for|as of|between|from|and|to)\s+)?(?:FY\s?[’']?\d{2,4}\s?)?(?:Q[1-4][’']?(?:\s?of)?\s?)?"
    r"(?:FY\s?[’']?\d{2,4}|Q[1-4][’']?\s?\d{4})(?:\s?Q[1-4])?\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\b(?:how (?:many|much|often|large|high)|what (?:share|percentage|proportion|number|amount|rate)|number of"
    r"|per ?cent|percentage|ratio|margins?|revenues?|sales|growth|gr[eo]w|increased?|decreased?|declin\w+|improv\w+"
    r"|drop(?:ped)?|changed?|highest|lowest|most|least|best|worst|total|average)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """A question and what can be told from its words alone."""

    text: str

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code."""
        return language_of_question(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Its different words in lower case, periods spelled out ("FY2022": fiscal, year, 2022).

        Of a question that is not in English also the English names of the countries that it names.
        """
        names = "" if self.language == "en" else " ".join(sorted(map(country_name, self.countries)))
        return words_of(f"{self.text} {names}")

    @cached_property
    def countries(self) -> frozenset[str]:
        """ISO 3166 alpha-2 codes of the countries that it names."""
        return frozenset(find_countries(self.text, self.language))

    @cached_property
    def symbols(self) -> list[str]:
        """Document symbols that it names: "S/2025/211"."""
        return _SYMBOL.findall(self.text)

    @cached_property
    def asks_for_figure(self) -> bool:
        """Whether, in English, it asks for a number or how numbers compare: tables may hold it."""
        return bool(_FIGURE.search(self.text))

    def about(self, names: frozenset[str]) -> str:
        """Return the question without ``names``, which say in what document to look, and without fiscal periods.

        What is left says what to look for there.
        """
        text = _PERIOD.sub(" ", self.text)
        for name in sorted(names, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(name)}(?:[’']s)?\b", " ", text, flags=re.IGNORECASE)
        return " ".join(text.split())


def words_of(text: str) -> list[str]:
    """Return the different words of ``text`` in lower case, in order; see ``spell_out``."""
    return list(dict.fromkeys(_WORD.findall(spell_out(text).lower())))


def spell_out(text: str) -> str:
    """Return ``text`` with periods and forms as documents print them.

    "FY22": fiscal year 2022; "Q2 2023": second quarter q2 2023; "10-K": 10 k.
    """
    text = _FISCAL_YEAR.sub(lambda m: f" fiscal year {m[1] if len(m[1]) == 4 else '20' + m[1]} ", text)
    text = _QUARTER.sub(lambda m: f" {_ORDINALS[m[1] or m[2]]} quarter q{m[1] or m[2]} {m[3] or ''} ", text)
    return _FORM.sub(r"\1 \2", text)
