"""Who is named most in a report: persons and organisations, by the capitals of their names.

Scripts without capitals show no names this way: of them none are given, rather than wrong ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from app.exports.masking import words
from app.exports.masking.gazetteer import gazetteer
from ingest.language.countries import country_names
from ingest.language.dates import calendar_words
from ingest.language.names import NameWord, capitals_say_nothing, join_names, name_words

_JOINS = "|".join(sorted(words.OF_INSTITUTIONS - {"and", "y", "et", "и", "و"}, key=len, reverse=True))
_BETWEEN = rf"(?i:(?:[’']s)?\s+(?:(?:{_JOINS})\s+){{0,3}})"
"""Between the words of one name; not "and", which is between two names more often."""
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\p{N}-]*\p{Lu}")
_IN_BRACKETS = regex.compile(r"\s*[(]\s*(?:the\s+)?[“\"]?(\p{Lu}[\p{Lu}\p{N}-]+\p{Lu})[”\"]?[)]")
_POSSESSIVE = regex.compile(r"^(.+?)[’']s\s+")
_BEFORE_BRACKETS = 12
"""Words in which the name stands that an acronym in brackets is short for."""
_MOST_WORDS = 12
_GENERIC_WORDS = 2
"""A name of no more words that are all common in the report is none: "Working Group"."""
_FEWEST = 2
"""Mentions of a name that is given."""
_PLACE_SHARE = 0.4
"""Of the mentions of a name that stand behind "in", "near" and the like, from which it is a place."""


@dataclass(slots=True)
class Mentions:
    """The mentions of one name."""

    name: str
    lines: list[int] = field(default_factory=list)
    """Indexes of the texts that name it, one entry a mention."""
    places: int = 0
    """How many of them stand behind a word such as "in"."""
    explained: bool = False
    """Whether the report gives an acronym for it: an organisation's, whatever its words."""


def most_named(texts: Sequence[str], language: str, count: int) -> list[Mentions]:
    """Return the persons and organisations that ``texts`` name most, at most ``count``, the most named first.

    A name of one word counts where it is the acronym of an organisation, or the last word of a longer name; places,
    countries, laws and treaties do not.
    """
    usual = _usual_words(texts)
    found, explained = _mentions(texts, language)
    _join_beginnings(found)
    _join_surnames(found)
    _join_acronyms(found, explained)
    kept = [one for one in found.values() if len(one.lines) >= _FEWEST and _is_somebody(one, usual)]
    return sorted(kept, key=lambda one: (-len(one.lines), min(one.lines)))[:count]


def _mentions(texts: Sequence[str], language: str) -> tuple[dict[str, Mentions], dict[str, Mentions]]:
    """Return the mentions of every name, and those at which an acronym is explained, by the acronym."""
    found: dict[str, Mentions] = {}
    explained: dict[str, Mentions] = {}
    days = calendar_words(language)
    for index, text in enumerate(texts):
        if capitals_say_nothing(text, language):
            continue
        in_brackets = set[int]()
        for brackets in _IN_BRACKETS.finditer(text):
            if full := _short_for(brackets.group(1), text[: brackets.start()]):
                explained.setdefault(brackets.group(1), Mentions(full)).lines.append(index)
                in_brackets.add(brackets.start(1))  # one mention with the name before it
        parts = [word for word in name_words(text, language) if word.text.casefold() not in days]
        for name in join_names(text, parts, _BETWEEN):
            shown = _bare(name.text)
            if len(shown.split()) <= _MOST_WORDS and name.start not in in_brackets:
                one = found.setdefault(shown, Mentions(shown))
                one.lines.append(index)
                one.places += _follows_preposition(text, name)
    return found, explained


def _bare(name: str) -> str:
    """Return a name without "Ms", "Dr" and the like before it, and without the country that it belongs to."""
    owner = _POSSESSIVE.match(name)
    if owner is not None and owner.group(1).casefold() in country_names():
        name = name[owner.end() :]
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold().rstrip(".") in words.HONORIFICS:
        parts = parts[1:]
    return " ".join(parts)


