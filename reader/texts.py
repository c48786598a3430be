"""Texts as tokens, and tokens as places in texts again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import regex

from encoder.tokens import PIECES, Pieces
from reader.pairs import MOST_SECOND

_WORD = regex.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as tokens. A word's tokens stand together: no piece of the vocabulary goes over a blank."""

    ids: list[int]
    ends: list[int]
    """For every word, how many tokens there are up to its end."""
    words: list[tuple[int, int]]
    """Where in the text, in characters, each word begins and ends."""

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of the words that hold the tokens ``first`` to ``last``."""
        words = (bisect_right(self.ends, first), bisect_right(self.ends, last))
        return self.words[words[0]][0], self.words[words[1]][1]


class Texts:
    """Cuts texts with XLM-RoBERTa's vocabulary."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds ``pieces.model``."""
        self._pieces = Pieces(folder / PIECES, MOST_SECOND)

    def cut(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of every text, without marks."""
        return self._pieces.plain(texts)

    def cut_words(self, text: str) -> Cut:
        """Return the tokens of a text with their places."""
        words = [found.span() for found in _WORD.finditer(text)]
        pieces = self._pieces.plain([text[start:end] for start, end in words]) if words else []
        return Cut([number for own in pieces for number in own], list(accumulate(map(len, pieces))), words)
