"""What one quote covers of a question: what the question names, and the kind of answer that it asks for.

Pure functions over texts, in English where words are compared; numbers in any digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from app.answers import Gap, GapKind
from ingest.language.asking import AskedFor
from ingest.language.countries import country_name, find_countries
from ingest.language.dates import calendar_words
from ingest.language.figures import plain_digits
from ingest.language.folding import fold, plain
from ingest.language.function_words import function_words
from ingest.language.number_words import number_words
from ingest.language.words import fold as without_case
from vectorstore.library import Library
from vectorstore.records import StoredPassage, StoredSentence

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_CURRENCY = re.compile(
    r"[$€£¥₹฿៛₽₨]|\b(?:US|USD|EUR|euros?|dollars?|pounds?|rupees?|riels?|som|roubles?|yen|francs?|money|cents?"
    r"|billions?|millions?|budget)\b",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(
    r"\b(?:no|none|nobody|once|twice|all|several|many|most|majority|hundreds|thousands|millions|billions|dozens)\b",
    re.I,
)
_DATE_WORDS = re.compile(r"\b(?:century|decade|year|day|today|yesterday)s?\b")
_PEOPLE = re.compile(
    r"\b(?:police|government|court|committee|council|ministry|parliament|army|state|states|groups?|organi[sz]ations?"
    r"|men|women|people|officials?|soldiers|workers|residents|members|authorities|party|union|judge|president"
    r"|minister|commission|rapporteur|officers?|militias?|unions|victims|defenders|activists)\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:city|town|village|district|province|region|state|street|square|capital|country|abroad|home|court|prison"
    r"|museum|hospital|school|university|border|north|south|east|west|northern|southern|eastern|western)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?<=[A-Za-z]{3})s\b")
_ALIKE = str.maketrans("ljftr1mhuvwcegq0", "iiiiiinnnnnooooo")
_LONG = 6
"""Letters from which a misread word can still be recognised."""


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote, and what a reader sees around it."""

    text: str
    heads: str = ""
    """Its headings: section, the document's title, name and year."""
    around: str = ""
    """The passage that contains it."""
    document: str = ""
    """Words of the document's name and first lines: a question may name what it asks by them."""
    language: str = "en"
    """Of the document, ISO 639-1."""
    countries: frozenset[str] = frozenset()
    """Whose case its section is, alpha-2 codes."""


def shown_quotes(library: Library, quotes: Iterable[tuple[str, StoredPassage]]) -> list[ShownQuote]:
    """Return quotes, each with the passage that contains it, as ``find_gaps`` compares them."""
    found = list(quotes)
    documents = library.catalogue.documents_by_id({passage.document for _, passage in found})
    cards = library.cards()
    countries = library.catalogue.section_countries({passage.id for _, passage in found})
    shown = list[ShownQuote]()
    for text, passage in found:
        document = documents[passage.document]
        heads = (passage.section, passage.context, document.title, document.name.replace("_", " "), document.year)
        known = " ".join(cards.words(passage.document))
        case = countries.get(passage.id, frozenset())
        shown.append(ShownQuote(text, " ".join(heads), passage.text, known, document.language, case))
    return shown


def shown_sentences(library: Library, sentences: Sequence[StoredSentence]) -> list[ShownQuote]:
    """Return stored sentences as quotes; see ``shown_quotes``."""
    passages = library.catalogue.passages(sentence.passage for sentence in sentences)
    return shown_quotes(library, ((sentence.text, passages[sentence.passage]) for sentence in sentences))


