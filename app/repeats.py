"""When does a line repeat another, and when does it only resemble one? One answer for all that chooses lines.

A repeat has the same words in the same order; case, marks of letters and punctuation aside. Sentences that differ in
one word are no repeats, however long they are: the word may be a "not", a number, a victim's or a culprit's name. They
are shown together, and where two reports cannot both be right, that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

import regex

from app.verification.cues import find_phrases, load_cues
from ingest.language.dates import calendar_words
from ingest.language.folding import UNSPACED, fold
from ingest.language.function_words import function_words
from ingest.language.number_words import number_words
from ingest.language.words import stemmer

_TOKEN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])-(?=\p{{N}})|\p{{N}}+(?:[.,]\p{{N}}+)*|[{UNSPACED}\p{{M}}]"
    r"|(?:[\p{L}\p{M}](?:'(?=t\b))?)+|[%‰]|\p{Sc}"
)
"""What must agree: words, numbers with their signs and units. Scripts without blanks are compared letter by letter."""
_ALIKE = 0.6
"""Share of the longer sentence's telling words, in order, that two sentences have in common when one is made like the
other: three of five for two victims of one deed. Other sentences of a report share a third."""
_FEWEST_SHARED = 2
_ENOUGH_SHARED = 3
"""Of this many shared words half of the longer sentence's are enough: a name and a trade may be three of six."""
_STEM = 5
"""Letters of a word that are compared: endings change with a "not"."""
_FEW_WORDS = 4
"""That stand in one another's place where two reports name different actors."""
_BY = frozenset(("by", "par", "por"))
"""Before whoever did it, an article aside."""
_OPPOSITE = ("un", "in", "im", "il", "ir", "dis", "non")
_YEARS = range(1900, 2100)

Key = tuple[str, ...]
Line = TypeVar("Line")


class Difference(StrEnum):
    """What two sentences that are otherwise alike disagree on."""

    NEGATION = "negation"
    NUMBER = "number"
    ACTOR = "actor"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Dispute:
    """What two sentences disagree on, and the words of each that do."""

    kind: Difference
    one: str
    other: str


@lru_cache(maxsize=8192)
def words_in_order(text: str) -> Key:
    """Return what must agree in a repeat of ``text``: its words, folded, in order."""
    return tuple(_TOKEN.findall(fold(text)))


def is_repeat(text: str, other: str) -> bool:
    """Return whether two lines have the same words in the same order."""
    return words_in_order(text) == words_in_order(other)


def is_alike(text: str, other: str) -> bool:
    """Return whether one line is made like the other, with other words in a few places, and is no repeat of it."""
    a, b = _telling(text), _telling(other)
    longer = max(len(a), len(b))
    fewest = max(_FEWEST_SHARED, min(_ALIKE * longer, max(_ENOUGH_SHARED, longer / 2)))
    if min(len(a), len(b)) < fewest:
        return False
    # The most that they can share in order; it spares nearly all pairs the comparison.
    most = len(a.different & b.different) + min(len(a) - len(a.different), len(b) - len(b.different))
    if most < fewest or words_in_order(text) == words_in_order(other):
        return False
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) >= fewest


@dataclass(frozen=True, slots=True)
class _Telling:
    """The beginnings of a sentence's telling words, in order: "did not shell" and "shelled" tell the same."""

    words: Key
    different: frozenset[str]

    def __len__(self) -> int:
        return len(self.words)


@lru_cache(maxsize=8192)
def _telling(text: str) -> _Telling:
    common = function_words("en")
    words = tuple(w[:_STEM] for w in words_in_order(text) if w not in common and not w.endswith("n't"))
    return _Telling(words, frozenset(words))


