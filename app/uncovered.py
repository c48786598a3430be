"""What a question says or asks for that no shown quote covers: years, numbers, countries, names, the kind of answer.

Pure functions over texts. Across languages only what stays the same is compared: numbers in any digits, countries by
their names in either language, and names in letters that both share. The kind of answer asked for (when: a date) is
looked for in quotes in English alone, whose number words and months are known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from ingest.countries import country_name, find_countries
from ingest.language import likeliest_language


class GapKind(StrEnum):
    """What is not covered."""

    COUNTRY = "country"
    YEAR = "year"
    NUMBER = "number"
    NAME = "name"
    TOGETHER = "together"
    """Countries and years: each is covered, no quote covers all of them."""
    ASKED_PERSON = "asked_person"
    ASKED_DATE = "asked_date"
    ASKED_NUMBER = "asked_number"
    ASKED_AMOUNT = "asked_amount"
    ASKED_PLACE = "asked_place"


NAMED = frozenset({GapKind.COUNTRY, GapKind.YEAR, GapKind.NAME})
"""Things that a question names: quotes that leave one out answer another question."""
PAST = NAMED | {GapKind.ASKED_AMOUNT}
"""What makes quotes no answer. Other gaps are said beside one: they alarm too often (docs/refusal.md)."""
_ASKED = {
    GapKind.ASKED_PERSON: "No quote names a person or an organisation.",
    GapKind.ASKED_DATE: "No quote gives a date.",
    GapKind.ASKED_NUMBER: "No quote gives a number.",
    GapKind.ASKED_AMOUNT: "No quote gives an amount of money.",
    GapKind.ASKED_PLACE: "No quote names a place.",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that no quote covers."""

    kind: GapKind
    words: str = ""
    """As the question has it; a country by its English name. Empty for a kind of answer."""

    @property
    def says(self) -> str:
        """The gap in a sentence for the reader."""
        return _ASKED.get(self.kind) or f"No quote speaks of {self.words}."


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote, and what a reader sees it belong to."""

    text: str
    heads: str = ""
    """What heads it: its section, the document's title, name and year."""
    around: str = ""
    """The passage that it stands in."""
    document: str = ""
    """Words of the document's name and first lines: a question may name what it asks by them."""
    language: str = "en"
    """Of the document, ISO 639-1."""
    countries: frozenset[str] = frozenset()
    """Whose case its section is, alpha-2 codes."""


_LANGUAGES = ("en", "fr", "es", "ru", "ar", "ne", "ky", "km")
"""Those whose words for who, when and how many are known here."""
_YEAR = re.compile(r"(?<![\d.,/])(?:1[89]|20)\d\d(?![\d/]|[.,]\d)")
_NUMBER = re.compile(r"(?<![\w/.,+-])\d[\d.,]*\d(?![\w/+-])")
_CAPITAL = r"\p{Lu}[\p{L}\p{M}\p{N}’'/.-]*[\p{L}\p{N}]"
_NAME = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_CAPITAL}(?:\s+(?:(?:of|for|on)\s+(?:the\s+)?)?{_CAPITAL})*")
_LATIN = regex.compile(r"\p{Latin}")
_LATIN_RUN = regex.compile(r"\p{Latin}[\p{Latin}\p{N}’'/.-]*[\p{Latin}\p{N}]")
_LETTER = regex.compile(r"\p{L}")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_POSSESSIVE = re.compile(r"[’']s?(?!\w)")
_PLURAL = re.compile(r"(?<=[A-Za-z]{3})s\b")
_ALIKE = str.maketrans("ljftr1mhuvwcegq0", "iiiiiinnnnnooooo")
_LONG = 6
"""Letters from which a misread word can still be told."""
_SMALL = frozenset("of the and on in for to a an at by with".split())
_TITLE_CASE = 0.6
"""Share of words with a capital from which capitals tell no names."""
_NOT_NAMES = frozenset(
    "i mr mrs ms dr january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday english q a".split()
)
_OPENING = frozenset(
    "what who whom whose which when where why how did does do is are was were has have had can could should would will"
    " may in on at by according as from of for to between during under after before since until the a an and but if"
    " name list give tell summarise summarize describe explain compare please show find this that these those there"
    " it he she they we you not no many much some any all most about".split()
)
_CURRENCY = re.compile(
    r"[$€£¥₹฿៛₽₨]|\b(?:US|USD|EUR|euros?|dollars?|pounds?|rupees?|riels?|som|roubles?|yen|francs?|money|cents?"
    r"|billions?|millions?|budget)\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = re.compile(
    r"\b(?:no|none|nobody|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
    r"|millions?|billions?|dozens?|once|twice|half|third|quarter|all|several|many|most|majority)\b",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|century|decade|year|day|today|yesterday)s?\b"
)
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
_ASKS = (
    (
        GapKind.ASKED_AMOUNT,
        regex.compile(
            r"\bhow much (?:\w+ )?(?:money|funding|aid|compensation)\b|\b(?:annual|total) budget\b"
            r"|\bcombien d[e']\s?argent\b|\bcuánto dinero\b|\bсколько (?:денег|стоит)\b|\bкакую сумму\b|канча акча"
            r"|कति रकम|कति पैसा|ទឹកប្រាក់ប៉ុន្មាន|លុយប៉ុន្មាន",
            regex.IGNORECASE,
        ),
    ),
    (
        GapKind.ASKED_NUMBER,
        regex.compile(
            r"\bhow many\b|\bwhat (?:share|percentage|proportion|number)\b|\bcombien\b|\bcuánt[oa]s\b|\bсколько\b"
            r"|\bканча\b|\bكم\b|कति जना|कति वटा|कतिवटा|ប៉ុន្មាននាក់|ចំនួនប៉ុន្មាន",
            regex.IGNORECASE,
        ),
    ),
    (
        GapKind.ASKED_DATE,
        regex.compile(
            r"^when\b|\bwhat (?:year|date)\b|\bwhich year\b|^quand\b|^cuándo\b|^когда\b|\bкачан\b|^متى|कहिले"
            r"|នៅពេលណា|ថ្ងៃណា|ឆ្នាំណា",
            regex.IGNORECASE,
        ),
    ),
    (
        GapKind.ASKED_PERSON,
        regex.compile(r"^(?:who|whom)\b|^qui\b|^quién(?:es)?\b|^кто\b|\bким\b|कसले|នរណា", regex.IGNORECASE),
    ),
    (
        GapKind.ASKED_PLACE,
        regex.compile(r"^where\b|^où\b|^dónde\b|^где\b|\bкайда\b|^أين|कहाँ|ទីណា|កន្លែងណា", regex.IGNORECASE),
    ),
)


