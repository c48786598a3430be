"""How two texts are laid out for the network: ``<s> question or sentence </s>`` and ``<s> passage or quotes </s>``."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.tokens import BEGIN, END

MOST_FIRST, MOST_SECOND = 96, 240
"""Tokens of a question or sentence, and of a passage or quotes, that are read."""
MARKS = 2
"""Tokens that mark a text's beginning and end."""
BETWEEN_QUOTES = " … "
"""What parts several quotes that are read as one text."""

BEFORE = " ← "
"""What parts a sentence from what stands before it: one token of the vocabulary, and rare."""
MOST_BEFORE = 300
"""Characters before a sentence that are read with it."""


def lay_out(first: Sequence[int], second: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the tokens of a pair's two texts with their marks; what is too long loses its end."""
    return [BEGIN, *first[:MOST_FIRST], END], [BEGIN, *second[:MOST_SECOND], END]


def fits(first: Sequence[int], second: Sequence[int]) -> bool:
    """Return whether neither text loses its end when it is laid out."""
    return len(first) <= MOST_FIRST and len(second) <= MOST_SECOND


def as_premise(quotes: Sequence[str]) -> str:
    """Return quotes as the one text that they are read as: their order changes nothing."""
    return BETWEEN_QUOTES.join(sorted(set(quotes)))


def in_context(sentence: str, before: Sequence[str]) -> str:
    """Return a sentence with the sentences that stand ``before`` it (the nearest last), as one text.

    The sentence comes first: it is the one that is judged. Without what is before it, nobody knows who "she" is.
    """
    kept: list[str] = []
    for other in reversed(before):
        if kept and sum(map(len, kept)) + len(other) > MOST_BEFORE:
            break
        kept.insert(0, other[-MOST_BEFORE:])
    return sentence + BEFORE + " ".join(kept) if kept else sentence
