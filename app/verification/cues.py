"""The words of a language that change what a sentence says: "not", "allegedly", "because", "most", "at least".

They are in ``languages/CODE.toml``; a language is added by adding a file. A phrase is matched by the stems of its
words, or letter by letter where it begins with "=".
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.language.words import WORD, fold, items, stemmer

Phrase = tuple[tuple[str, bool], ...]
"""Words of a phrase: a stem, or (True) a word that must match letter by letter."""


@dataclass(frozen=True)
class Cues:
    """One language's words. Phrases are matched with ``find_phrases``."""

    language: str
    negators: frozenset[Phrase]
    negative_endings: tuple[str, ...]
    denials: frozenset[Phrase]
    """Words that deny what follows: "failed to", "refused"."""
    near_denials: frozenset[Phrase]
    """Words that may express a "not" of the quotes: "voted against", "absent"."""
    attribution: frozenset[Phrase]
    hedges: frozenset[Phrase]
    irrealis: frozenset[Phrase]
    """What was asked, planned or allowed rather than done."""
    cause: frozenset[Phrase]
    cause_loosely: frozenset[Phrase]
    """What is enough in a quote for a sentence to name a cause."""
    conditions: frozenset[Phrase]
    relative: frozenset[Phrase]
    """Times given relative to another time: "a year later"."""
    light: frozenset[str]
    """Verbs that say little by themselves: "took part", "put under"."""
    shells: frozenset[str]
    """Nouns and adverbs that refer to something said elsewhere: "the number of", "the reason for", "instead"."""
    phrasal: frozenset[str]
    """Stems of verbs after which "over" qualifies no number: "handed over eleven hostages"."""
    restrictions: frozenset[Phrase]
    """Words that make another thing of the next one: "deputy", "former", "draft"."""
    parts_of_time: frozenset[Phrase]
    ratio: frozenset[Phrase]
    duty: frozenset[Phrase]
    permission: frozenset[Phrase]
    pronouns: frozenset[str]
    causative: frozenset[str]
    """ "Officials *had* works removed": what comes before the participle is not who did it."""
    passive: frozenset[str]
    by: frozenset[str]
    prepositions: frozenset[str]
    joints: frozenset[str]
    """Words that begin a clause."""
    quantifiers: Mapping[str, frozenset[Phrase]]
    bounds: Mapping[str, frozenset[Phrase]]
    """Words before a number: "at least", "about"."""
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Stems of words that exclude each other."""
    contrasts: tuple[frozenset[str], ...]
    """Stems of words that are often taken for each other and are not the same: "charged", "convicted"."""
    synonyms: tuple[frozenset[str], ...]
    """Stems of words that may replace each other."""
    irregular_verbs: frozenset[str]
    verb_suffixes: tuple[str, ...]
    auxiliaries: frozenset[str]
    """Where a language has any, a participle without one, and without a passive, does not show who did it."""


def languages() -> tuple[str, ...]:
    """Return the codes of the languages whose wording can be checked."""
    folder = files("app.verification").joinpath("languages")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load_cues(language: str) -> Cues | None:
    """Return a language's cues (ISO 639-1 code); None where there is no file for it."""
    if language not in languages():
        return None
    data = tomllib.loads(
        files("app.verification").joinpath("languages", f"{language}.toml").read_text(encoding="utf-8")
    )
    stem = stemmer(language)

    def phrases(value: str) -> frozenset[Phrase]:
        return frozenset(filter(None, (_phrase(item, stem) for item in items(value))))

    def words(value: str) -> frozenset[str]:
        return frozenset(items(value))

    sides = (line.split("|") for line in data["opposites"]["pairs"].strip().splitlines())
    return Cues(
        language,
        phrases(data["negators"]),
        tuple(items(data["negative_endings"])),
        phrases(data["denials"]),
        phrases(data.get("near_denials", "")),
        phrases(data["attribution"]),
        phrases(data["hedges"]),
        phrases(data["irrealis"]),
        phrases(data["cause"]),
        phrases(data["cause_loosely"]),
        phrases(data["conditions"]),
        phrases(data["relative"]),
        words(data["light"]),
        words(data.get("shells", "")),
        _stems(data["phrasal"].replace(",", " "), stem),
        phrases(data["restrictions"]),
        phrases(data["parts_of_time"]),
        phrases(data["ratio"]),
        phrases(data["duty"]),
        phrases(data["permission"]),
        words(data["pronouns"]),
        words(data["causative"]),
        words(data["passive"]),
        words(data["by"]),
        words(data["prepositions"]),
        words(data["joints"]),
        {name: phrases(value) for name, value in data["quantifiers"].items()},
        {name: phrases(value) for name, value in data["bounds"].items()},
        tuple((_stems(one, stem), _stems(other, stem)) for one, other in sides),
        tuple(_stems(line, stem) for line in data.get("contrasts", {"groups": ""})["groups"].strip().splitlines()),
        tuple(_stems(line, stem) for line in data["synonyms"]["groups"].strip().splitlines()),
        words(data["verbs"]["irregular"]),
        tuple(items(data["verbs"]["suffixes"])),
        words(data["verbs"]["auxiliaries"]),
    )


def find_phrases(words: Sequence[tuple[str, str]], phrases: Iterable[Phrase]) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` of every phrase among ``words``, which are ``(folded word, stem)``."""
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0][0], []).append(phrase)
    found = []
    for index, (folded, stem) in enumerate(words):
        for phrase in sorted({*by_first.get(folded, ()), *by_first.get(stem, ())}):  # in one order in every run
            part = words[index : index + len(phrase)]
            if len(part) == len(phrase) and all(
                (word == wanted) if exact else wanted in (word, own)
                for (word, own), (wanted, exact) in zip(part, phrase, strict=True)
            ):
                found.append((index, index + len(phrase)))
    return found


def _phrase(item: str, stem: Callable[[str], str]) -> Phrase:
    exact = item.startswith("=")
    found = [fold(word) for word in WORD.findall(item)]
    return tuple((word if exact else stem(word), exact) for word in found)


def _stems(side: str, stem: Callable[[str], str]) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in side.split())