def find_gaps(question: str, shown: Sequence[Shown]) -> tuple[Gap, ...]:
    """Return what ``question`` names or asks for that none of ``shown`` covers; nothing where nothing is shown."""
    if not shown:
        return ()
    language = likeliest_language(question, _LANGUAGES)
    covers = [_Cover(item) for item in shown]
    things = _named(question, language)
    gaps = [gap for gap in things if not any(cover.holds(gap) for cover in covers)]
    rest = [gap for gap in things if gap not in gaps and gap.kind in (GapKind.COUNTRY, GapKind.YEAR)]
    alone = [_Cover(replace(item, around="")) for item in shown]
    if len(rest) > 1 and not any(all(cover.holds(gap) for gap in rest) for cover in alone):
        gaps.append(Gap(GapKind.TOGETHER, _joined(gap.words for gap in rest) + " together"))
    asked = next((kind for kind, pattern in _ASKS if pattern.search(question.strip(" ¿\"'«“"))), None)
    if asked is not None and not any(cover.gives(asked) for cover in covers):
        gaps.append(Gap(asked))
    return tuple(gaps)


def named_things(question: str) -> tuple[Gap, ...]:
    """Return the years, numbers, countries and names of ``question``."""
    return tuple(_named(question, likeliest_language(question, _LANGUAGES)))


def _named(question: str, language: str) -> list[Gap]:
    text = plain_digits(question)
    years = list(dict.fromkeys(_YEAR.findall(text)))
    numbers = [number for number in dict.fromkeys(_NUMBER.findall(text)) if number not in years]
    countries = list(dict.fromkeys(find_countries(question, language)))
    return [
        *(Gap(GapKind.COUNTRY, country_name(code)) for code in countries),
        *(Gap(GapKind.YEAR, year) for year in years),
        *(Gap(GapKind.NUMBER, number) for number in numbers),
        *(Gap(GapKind.NAME, name) for name in _names(question, language)),
    ]


