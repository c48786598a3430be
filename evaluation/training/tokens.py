"""Texts as the network reads them, with the places of answers among the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from reader.pairs import PAD, lay_out


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs of texts as tokens: ids and mask [pairs, tokens]."""

    ids: Tensor
    mask: Tensor
    offsets: tuple[tuple[tuple[int, int], ...], ...]
    """Of each pair's second text: where each token's characters begin and end."""
    begins: tuple[int, ...]
    """Where each pair's second text begins among the tokens."""

    def features(self) -> dict[str, Tensor]:
        """Return what the network takes."""
        return {"input_ids": self.ids, "attention_mask": self.mask}

    def spans(self, labels: Tensor) -> Tensor:
        """Return the first and last token [pairs, 2] of answers given in characters [pairs, 3]; -1 where none is."""
        wanted = []
        for row, (_, start, end) in enumerate(labels.tolist()):
            read = [
                self.begins[row] + place
                for place, (left, right) in enumerate(self.offsets[row])
                if start >= 0 and left < end and right > start and self.begins[row] + place < self.ids.shape[1] - 1
            ]
            whole = bool(read) and self.offsets[row][read[-1] - self.begins[row]][1] >= end
            wanted.append([read[0], read[-1]] if whole else [-1, -1])
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
        """Return the pairs of ``first`` and ``second``, padded to the longest."""
        own = self._tokenizer.encode_batch(list(first), add_special_tokens=False)
        theirs = self._tokenizer.encode_batch(list(second), add_special_tokens=False)
        laid = [lay_out(a.ids, b.ids) for a, b in zip(own, theirs, strict=True)]
        ids = torch.full((len(laid), max(len(row) for row, _ in laid)), PAD)
        mask = torch.zeros_like(ids)
        for index, (row, _) in enumerate(laid):
            ids[index, : len(row)] = torch.tensor(row)
            mask[index, : len(row)] = 1
        return Rows(ids, mask, tuple(tuple(one.offsets) for one in theirs), tuple(begin for _, begin in laid))
