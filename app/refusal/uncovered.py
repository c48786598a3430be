"""What a question says or asks for that no shown quote covers: years, numbers, countries, names, the kind of answer.

Pure functions over texts. Across languages only what stays the same is compared: numbers in any digits, countries by
their names in either language, and names in letters that both share. The kind of answer asked for (when: a date) is
looked for in quotes in English alone, whose number words and months are known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from app.refusal.cover import WORD, Cover, Shown, stem
from app.refusal.gap import Gap, GapKind
from ingest.language.countries import country_name, find_countries
from ingest.language.dates import calendar_words
from ingest.language.detection import likeliest_language
from ingest.language.figures import plain_digits
from ingest.language.names import capitals_say_nothing, join_names, name_words
from ingest.language.words import fold

_LANGUAGES = ("en", "fr", "es", "ru", "ar", "ne", "ky", "km")
"""Those whose words for who, when and how many are known here."""
_YEAR = re.compile(r"(?<![\d.,/])(?:1\d|20)\d\d(?![\d/]|[.,]\d)s?|\b\d{1,2}(?:st|nd|rd|th)[ -]century\b", re.IGNORECASE)
"""Years, and in English decades ("1620s") and centuries."""
_NUMBER = re.compile(r"(?<![\w/.,+-])\d[\d.,]*\d(?![\w/+-])")
_BETWEEN = r"\s+(?:(?:of|for|on)\s+(?:the\s+)?)?"
"""Stands within a name: "Committee on the Rights of the Child"."""
_LATIN = regex.compile(r"\p{Latin}")
_LATIN_RUN = regex.compile(r"\p{Latin}[\p{Latin}\p{N}’'/.-]*[\p{Latin}\p{N}]")
_LETTER = regex.compile(r"\p{L}")
_POSSESSIVE = re.compile(r"[’']s?(?!\w)")
_DENIED = re.compile(r"\b(?:not|never|no longer|\w+n[’']t)\b", re.IGNORECASE)
_DENIALS = re.compile(
    r"\b(?:not|never|no|none|nor|neither|nothing|nobody|without|cannot|hardly|except|only|little|few|un\w+|in(?:ability"
    r"|capable)|(?:refus|fail|den(?:y|i)|lack|prohibit|declin|avoid|reject)\w*|\w+n[’']t)\b",
    re.IGNORECASE,
)
_NEAREST = 2
"""Quotes by shared words among which a "not" is looked for: some other sentence denies something or other."""
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
    covers = [Cover(item) for item in shown]
    things = _named(question, language)
    gaps = [gap for gap in things if not any(cover.holds(gap) for cover in covers)]
    rest = [gap for gap in things if gap not in gaps and gap.kind in (GapKind.COUNTRY, GapKind.YEAR)]
    alone = [Cover(replace(item, around="")) for item in shown]
    if len(rest) > 1 and not any(all(cover.holds(gap) for gap in rest) for cover in alone):
        gaps.append(Gap(GapKind.TOGETHER, _joined(gap.words for gap in rest) + " together"))
    asked = next((kind for kind, pattern in _ASKS if pattern.search(question.strip(" ¿\"'«“"))), None)
    if asked is not None and not any(cover.gives(asked) for cover in covers):
        gaps.append(Gap(asked))
    if language == "en" and _DENIED.search(question) and not _denied(question, shown):
        gaps.append(Gap(GapKind.NEGATION))
    return tuple(gaps)


def _denied(question: str, shown: Sequence[Shown]) -> bool:
    """Return whether a quote of those that share most words with ``question`` denies something, or may: not English."""
    asked = set(map(stem, WORD.findall(question)))
    nearest = sorted(shown, key=lambda item: -len(asked & set(map(stem, WORD.findall(item.text)))))
    return any(item.language not in ("", "en") or _DENIALS.search(item.text) for item in nearest[:_NEAREST])


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
    """Return the names of a question. In another script than Latin: its words in Latin letters."""
    if capitals_say_nothing(question, language):
        return []
    latin = len(_LATIN.findall(question)) > 0.5 * len(_LETTER.findall(question))
    words = [word for word in name_words(question, language) if fold(word.text) not in calendar_words(language)]
    found = []
    for name in join_names(question, words, _BETWEEN):
        if find_countries(name.text, language):
            continue
        # A name in another language's letters or spelling cannot be compared, nor can abbreviations: OIT is the ILO.
        if language == "en":
            found.append(name.text)
        elif not latin:  # what stays in Latin letters stays as it is; a language's own endings are left off
            found += filter(None, [" ".join(_LATIN_RUN.findall(name.text))])
    return list(dict.fromkeys(found))


def _joined(words: Iterable[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last
