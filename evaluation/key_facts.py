"""Whether cited sentences contain a key fact: pure functions, for every language, with no model to judge.

A fact is written in other words than the report. It counts as covered when

- its evidence does: four fifths of the characters that the set names as its place are quoted; or
- its words do: one cited sentence, or two that are next to each other in the report, hold every number and every name
  of the fact, what it begins with, and half of its other words. That is how a report may say the same on another page.
  (A fact begins with what it is about. Without that, "Chhaupadi continued despite a law against it" was covered by a
  line on witchcraft, "despite a law against" it.)

Both err. The evaluation prints what is covered and what is missed, so that a person can disagree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.spans import CharacterSpan, recall

_EVIDENCE_SHARE = 0.8
_WORD_SHARE = 0.5
_STEM = 5
_INITIALS = re.compile(r"\b((?:[A-ZÀ-Þ]\.\s?)+[A-ZÀ-Þ])\.?(?=\W|$)")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 20 + 10 * index for index, word in enumerate(_TENS.split())
}
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS.split())})[\s-]({'|'.join(_UNITS.split()[1:10])})\b", re.IGNORECASE)
_STOP_WORDS = frozenset(
    "a an the of in on at to for from by with and or but not no is are was were be been being had has have do does did"
    " that which who this these those it its they their them her his she he as than then also about into over under"
    " between during after before same more most about times percent per cent there".split()
)


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of a summary and the places of the report that it quotes, in reading order."""

    text: str
    spans: tuple[CharacterSpan, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What of a text is compared: numbers, names, and the beginnings of its other words."""

    numbers: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


def wording(text: str) -> Wording:
    """Return the wording of ``text``; numbers in words count as numbers, "A. J." is one name."""
    text = _INITIALS.sub(lambda match: re.sub(r"\W", "", match.group(1)), text)
    text = _COMPOUND.sub(lambda match: str(_NUMBERS[match.group(1).lower()] + _NUMBERS[match.group(2).lower()]), text)
    numbers, names, words = set(), set(), set()
    for match in _TOKEN.finditer(text):
        token, folded = match.group(), match.group().casefold()
        if token[0].isdigit():
            numbers.add(token.rstrip(".,").replace(",", ""))
        elif folded in _NUMBERS and folded != "one":  # "one" is more often a pronoun than a count
            numbers.add(str(_NUMBERS[folded]))
        elif token[0].isupper() and (match.start() > 0 or token[1:].isupper()):
            names.add(folded)
        elif folded not in _STOP_WORDS:
            words.add(folded[:_STEM])
    return Wording(frozenset(numbers), frozenset(names), frozenset(words))


def says(fact: str, text: str) -> bool:
    """Return whether ``text`` holds all numbers and names of ``fact``, its first word, and half of its other words."""
    wanted, held = wording(fact), wording(text)
    named = {name[:_STEM] for name in held.names}
    words = held.words | named
    return (
        _begins_with(fact) <= words
        and wanted.numbers <= held.numbers
        and all(name in held.names or name[:_STEM] in words for name in wanted.names)
        and len(wanted.words & words) >= _WORD_SHARE * len(wanted.words)
    )


def _begins_with(fact: str) -> frozenset[str]:
    """Return the beginning of the first word of ``fact`` that is no number and says something; empty without one."""
    tokens = (match.group().casefold() for match in _TOKEN.finditer(_INITIALS.sub("", fact)))
    first = next((t for t in tokens if not t[0].isdigit() and t not in _STOP_WORDS and t not in _NUMBERS), "")
    return frozenset({first[:_STEM]} - {""})


def is_covered(fact: str, evidence: Sequence[CharacterSpan], sentences: Sequence[CitedSentence]) -> bool:
    """Return whether the sentences cover a fact, whose evidence is at ``evidence`` (empty: not located)."""
    shown = [span for sentence in sentences for span in sentence.spans]
    if evidence and recall(shown, evidence) >= _EVIDENCE_SHARE:
        return True
    return any(says(fact, text) for text in _windows(sentences))


def repetition(sentences: Sequence[CitedSentence], share: float = 0.6) -> float:
    """Return the share of sentences whose wording repeats an earlier one's (Jaccard index above ``share``)."""
    seen: list[frozenset[str]] = []
    repeated = 0
    for sentence in sentences:
        found = wording(sentence.text)
        own = found.numbers | found.names | found.words
        repeated += any(len(own & other) > share * len(own | other) for other in seen)
        seen.append(own)
    return repeated / len(sentences) if sentences else 0.0


def _windows(sentences: Sequence[CitedSentence], gap: int = 20) -> list[str]:
    """Return every sentence, and every two that follow each other on a page with at most ``gap`` characters between."""
    first = ((sentence.spans[0], sentence) for sentence in sentences if sentence.spans)
    placed = [s for _, s in sorted(first, key=lambda pair: (pair[0].document, pair[0].page or 0, pair[0].start))]
    pairs = pairwise(placed)
    joined = [
        f"{one.text} {other.text}"
        for one, other in pairs
        if one.spans[-1].place == other.spans[0].place and 0 <= other.spans[0].start - one.spans[-1].end <= gap
    ]
    return [*(sentence.text for sentence in sentences), *joined]
