"""Texts as the network reads them, with the places of answers among the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from reader.pairs import lay_out


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs of texts as tokens with their marks."""

    first: tuple[tuple[int, ...], ...]
    second: tuple[tuple[int, ...], ...]
    offsets: tuple[tuple[tuple[int, int], ...], ...]
    """Of each pair's second text: where each token's characters begin and end, those not read among them."""

    def spans(self, labels: Tensor) -> Tensor:
        """Return the first and last token [pairs, 2] of answers given in characters [pairs, 3]; -1 where none is.

        Tokens are counted over both texts, one directly after the other.
        """
        wanted = []
        for row, (_, start, end) in enumerate(labels.tolist()):
            begins, own = len(self.first[row]) + 1, self.offsets[row][: len(self.second[row]) - 2]
            read = [place for place, (left, right) in enumerate(own) if start >= 0 and left < end and right > start]
            whole = bool(read) and own[read[-1]][1] >= end
            wanted.append([begins + read[0], begins + read[-1]] if whole else [-1, -1])
        return torch.tensor(wanted)


class Tokens:
    """Cuts pairs of texts."""

    def __init__(self, embedder: Path) -> None:
        """``embedder`` is the embedder's folder, with tokenizer.json."""
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(embedder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, without marks."""
        return [len(one.ids) for one in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def rows(self, first: Sequence[str], second: Sequence[str]) -> Rows:
        """Return the pairs of ``first`` and ``second``."""
        own = self._tokenizer.encode_batch(list(first), add_special_tokens=False)
        theirs = self._tokenizer.encode_batch(list(second), add_special_tokens=False)
        laid = [lay_out(a.ids, b.ids) for a, b in zip(own, theirs, strict=True)]
        return Rows(
            tuple(tuple(a) for a, _ in laid), tuple(tuple(b) for _, b in laid), tuple(tuple(b.offsets) for b in theirs)
        )
