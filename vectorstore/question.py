"""A question, read once: its language, its words as documents write them, and what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import regex

from ingest.language.asking import AskedFor, asked_for, is_negated
from ingest.language.countries import country_name, find_countries
from ingest.language.dates import calendar_words
from ingest.language.detection import language_of_question, trigrams
from ingest.language.figures import plain_digits
from ingest.language.folding import UNSPACED, fold, visible
from ingest.language.function_words import function_words, request_words
from ingest.language.names import capitals_say_nothing, join_names, name_words
from ingest.language.words import fold as without_case

_WORD = regex.compile(r"\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}\p{M}]+")
"""A number keeps its points and commas: full text looks for it as a phrase."""
_DATED = re.compile(r"\b(?:(?:in|of|for|as of|between|from|and|to)\s+)?[^\W\d]*(?:19|20)\d\d\b", re.IGNORECASE)
"""A year, its preposition and letters before it: "in 2022", "FY2022"."""
_NUMBER_IN_WORD = re.compile(r"(?<=[^\W\d])\d{2,}(?![.,]?\d)")
_ALONE = 4
"""Words of a name at most."""
_CONTENT = regex.compile(r"[\p{L}\p{M}\p{N}_]+")
_OWN_WORD = regex.compile(r"([\p{L}\p{M}\p{N}_]+)(?:[’']s\b)?")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_UNSPACED = regex.compile(f"[{UNSPACED}]")
_LONGEST_WORD = 64
"""Letters; the longest words of German laws have some 60."""
_UNSAID = frozenset("long far says said case known happen happened happening reports".split())
"""Words of a question, beside function words and verbs that ask, that no passage needs to contain."""
_YEAR = re.compile(r"(?<![\d.,/])(?:1\d|20)\d\d(?![\d/]|[.,]\d)s?|\b\d{1,2}(?:st|nd|rd|th)[ -]century\b", re.IGNORECASE)
"""Years, and in English decades ("1620s") and centuries."""
_NUMBER = re.compile(r"(?<![\w/.,+-])\d[\d.,]*\d(?![\w/+-])")
_WITHIN_NAME = r"\s+(?:(?:of|for|on)\s+(?:the\s+)?)?"
""""Committee on the Rights of the Child"."""
_LATIN = regex.compile(r"\p{Latin}")
_LATIN_RUN = regex.compile(r"\p{Latin}[\p{Latin}\p{N}’'/.-]*[\p{Latin}\p{N}]")
_LATIN_WORD = re.compile(r"[a-z]+$")
_LETTER = regex.compile(r"\p{L}")
_SYMBOL = re.compile(r"\b[A-Z]+(?:/[A-Z0-9.]+)+\b")


@dataclass(frozen=True)
class Question:
    """A question in a reader's own words; what is read of it is read once, at first use."""

    text: str

    @cached_property
    def clean(self) -> str:
        """Its text without signs that nobody sees, in composed letters: what all else is read of."""
        return visible(self.text)

    @cached_property
    def in_words(self) -> bool:
        """Whether it holds a word: signs, figures alone and a run of letters that no language has ask nothing."""
        words = _LETTERS.findall(_SYMBOL.sub(" ", self.clean))
        return any(1 < len(word) <= _LONGEST_WORD or _UNSPACED.search(word) for word in words)

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code."""
        return language_of_question(self.clean)

    @cached_property
    def words(self) -> list[str]:
        """Its different words, folded, in order.

        Of a question that is not in English, also the English names of the countries that it names.
        """
        names = "" if self.language == "en" else " ".join(map(country_name, sorted(self.countries)))
        return words_of(f"{self.clean} {names}")

    @cached_property
    def trigrams(self) -> list[str]:
        """Its different runs of three letters in scripts written without spaces."""
        return trigrams(fold(self.text.replace("\u200b", "")))

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166 alpha-2 codes of the countries that it names, in order; typed in small letters too ("in haiti")."""
        text = self.clean
        if not any(char.isupper() for char in text[1:]):
            text = text.title()
        return tuple(dict.fromkeys(find_countries(text, self.language)))

    @cached_property
    def symbols(self) -> list[str]:
        """Document symbols that it names: "S/2025/211"."""
        return _SYMBOL.findall(self.clean)

    @cached_property
    def content_words(self) -> list[str]:
        """Its different words, folded, without those that any question may hold ("the", "describe")."""
        common = function_words("en") | request_words("en") | _UNSAID
        return [word for word in dict.fromkeys(_CONTENT.findall(fold(self.clean))) if word not in common]

    @cached_property
    def alone(self) -> str:
        """What is asked about where nothing else is said of it ("Who is Mary Lawlor?"), folded; empty elsewhere.

        A few words side by side, without the words that any question holds, in English or in its own language.
        """
        common = function_words(self.language)
        words = [word for word in self.content_words if word not in common]
        together = " ".join(words)
        side_by_side = 0 < len(words) <= _ALONE and together in " ".join(_CONTENT.findall(fold(self.clean)))
        return together if side_by_side else ""

    @cached_property
    def years(self) -> list[str]:
        """The years that it names, in plain digits; in English also decades ("1620s") and centuries."""
        return list(dict.fromkeys(_YEAR.findall(plain_digits(self.clean))))

    @cached_property
    def numbers(self) -> list[str]:
        """The other numbers of two digits or more that it names, in plain digits."""
        return [n for n in dict.fromkeys(_NUMBER.findall(plain_digits(self.clean))) if n not in self.years]

    @cached_property
    def names(self) -> list[str]:
        """The names that can be compared with a report's, countries left out.

        In English all; in another script than Latin those in Latin letters; in other languages none: their spelling and
        their abbreviations differ (OIT is the ILO).
        """
        if capitals_say_nothing(self.clean, self.language):
            return []
        latin = 2 * len(_LATIN.findall(self.clean)) > len(_LETTER.findall(self.clean))
        calendar = calendar_words(self.language)
        words = [word for word in name_words(self.clean, self.language) if without_case(word.text) not in calendar]
        found = []
        for name in join_names(self.clean, words, _WITHIN_NAME):
            if find_countries(name.text, self.language):
                continue
            if self.language == "en":
                found.append(name.text)
            elif not latin:  # what is in Latin letters stays as it is; a language's own endings are left off
                found += filter(None, [" ".join(_LATIN_RUN.findall(name.text))])
        return list(dict.fromkeys(found))

    @cached_property
    def latin_words(self) -> list[str]:
        """Of a question in other letters, its words in Latin letters, in lower case: names and abbreviations."""
        words = [word for word in _CONTENT.findall(fold(self.clean)) if len(word) > 2 and _LATIN_WORD.match(word)]
        return words if 2 * sum(map(len, words)) <= sum(map(str.isalpha, self.clean)) else []

    @cached_property
    def asked_for(self) -> AskedFor | None:
        """What kind of thing it asks for; None where no question word names one."""
        return asked_for(self.clean)

    @cached_property
    def negated(self) -> bool:
        """Whether it says "not", in English."""
        return self.language == "en" and is_negated(self.clean)

    def without(self, names: frozenset[str]) -> str:
        """Return the subject: the question without ``names`` and years, which say in what document to look."""
        text = _DATED.sub(" ", self.clean)
        return " ".join(_OWN_WORD.sub(lambda found: " " if fold(found[1]) in names else found[0], text).split())


def read_question(question: Question | str) -> Question:
    """Return a question as it was read before, or read now from its words."""
    return question if isinstance(question, Question) else Question(question)


def words_of(text: str) -> list[str]:
    """Return the different words of ``text``, folded, in order; a number in a word also by itself ("FY2022")."""
    words = (part for word in _WORD.findall(fold(text)) for part in (word, *_NUMBER_IN_WORD.findall(word)))
    return list(dict.fromkeys(words))
