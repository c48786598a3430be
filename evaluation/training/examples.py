"""What the reader learns from: entailment pairs, questions with passages, and ranked passages."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

LABELS = ("entailed", "contradicted", "neutral", "not_entailed")
"""The last is what sets of two labels have: contradicted or neutral."""
_HELD_OUT_EVERY = 25
"""One group in so many is kept for measuring."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and what it is held against; ``label`` is a place in ``LABELS``."""

    sentence: str
    premise: str
    label: int
    source: str
    group: str
    language: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and a passage. ``start`` is -1 where the passage has no words that are the answer."""

    question: str
    passage: str
    answerable: bool
    start: int
    end: int
    source: str
    group: str
    language: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question, and passages of which the first one answers."""

    question: str
    passages: tuple[str, ...]
    source: str
    group: str
    language: str


Example = Pair | Question | Ranking
E = TypeVar("E", Pair, Question, Ranking)


@dataclass(frozen=True, slots=True)
class Data:
    """All examples, without those held out, or these alone."""

    pairs: list[Pair]
    questions: list[Question]
    rankings: list[Ranking]


def held_out(example: Example) -> bool:
    """Return whether the example's group is kept for measuring: the same on every machine."""
    return blake2b(example.group.encode(), digest_size=4).digest()[0] % _HELD_OUT_EVERY == 0
