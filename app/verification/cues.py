"""The words of a language that change what a sentence says: "not", "said", "allegedly".

They are in ``cues.toml``; a language is added by adding a table.
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


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's words. Phrases are matched with ``find_phrases``."""

    negators: frozenset[Phrase]
    negative_endings: tuple[str, ...]
    denials: frozenset[Phrase]
    """Words that deny what follows: "failed to", "refused"."""
    attribution: frozenset[Phrase]
    hedges: frozenset[Phrase]


@cache
def load_cues(language: str) -> Cues | None:
    """Return a language's cues (ISO 639-1 code); None where there are none."""
    data = _all().get(language)
    if data is None:
        return None
    stem = stemmer(language)

    def phrases(name: str) -> frozenset[Phrase]:
        return frozenset(filter(None, (_phrase(item, stem) for item in items(data[name]))))

    return Cues(
        phrases("negators"),
        tuple(items(data["negative_endings"])),
        phrases("denials"),
        phrases("attribution"),
        phrases("hedges"),
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


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("app.verification").joinpath("cues.toml").read_text(encoding="utf-8"))


def _phrase(item: str, stem: Callable[[str], str]) -> Phrase:
    exact = item.startswith("=")
    found = [fold(word) for word in WORD.findall(item)]
    return tuple((word if exact else stem(word), exact) for word in found)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have cues."""
    return tuple(sorted(_all()))
