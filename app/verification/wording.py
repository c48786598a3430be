"""A text as what can be compared without understanding it: words and their stems, figures, countries, cues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from app.verification.cues import Cues, Phrase, find_phrases, load_cues
from ingest.language.countries import find_countries
from ingest.language.detection import language_of
from ingest.language.figures import Figures, find_figures
from ingest.language.function_words import function_words
from ingest.language.words import WORD, fold, stemmer

_PREFIX = 5
_SCRIPTS = ("Arabic", "Cyrillic", "Devanagari")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    text: str
    folded: str
    stem: str
    start: int
    content: bool
    """Carries meaning of its own: no function word, no figure."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, eq=False)
class Wording:
    """What ``analyse`` makes of a text."""

    text: str
    language: str
    cues: Cues | None
    words: tuple[Word, ...]
    figures: Figures

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The words that carry meaning."""
        return tuple(word for word in self.words if word.content)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Codes of the countries named, as countries or as peoples."""
        return frozenset(find_countries(self.text, self.language))

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return [(word.folded, word.stem) for word in self.words]

    def find(self, *phrases: Iterable[Phrase]) -> list[str]:
        """Return the phrases that the text contains, as a reader sees them."""
        found = [place for some in phrases for place in find_phrases(self._pairs, some)]
        return [" ".join(word.text for word in self.words[start:end]) for start, end in found]


Quotes = Sequence[Wording]
"""The quotes of a sentence, analysed."""


@lru_cache(maxsize=512)
def analyse(text: str, language: str) -> Wording:
    """Return the wording of ``text``, in ``language`` (ISO 639-1)."""
    figures = find_figures(text, language)
    stem, common = stemmer(language), function_words(language)
    inside = [(one.start, one.end) for found in (figures.numbers, figures.dates, figures.articles) for one in found]
    words = []
    for match in WORD.finditer(text):
        folded = fold(match.group())
        figure = any(start < match.end() and match.start() < end for start, end in inside) or folded.isdecimal()
        content = not (figure or folded in common or len(folded) == 1)
        words.append(Word(match.group(), folded, stem(folded), match.start(), content))
    return Wording(text, language, load_cues(language), tuple(words), figures)


def languages_of(texts: list[str]) -> list[str]:
    """Return every text's language.

    The language of non-Latin texts in the same script is detected from all of them together: one short sentence may be
    taken for a neighbouring language, Nepali for Hindi.
    """
    others = [text for text in texts if not regex.search(r"\p{Latin}{3}", text)]
    together = detect_language("\n".join(others)) if others else ""
    scripts = {script for text in others for script in _SCRIPTS if regex.search(rf"\p{{{script}}}", text)}
    shared = together if len(scripts) == 1 else ""
    return [(shared if text in others else "") or detect_language(text) for text in texts]


def detect_language(text: str) -> str:
    """Return the language of a sentence: of those with cues, the one whose function words it uses; else a guess."""
    detected = language_of(text)
    if detected != "en":
        return detected
    words = [fold(word) for word in WORD.findall(text)]

    def known(code: str) -> int:
        return sum(word in function_words(code) for word in words)

    best = max(("en", "fr", "es"), key=known)
    return best if known(best) > known("en") + 1 else "en"


def alike(one: Word, other: Word) -> bool:
    """Return whether two words are forms of the same: one stem, or one long beginning."""
    if one.stem == other.stem:
        return True
    shared = 0
    for a, b in zip(one.folded, other.folded, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= _PREFIX and shared >= 0.7 * min(len(one.folded), len(other.folded))


@lru_cache(maxsize=4096)
def country_of(word: str) -> str:
    """Return the code of the country that one word names; "" for other words."""
    found = find_countries(word) if word[:1].isupper() else []
    return found[0] if found else ""
