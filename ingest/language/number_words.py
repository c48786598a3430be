"""How a language writes numbers in words, from ``lists/CODE.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.language.words import fold, items, stemmer, word_lists

_ARTICLES = {"article": "a", "art": "a", "section": "s", "§": "s"}
"""Words before the number of a legal provision in any language, and its kind."""


@dataclass(frozen=True)
class NumberWords:
    """How a language writes numbers in words; nothing in any field for a language without a list."""

    language: str
    units: Mapping[str, int]
    scales: Mapping[str, int]
    """"Thousand", "lakh": what the number before them is multiplied with."""
    fractions: Mapping[str, Decimal]
    loose: frozenset[str]
    """Number words that are more often no count ("one", "second")."""
    percent: tuple[tuple[str, ...], ...]
    """Phrases behind a number that make it a percentage, as stems."""
    articles: Mapping[str, str]
    """Words before the number of a legal provision, and its kind."""

    def __contains__(self, word: str) -> bool:
        """Whether a folded word is a number or part of one: "three", "thousand", "half"."""
        return word in self.units or word in self.scales or word in self.fractions


@cache
def number_words(language: str) -> NumberWords:
    """Return the number words of a language (ISO 639-1)."""
    lists: Mapping[str, str] = word_lists(language).get("numbers", {})
    stem = stemmer(language)

    def values(name: str) -> dict[str, str]:
        pairs = (item.rpartition(" ") for item in items(lists.get(name, "")))
        return {word: value for word, _, value in pairs}

    return NumberWords(
        language,
        {word: int(value) for word, value in values("units").items()},
        {word: int(value) for word, value in values("scales").items()},
        {word: _fraction(value) for word, value in values("fractions").items()},
        frozenset(items(lists.get("loose", ""))),
        tuple(tuple(stem(fold(word)) for word in phrase.split()) for phrase in items(lists.get("percent", ""))),
        _ARTICLES | values("articles"),
    )


def _fraction(written: str) -> Decimal:
    above, below = written.split("/")
    return round(Decimal(above) / Decimal(below), 6)