def _names(question: str, language: str) -> list[str]:
    """Return names: words with capitals that no sentence begins with. In another script, words in Latin letters."""
    words = question.split()
    capitals = sum(word[:1].isupper() for word in words)
    if language == "de" or (len(words) > 3 and capitals > _TITLE_CASE * len(words)):
        return []
    latin = len(_LATIN.findall(question)) > 0.5 * len(_LETTER.findall(question))
    found = []
    for match in _NAME.finditer(question):
        name = _POSSESSIVE.sub("", match.group())
        first = not question[: match.start()].strip(" ¿¡\"'“«(")
        first = first or question[: match.start()].rstrip()[-1:] in ".!?:"
        parts = name.split()
        while parts and (parts[0].lower() in _OPENING or (first and not parts[0].isupper() and len(parts) == 1)):
            parts, first = parts[1:], False
        parts = [part for part in parts if part.lower() not in _NOT_NAMES]
        if not parts or find_countries(" ".join(parts), language) or len("".join(parts)) < 2:
            continue
        # A name in another language's letters or spelling cannot be compared, nor can abbreviations: OIT is the ILO.
        if language == "en":
            found.append(" ".join(parts))
        elif not latin:  # what stays in Latin letters stays as it is; a language's own endings are left off
            found += filter(None, [" ".join(_LATIN_RUN.findall(" ".join(parts)))])
    return list(dict.fromkeys(found))


class _Cover:
    """What one quote covers."""

    def __init__(self, shown: Shown) -> None:
        together = f"{shown.text} {shown.heads} {shown.around}"
        self._text = plain_digits(shown.text)
        self._english = shown.language in ("", "en")
        language = shown.language or "en"
        heads = frozenset(find_countries(shown.heads, language))
        # A title that names three countries makes no sentence one about all of them.
        self._countries = shown.countries | (heads if len(heads) == 1 else frozenset())
        self._countries |= frozenset(find_countries(f"{shown.text} {shown.around}", language))
        self._digits = set(re.findall(r"\d+", plain_digits(together).replace(",", "")))
        words = _WORD.findall(f"{together} {shown.document}")
        self._words = {_stem(word) for word in words}
        # A name is written with one capital: Morris is not Norris misread, but fndonesian can be nothing else.
        self._odd = {_shape(word) for word in words if len(word) >= _LONG and not word.istitle()}
        self._initials = "".join(word[0] for word in _WORD.findall(together.lower()) if word not in _SMALL)

    def holds(self, gap: Gap) -> bool:
        """Return whether it speaks of a named thing."""
        if gap.kind is GapKind.COUNTRY:
            return gap.words in {country_name(code) for code in self._countries} or self._misreads(gap.words)
        if gap.kind is GapKind.NAME:
            return all(self._speaks_of(word) for word in _WORD.findall(gap.words)) or self._abbreviates(gap.words)
        return set(re.findall(r"\d+", gap.words.replace(",", ""))) <= self._digits

    def gives(self, kind: GapKind) -> bool:
        """Return whether it can hold the kind of answer asked for; a quote that is not in English always may."""
        number = any(char.isdigit() for char in self._text) or bool(_NUMBER_WORDS.search(self._text))
        inner = bool(re.search(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ]\w+", self._text))
        return not self._english or {
            GapKind.ASKED_NUMBER: number,
            GapKind.ASKED_AMOUNT: number and bool(_CURRENCY.search(self._text)),
            GapKind.ASKED_DATE: bool(re.search(r"\d", self._text) or _DATE_WORDS.search(self._text)),
            GapKind.ASKED_PERSON: inner or bool(_PEOPLE.search(self._text)),
            GapKind.ASKED_PLACE: inner or bool(_PLACES.search(self._text)),
        }.get(kind, True)

    def _speaks_of(self, word: str) -> bool:
        if word.lower() in _SMALL or _stem(word) in self._words or self._misreads(word):
            return True
        # An abbreviation of words that stand there: EU, WHRDs.
        bare = _PLURAL.sub("", word)
        return bare.isupper() and len(bare) > 1 and bare.lower() in self._initials

    def _misreads(self, word: str) -> bool:
        """Return whether it holds ``word``, or one that begins with it, as character recognition misreads it."""
        return len(word) >= _LONG and any(shape.startswith(_shape(word)) for shape in self._odd)

    def _abbreviates(self, name: str) -> bool:
        """Return whether it holds the initials of a long name: UN for United Nations."""
        initials = "".join(word[0] for word in _WORD.findall(name.lower()) if word not in _SMALL)
        return len(initials) > 1 and initials in self._words


def plain_digits(text: str) -> str:
    """Return ``text`` with the digits of every script as 0…9: २०२०, ٢٠٢٠ and ២០២០ are 2020."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _shape(word: str) -> str:
    """Return ``word`` with one letter for all that look alike to character recognition: I, f, l, t; m, n, u; c, e, o."""
    return word.casefold().translate(_ALIKE)


def _stem(word: str) -> str:
    folded = plain_digits(word.casefold())
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") else folded


def _joined(words: Iterable[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last
