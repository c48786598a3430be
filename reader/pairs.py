"""How two texts are laid out as one row of tokens: ``<s> question or sentence </s></s> passage or quotes </s>``."""

from __future__ import annotations

from collections.abc import Sequence

BEGIN, PAD, END = 0, 1, 2
MOST_FIRST = 96
"""Tokens of a question or sentence that are read."""
MOST_TOKENS = 256
"""Tokens of both texts and the marks between them."""
_MARKS = 4
BETWEEN_QUOTES = " … "
"""What parts several quotes that are read as one text."""


def lay_out(first: Sequence[int], second: Sequence[int], most: int = MOST_TOKENS) -> tuple[list[int], int]:
    """Return the tokens of a pair, and where the second text begins among them; both texts lose what is too much."""
    first = first[:MOST_FIRST]
    row = [BEGIN, *first, END, END]
    return [*row, *second[: most - _MARKS - len(first)], END], len(row)


def as_premise(quotes: Sequence[str]) -> str:
    """Return quotes as the one text that they are read as: their order changes nothing."""
    return BETWEEN_QUOTES.join(sorted(set(quotes)))