def dispute(text: str, other: str, language: str = "en", *, same_report: bool = False) -> Dispute | None:
    """Return what two lines disagree on; None where they may both be right, or are not alike.

    They disagree where one denies what the other says; where they give different numbers of the same, in the same
    words; and, in two reports, where they give different dates or name different actors. Within one report the latter
    are two events.

    Args:
        text: A line.
        other: Another one.
        language: Of both, ISO 639-1; negations and number words are known in some.
        same_report: Whether both are in one report.
    """
    if not is_alike(text, other):
        return None
    a, b = words_in_order(text), words_in_order(other)
    changes = [
        (a[i1:i2], b[j1:j2], i1)
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    mine, theirs = [w for one, _, _ in changes for w in one], [w for _, two, _ in changes for w in two]
    shown = " ".join(mine), " ".join(theirs)
    denials = _denials(a, language), _denials(b, language)
    if denials[0] != denials[1]:
        rest = [_content(words, denials[0] | denials[1], language) for words in (mine, theirs)]
        return Dispute(Difference.NEGATION, *shown) if rest[0] == rest[1] else None
    if len(mine) == len(theirs) == 1 and _is_opposite(mine[0], theirs[0]):
        return Dispute(Difference.NEGATION, *shown)
    kinds = {_kind(one, two, start, a, language) for one, two, start in changes}
    if len(kinds) != 1:
        return None
    (kind,) = kinds
    if kind is None or (same_report and kind is not Difference.NUMBER):
        return None
    return Dispute(kind, *shown)


def names_another(text: str, other: str, language: str = "en") -> bool:
    """Return whether ``other`` is made like ``text`` and has words of its own that are no number and no date.

    It is about another person, place or deed: a second victim. Other dates alone are a series, such as sessions.
    """
    if not is_alike(text, other):
        return False
    new = _content(words_in_order(other), frozenset(), language) - _content(words_in_order(text), frozenset(), language)
    stem = stemmer(language)
    numbers = {stem(w) for w in words_in_order(other) if _is_number(w, language) or _is_date(w, language)}
    return bool(new - numbers)


def group_repeats(lines: Iterable[tuple[Line, str]]) -> dict[Key, list[Line]]:
    """Return lines, given with their texts, by their words: those of one group repeat each other."""
    groups: dict[Key, list[Line]] = {}
    for line, text in lines:
        groups.setdefault(words_in_order(text), []).append(line)
    return groups


def _denials(words: Sequence[str], language: str) -> frozenset[str]:
    """Return the words that deny something."""
    cues = load_cues(language)
    if cues is None:
        return frozenset()
    stem = stemmer(language)
    pairs = [(word, stem(word)) for word in words]
    found = find_phrases(pairs, cues.negators) + find_phrases(pairs, cues.denials)
    denying = {word for start, end in found for word in words[start:end]}
    if cues.negative_endings:
        denying |= {word for word in words if word.endswith(cues.negative_endings)}
    return frozenset(denying) | frozenset(word for word in words if word.endswith("n't"))


def _content(words: Sequence[str], without: frozenset[str], language: str) -> frozenset[str]:
    """Return the stems of words that say something by themselves: "visit" of "did not visit" and of "visited"."""
    stem, common = stemmer(language), function_words(language)
    return frozenset(stem(word) for word in words if word not in without and word not in common)


def _kind(one: Sequence[str], two: Sequence[str], start: int, words: Sequence[str], language: str) -> Difference | None:
    """Return what is different where ``two`` stands in the place of ``one``, ``start`` words into the sentence."""
    if not one or not two:
        return None
    if all(_is_date(word, language) for word in (*one, *two)):
        return Difference.DATE
    if all(_is_number(word, language) for word in (*one, *two)):
        if any(_is_date(word, language) for word in (*one, *two)):
            return None  # another year, another number
        near = (*words[max(0, start - 1) : start], *words[start + len(one) : start + len(one) + 1])
        dated = any(word in calendar_words(language) for word in near)
        return Difference.DATE if dated else Difference.NUMBER
    leads = all(word in function_words(language) for word in words[:start])
    by = any(word in _BY for word in words[max(0, start - 2) : start])
    if max(len(one), len(two)) <= _FEW_WORDS and (leads or by):
        return Difference.ACTOR
    return None


def _is_opposite(word: str, other: str) -> bool:
    """Return whether one word is the other with a beginning that denies it: "unharmed"."""
    short, long = sorted((word, other), key=len)
    return any(long == beginning + short for beginning in _OPPOSITE)


def _is_number(word: str, language: str) -> bool:
    known = number_words(language)
    return word[:1].isdecimal() or word in known or word in ("-", "%", "no", "none", "dozens", "hundreds")


def _is_date(word: str, language: str) -> bool:
    return word in calendar_words(language) or (word.isdecimal() and int(word) in _YEARS)
