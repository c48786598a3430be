"""A question, read once: its language, its words as documents write them, and what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import regex

from ingest.language.countries import country_name, find_countries
from ingest.language.detection import language_of_question, trigrams

_WORD = regex.compile(r"\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}\p{M}]+")
"""A number keeps its points and commas: full text looks for it as a phrase."""
_SYMBOL = re.compile(r"\b[A-Z]+(?:/[A-Z0-9.]+)+\b")


@dataclass(frozen=True)
class Question:
    """A question in a reader's own words; what is read of it is read once, at first use."""

    text: str

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code."""
        return language_of_question(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Its different words in lower case, in order.

        Of a question that is not in English, also the English names of the countries that it names.
        """
        names = "" if self.language == "en" else " ".join(sorted(map(country_name, self.countries)))
        return words_of(f"{self.text} {names}")

    @cached_property
    def trigrams(self) -> list[str]:
        """Its different runs of three letters in scripts written without spaces."""
        return trigrams(self.text)

    @cached_property
    def countries(self) -> frozenset[str]:
        """ISO 3166 alpha-2 codes of the countries that it names."""
        return frozenset(find_countries(self.text, self.language))

    @cached_property
    def symbols(self) -> list[str]:
        """Document symbols that it names: "S/2025/211"."""
        return _SYMBOL.findall(self.text)

    def without(self, names: frozenset[str]) -> str:
        """Return the question without ``names``, which say in what document to look: what is left is its subject."""
        text = self.text
        for name in sorted(names, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(name)}(?:[’']s)?\b", " ", text, flags=re.IGNORECASE)
        return " ".join(text.split())


def read_question(question: Question | str) -> Question:
    """Return a question as it was read before, or read now from its words."""
    return question if isinstance(question, Question) else Question(question)


def words_of(text: str) -> list[str]:
    """Return the different words of ``text`` in lower case, in order."""
    return list(dict.fromkeys(_WORD.findall(text.lower())))
