"""Run the reader's int8 ONNX models with onnxruntime: pairs of texts in, scores and spans out. No torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.onnx_model import cores, open_session, padded
from encoder.tokens import PAD
from reader.kept import Kept
from reader.pairs import lay_out
from reader.texts import Cut, Texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

APART, TOGETHER = "apart", "together"
"""Folders of the two models."""
BOTH = ["vectors", "ids", "second"]
"""What the second takes: see ``reader.network.Both``."""
_MOST_KEPT = 64_000_000
"""Bytes of vectors of texts that were read alone: some 230 passages of 180 tokens."""
_LONGEST_ANSWER = 40
"""Tokens of a span."""
Text = tuple[int, ...]
"""The tokens of a text with its marks."""


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
        """Load the models and their vocabulary from ``folder``."""
        self._apart, self._together = open_session(folder / APART), open_session(folder / TOGETHER)
        self.texts = Texts(folder)
        # One for all who ask: more threads than cores take each other's place in the cores' caches.
        self._pool = ThreadPoolExecutor(cores(), thread_name_prefix="read")
        self._alone: Kept[Text, NDArray[np.float32]] = Kept(_MOST_KEPT, lambda vectors: vectors.nbytes)

    def read(self, firsts: Sequence[Sequence[int]], seconds: Sequence[Sequence[int]]) -> list[Read]:
        """Return what the network says of every pair of texts, given as tokens.

        Each text is read alone once, and not again while its vectors are kept: that is two thirds of the work, and
        other questions find the same passages.

        One at a time, on as many cores as there are: int8 values have their scale from all that is read at once, so
        that a judgement would depend on what else was asked.
        """
        laid = [_marked(first, second) for first, second in zip(firsts, seconds, strict=True)]
        texts = list(dict.fromkeys(text for pair in laid for text in pair))
        read = self._alone.all(texts, lambda missing: list(self._pool.map(self._read_alone, missing)))
        alone = dict(zip(texts, read, strict=True))
        return list(self._pool.map(lambda pair: self._read_together(pair[0], pair[1], alone), laid))

    def _read_alone(self, text: Text) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._apart.run(None, padded([text], PAD))[0][0]
        return vectors

    def _read_together(self, first: Text, second: Text, alone: Mapping[Text, NDArray[np.float32]]) -> Read:
        import numpy as np

        vectors = np.concatenate([alone[first], alone[second]])
        ids = np.array([*first, *second])
        seconds = np.arange(len(ids)) >= len(first)
        given = (vectors, ids, seconds.astype(np.int64))
        scores, spans = self._together.run(None, {name: one[None] for name, one in zip(BOTH, given, strict=True)})
        return Read(scores[0], spans[0, len(first) + 1 : -1])


def _marked(first: Sequence[int], second: Sequence[int]) -> tuple[Text, Text]:
    own, theirs = lay_out(first, second)
    return tuple(own), tuple(theirs)


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
