"""Vectors of texts read alone: the layers that make them do not learn, so every text is read once and kept."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from encoder.onnx_model import batches_of_like_length, filled
from encoder.tokens import PAD
from evaluation.training.precision import autocast
from reader.network import Apart

_AT_ONCE = 2_048
"""Tokens of a batch."""
_MOST_KEPT = 8_000_000
"""Tokens: some 6 GB."""
Text = tuple[int, ...]
"""The tokens of a text with its marks."""


class Vectors:
    """Gives the network's upper layers what they take, without asking the lower ones twice."""

    def __init__(self, apart: Apart) -> None:
        """``apart`` is the network's first module."""
        self._apart = apart
        self._kept: dict[Text, Tensor] = {}
        self._tokens = 0

    def both(self, firsts: Sequence[Text], seconds: Sequence[Text]) -> dict[str, Tensor]:
        """Return pairs of texts as ``reader.network.Both`` says, without blanks between the two."""
        texts = dict.fromkeys([*firsts, *seconds])
        found = {text: self._kept[text] for text in texts if text in self._kept}
        found.update(self._read([text for text in texts if text not in found]))
        pairs = list(zip(firsts, seconds, strict=True))
        ids = torch.from_numpy(filled([(*first, *second) for first, second in pairs], PAD))
        seen = torch.zeros_like(ids)
        vectors = torch.zeros(*ids.shape, found[firsts[0]].shape[1], dtype=torch.bfloat16)
        for row, (first, second) in enumerate(pairs):
            middle, end = len(first), len(first) + len(second)
            vectors[row, :middle], vectors[row, middle:end] = found[first], found[second]
            seen[row, middle:end] = 1
        return {"vectors": vectors, "ids": ids, "second": seen}

    def _read(self, texts: Sequence[Text]) -> dict[Text, Tensor]:
        read: dict[Text, Tensor] = {}
        with torch.inference_mode(), autocast():
            for batch in batches_of_like_length([len(text) for text in texts], _AT_ONCE):
                ids = torch.from_numpy(filled([texts[index] for index in batch], PAD))
                vectors = self._apart.read(ids, (ids != PAD).long()).to(torch.bfloat16)
                for row, index in enumerate(batch):
                    read[texts[index]] = vectors[row, : len(texts[index])].clone()
        for text, own in read.items():
            if self._tokens < _MOST_KEPT:
                self._kept[text] = own
                self._tokens += len(text)
        return read
