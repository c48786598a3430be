"""How two English words are related: one family, synonyms, a wider word, a narrower one, opposites. WordNet 3.0.

The table is made by ``data/wordnet/build.py``. It is read when the first word asks for it (about a tenth of a
second), not before: an answer of verbatim sentences never asks.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_ENDINGS = {
    "n": (("ies", "y"), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("s", "")),
    "v": (
        *(("ies", "y"), ("ied", "y"), ("es", "e"), ("es", ""), ("s", "")),
        *(("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")),
    ),
    "a": (("er", ""), ("est", ""), ("er", "e"), ("est", "e"), ("ier", "y"), ("iest", "y")),
    "r": (),
}
_DOUBLED = ("ed", "ing")
_WIDER = 2
"""Steps up that a word may be wider: "nurse", "health worker", "worker"."""


@dataclass(frozen=True)
class Lexicon:
    """The table: senses of words, the senses above each, families, opposites and irregular forms."""

    senses: dict[str, list[int]]
    words: list[frozenset[str]]
    above: list[tuple[int, ...]]
    parts: list[str]
    families: dict[str, frozenset[str]]
    opposites: dict[str, frozenset[str]]
    irregular: dict[str, frozenset[str]]


@cache
def load() -> Lexicon:
    """Read the table."""
    packed = files("app.verification").joinpath("languages", "en.wordnet.gz").read_bytes()
    blocks = gzip.decompress(packed).decode().split("\n\n")
    senses: dict[str, list[int]] = defaultdict(list)
    words, above, parts = [], [], []
    for number, line in enumerate(blocks[0].splitlines()):
        head, _, higher = line.partition("|")
        part, *own = head.split()
        for word in own:
            senses[word].append(number)
        words.append(frozenset(own))
        above.append(tuple(map(int, higher.split())))
        parts.append(part)
    irregular = defaultdict(set)
    for line in blocks[3].splitlines():
        _, form, lemma = line.split()
        irregular[form].add(lemma)
    return Lexicon(
        dict(senses),
        words,
        above,
        parts,
        _pairs(blocks[1]),
        _pairs(blocks[2]),
        {form: frozenset(lemmas) for form, lemmas in irregular.items()},
    )


def _pairs(block: str) -> dict[str, frozenset[str]]:
    found = defaultdict(set)
    for line in block.splitlines():
        one, other = line.split()
        found[one].add(other)
        found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=8192)
def lemmas(word: str) -> frozenset[str]:
    """Return the dictionary forms that a folded word may have; none for a word that is not in the table."""
    table = load()
    found = set(table.irregular.get(word, ()))
    if word in table.senses:
        found.add(word)
    for part, endings in _ENDINGS.items():
        for ending, restored in endings:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                bare = word.removesuffix(ending) + restored
                shapes = [bare]
                if ending in _DOUBLED and not restored and bare[-1] == bare[-2:-1]:
                    shapes.append(bare[:-1])
                found |= {
                    shape
                    for shape in shapes
                    if any(table.parts[sense] == part for sense in table.senses.get(shape, ()))
                }
    return frozenset(found)


@lru_cache(maxsize=8192)
def family(word: str) -> frozenset[str]:
    """Return the dictionary forms of a word and the words derived from them: "threat", "threaten"."""
    table = load()
    own = lemmas(word)
    return own | {other for lemma in own for other in table.families.get(lemma, ())}


@lru_cache(maxsize=8192)
def synonyms(word: str) -> frozenset[str]:
    """Return the words of one sense with a word, or with one of its family."""
    table = load()
    return frozenset(
        other for kin in family(word) for sense in table.senses.get(kin, ()) for other in table.words[sense]
    )


@lru_cache(maxsize=8192)
def wider(word: str) -> frozenset[str]:
    """Return the words for what a word is a kind of: "worker" of "nurse"."""
    table = load()
    level = {sense for lemma in lemmas(word) for sense in table.senses.get(lemma, ())}
    found: set[int] = set()
    for _ in range(_WIDER):
        level = {higher for sense in level for higher in table.above[sense]}
        found |= level
    return frozenset(other for sense in found for other in table.words[sense])


@lru_cache(maxsize=8192)
def opposites(word: str) -> frozenset[str]:
    """Return the words that WordNet calls opposites of a word."""
    table = load()
    return frozenset(other for lemma in lemmas(word) for other in table.opposites.get(lemma, ()))


def same(one: str, other: str) -> bool:
    """Return whether two folded words are of one family, or synonyms."""
    if family(one) & family(other):
        return True
    return bool(synonyms(one) & lemmas(other) or synonyms(other) & lemmas(one))


@lru_cache(maxsize=65536)
def near(one: str, other: str) -> bool:
    """Return whether two folded words, or words derived from them, share a sense and are no opposites."""
    if opposites(one) & lemmas(other) or opposites(other) & lemmas(one):
        return False
    return bool(_senses(one) & _senses(other))


@lru_cache(maxsize=8192)
def _senses(word: str) -> frozenset[int]:
    table = load()
    return frozenset(sense for kin in family(word) for sense in table.senses.get(kin, ()))