class QuoteCoverage:
    """What one quote covers."""

    def __init__(self, shown: ShownQuote) -> None:
        """Take a quote; what a question does not ask about is not looked at."""
        self._shown = shown
        self._english = shown.language in ("", "en")

    @cached_property
    def _text(self) -> str:
        return plain_digits(self._shown.text)

    @cached_property
    def _together(self) -> str:
        return f"{self._shown.text} {self._shown.heads} {self._shown.around}"

    @cached_property
    def _countries(self) -> frozenset[str]:
        shown, language = self._shown, self._shown.language or "en"
        heads = _countries_in(shown.heads, language)
        # A title that names three countries does not make a sentence about all of them.
        of_heads = heads if len(heads) == 1 else frozenset[str]()
        return shown.countries | of_heads | _countries_in(f"{shown.text} {shown.around}", language)

    @cached_property
    def _digits(self) -> set[str]:
        return set(re.findall(r"\d+", plain_digits(self._together).replace(",", "")))

    @cached_property
    def _all_words(self) -> list[str]:
        return WORD.findall(plain(f"{self._together} {self._shown.document}"))

    @cached_property
    def _words(self) -> set[str]:
        return set(map(stem, self._all_words))

    @cached_property
    def _odd(self) -> set[str]:
        """Shapes of words: a name has one capital, so Morris is not Norris misread, but fndonesian is no other word."""
        return {_shape(word) for word in self._all_words if len(word) >= _LONG and not word.istitle()}

    @cached_property
    def _initials(self) -> str:
        words = WORD.findall(fold(self._together))
        return "".join(word[0] for word in words if word not in function_words("en"))

    def covers(self, gap: Gap) -> bool:
        """Return whether it mentions a named thing."""
        if gap.kind is GapKind.COUNTRY:
            return gap.words in {country_name(code) for code in self._countries} or self._misreads(gap.words)
        if gap.kind is GapKind.NAME:
            return all(self._mentions(word) for word in WORD.findall(plain(gap.words))) or self._abbreviates(gap.words)
        return self._dates(gap.words) or set(re.findall(r"\d+", gap.words.replace(",", ""))) <= self._digits

    def can_answer(self, kind: AskedFor) -> bool:
        """Return whether it can hold the kind of answer asked for; a quote that is not in English always may."""
        words = {without_case(word) for word in WORD.findall(self._text)}
        number = (
            any(char.isdigit() for char in self._text)
            or any(word in number_words("en") for word in words)
            or bool(_AMOUNTS.search(self._text))
        )
        inner = bool(re.search(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ]\w+", self._text))
        return (
            not self._english
            or {
                AskedFor.NUMBER: number,
                AskedFor.AMOUNT: number and bool(_CURRENCY.search(self._text)),
                AskedFor.DATE: bool(
                    re.search(r"\d", self._text) or _DATE_WORDS.search(self._text) or self._names_day()
                ),
                AskedFor.PERSON: inner or bool(_PEOPLE.search(self._text)),
                AskedFor.PLACE: inner or bool(_PLACES.search(self._text)),
            }[kind]
        )

    def _names_day(self) -> bool:
        """Return whether a month or a day of the week is there, with its capital."""
        return any(
            word[0].isupper() and without_case(word) in calendar_words("en") for word in WORD.findall(self._text)
        )

    def _dates(self, words: str) -> bool:
        """Return whether a year of a decade or century is there ("1620s", "17th century")."""
        years = [int(digits) for digits in self._digits if len(digits) == 4]
        if words.endswith("s"):
            return any(year // 10 == int(words[:-2]) for year in years)
        ordinal = re.match(r"(\d+)(?:st|nd|rd|th)", words, re.IGNORECASE)
        return ordinal is not None and (
            ordinal.group().lower() in self._words or any((year + 99) // 100 == int(ordinal[1]) for year in years)
        )

    def _mentions(self, word: str) -> bool:
        if word.lower() in function_words("en") or stem(word) in self._words or self._misreads(word):
            return True
        # An abbreviation of words that stand there: EU, WHRDs.
        bare = _PLURAL.sub("", word)
        return bare.isupper() and len(bare) > 1 and bare.lower() in self._initials

    def _misreads(self, word: str) -> bool:
        """Return whether it holds ``word``, or one that begins with it, as character recognition misreads it."""
        return len(word) >= _LONG and any(shape.startswith(_shape(word)) for shape in self._odd)

    def _abbreviates(self, name: str) -> bool:
        """Return whether it holds the initials of a long name: UN for United Nations."""
        initials = "".join(word[0] for word in WORD.findall(fold(name)) if word not in function_words("en"))
        return len(initials) > 1 and initials in self._words


@lru_cache(maxsize=512)
def _countries_in(text: str, language: str) -> frozenset[str]:
    """Return the countries that a text names; an answer looks at the same passage several times."""
    return frozenset(find_countries(text, language))


def _shape(word: str) -> str:
    """Return ``word`` with one letter for all that character recognition confuses: I, f, l, t; m, n, u; c, e, o."""
    return word.casefold().translate(_ALIKE)


def stem(word: str) -> str:
    """Return ``word`` folded, without a plural's s."""
    folded = fold(word)
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") else folded
