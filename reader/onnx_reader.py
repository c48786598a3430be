"""Run the reader's int8 ONNX model with onnxruntime: pairs of texts in, scores and spans out. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.onnx_model import TOKENS_A_BATCH, batches_of_like_length, cores, open_session, padded
from reader.pairs import PAD, lay_out
from reader.texts import Cut, Texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST_ANSWER = 40
"""Tokens of a span."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the network says of one pair, before softmax.

    Scores [4] and, for the tokens of the second text, spans [tokens, 2].
    """

    scores: NDArray[np.float32]
    spans: NDArray[np.float32]


class OnnxReader:
    """The network, run on the processor. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load the model and its vocabulary from ``folder``."""
        self._session = open_session(folder)
        self.texts = Texts(folder)

    def read(self, firsts: Sequence[Sequence[int]], seconds: Sequence[Sequence[int]]) -> list[Read]:
        """Return what the network says of every pair of texts, given as tokens."""
        laid = [lay_out(first, second) for first, second in zip(firsts, seconds, strict=True)]
        batches = batches_of_like_length([len(row) for row, _ in laid], TOKENS_A_BATCH)
        found: dict[int, Read] = {}
        if len(batches) <= 1:
            for batch in batches:
                found.update(self._run(batch, laid))
        else:
            with ThreadPoolExecutor(cores()) as pool:
                for some in pool.map(lambda batch: self._run(batch, laid), batches):
                    found.update(some)
        return [found[index] for index in range(len(laid))]

    def _run(self, batch: Sequence[int], laid: Sequence[tuple[list[int], int]]) -> dict[int, Read]:
        scores, spans = self._session.run(None, padded([laid[index][0] for index in batch], PAD))
        return {
            index: Read(scores[row], spans[row, laid[index][1] : len(laid[index][0]) - 1])
            for row, index in enumerate(batch)
        }


def best_span(spans: NDArray[np.float32], cut: Cut) -> tuple[int, int] | None:
    """Return the characters of the likeliest answer; None of an empty text."""
    import numpy as np

    if not len(spans):
        return None
    last = np.triu(np.ones((len(spans), len(spans)), dtype=bool)) & ~np.triu(
        np.ones((len(spans), len(spans)), dtype=bool), _LONGEST_ANSWER
    )
    together = np.where(last, spans[:, :1] + spans[:, 1], -np.inf)
    start, end = np.unravel_index(int(together.argmax()), together.shape)
    return cut.place(int(start), int(end))