def _short_for(acronym: str, before: str) -> str:
    """Return the name at the end of ``before`` whose letters an acronym has, in order; empty where there is none."""
    last = before.split()[-_BEFORE_BRACKETS:]
    for start in range(len(last) - 2, -1, -1):
        phrase = " ".join(last[start:]).lstrip('(“"‘')
        letters = iter(phrase.casefold())
        in_order = all(letter in letters for letter in acronym.casefold() if letter.isalnum())
        if phrase[:1] == acronym[:1] and in_order and not {",", ";", "("} & set(phrase):
            return phrase
    return ""


def _follows_preposition(text: str, name: NameWord) -> bool:
    before = regex.findall(r"[\p{L}\p{M}]+", text[max(0, name.start - 24) : name.start])[-2:]
    while before and before[-1].casefold() in words.OF:
        before.pop()
    return bool(before) and before[-1].casefold() in words.PLACE_PREPOSITIONS


def _join_acronyms(found: dict[str, Mentions], explained: Mapping[str, Mentions]) -> None:
    """Count an acronym with the name that it is short for; one that is short for none, and no body of the United
    Nations, may stand for anything."""
    for acronym, at in explained.items():
        full = found.setdefault(at.name, at)
        full.name, full.explained = f"{at.name} ({acronym})", True
        if (short := found.pop(acronym, None)) is not None:
            full.lines += short.lines
    for acronym in [name for name in found if _ACRONYM.fullmatch(name)]:
        if acronym.casefold() not in words.UN_BODIES:
            del found[acronym]


def _join_beginnings(found: dict[str, Mentions]) -> None:
    """Count a name with the only longer one that begins with it: "Corte Interamericana" and its full name.

    What is named more often is what it is called.
    """
    for name in [name for name in found if " " in name]:
        longer = [other for other in found if other.startswith(f"{name} ")]
        if len(longer) == 1:
            short, full = sorted((name, longer[0]), key=lambda one: len(found[one].lines))
            _add(found, short, full)


def _join_surnames(found: dict[str, Mentions]) -> None:
    """Count a name of one word with the only longer one that ends with it: "Lawlor" with "Mary Lawlor"."""
    longer: dict[str, list[str]] = defaultdict(list)
    for name in found:
        if len(parts := name.split()) > 1 and not any(part.casefold() in words.BODIES for part in parts):
            longer[parts[-1]].append(name)
    for last, names in longer.items():
        if len(names) == 1 and last in found and not _ACRONYM.fullmatch(last):
            _add(found, last, names[0])


def _add(found: dict[str, Mentions], name: str, to: str) -> None:
    other = found.pop(name)
    found[to].lines += other.lines
    found[to].places += other.places


def _is_somebody(one: Mentions, usual: Counter[str]) -> bool:
    """Return whether a name is that of a person or an organisation."""
    name = one.name.partition(" (")[0]
    parts = [part.casefold() for part in regex.findall(r"[\p{L}\p{M}\p{N}]+", name)]
    common = sum(bool(usual[part]) for part in parts if part not in words.OF_INSTITUTIONS)
    if any(part in words.INSTRUMENTS for part in parts) or one.places > _PLACE_SHARE * len(one.lines):
        return False
    if one.explained or len(parts) == 1:
        return one.explained or bool(_ACRONYM.fullmatch(name))
    if name.casefold() in country_names() or name.casefold() in gazetteer().cased:
        return False
    if any(part in words.BODIES for part in parts):
        if " ".join(part for part in parts if part not in words.BODIES) in gazetteer().cased:
            return False  # "Upper Nile State"
        return len(parts) > _GENERIC_WORDS or common < len(parts)
    # No institution by its words: a person's name has none that the report uses as common words.
    return not any(usual[part] for part in parts if part not in words.PARTICLES)


def _usual_words(texts: Sequence[str]) -> Counter[str]:
    """Return how often each word stands in small letters."""
    return Counter(_small(texts))


def _small(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from regex.findall(r"(?<![\p{L}\p{M}’'-])\p{Ll}[\p{L}\p{M}]*", text)
