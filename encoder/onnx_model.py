"""Run an int8 ONNX model (see ``encoder.onnx_export``) with onnxruntime: texts in, vectors out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.tokens import open_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

MODEL, WEIGHTS = "model.int8.onnx", "weights.bin"
TOKENS_A_BATCH = 256
"""Measured from 64 to 8,192: more do not stay in a core's cache, fewer leave it idle."""
INPUTS = ["input_ids", "attention_mask"]
"""Token ids and mask, int64 [texts, tokens]."""


class OnnxModel:
    """An int8 model and its tokenizer, run on the processor. Safe to share between threads."""

    def __init__(self, folder: Path, most_tokens: int) -> None:
        """Load from ``folder``; ``most_tokens`` of a text are read."""
        self._session = open_session(folder)
        self._tokenizer = open_tokenizer(folder, most_tokens)

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Return float32 [texts, dimensions], rows of length 1; ``on_progress`` gets the number done so far."""
        import numpy as np

        tokens = self._tokenizer.cut(texts)
        if len(tokens) == 1:  # a question: no threads are started for it
            return self._run(tokens)
        batches = batches_of_like_length([len(ids) for ids in tokens], TOKENS_A_BATCH)

        def run(batch: list[int]) -> NDArray[np.float32]:
            return self._run([tokens[index] for index in batch])

        rows, done = [], 0
        with ThreadPoolExecutor(cores()) as pool:
            for batch, vectors in zip(batches, pool.map(run, batches), strict=True):
                rows.append(vectors)
                done += len(batch)
                if on_progress is not None:
                    on_progress(done)
        together = np.concatenate(rows)
        ordered = np.empty_like(together)
        ordered[[index for batch in batches for index in batch]] = together
        return ordered

    def _run(self, tokens: Sequence[list[int]]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._session.run(None, padded(tokens, self._tokenizer.padding))[0]
        return vectors


def open_session(folder: Path) -> InferenceSession:
    """Return the model in ``folder``, ready to run."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a batch and as many batches at once as there are cores: 1.4 times the sentences a second of one
    # batch over all cores.
    options.intra_op_num_threads = 1
    # Threads that spin while they wait make a busy machine crawl.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])


def padded(tokens: Sequence[Sequence[int]], padding: int) -> dict[str, NDArray[np.int64]]:
    """Return what a model takes: the ids of texts, filled up to the longest with ``padding``, and their mask."""
    import numpy as np

    ids = filled(tokens, padding)
    lengths = np.array([len(own) for own in tokens])
    mask = (np.arange(ids.shape[1]) < lengths[:, None]).astype(np.int64)
    return dict(zip(INPUTS, (ids, mask), strict=True))


def filled(tokens: Sequence[Sequence[int]], padding: int) -> NDArray[np.int64]:
    """Return ids [texts, tokens], every text filled up to the longest with ``padding``."""
    import numpy as np

    ids = np.full((len(tokens), max(map(len, tokens))), padding, dtype=np.int64)
    for row, own in enumerate(tokens):
        ids[row, : len(own)] = own
    return ids


def batches_of_like_length(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Return the indexes of ``lengths`` in batches, the long ones first.

    A batch padded to its longest member has at most ``budget`` tokens; a text longer than that is one by itself.
    """
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if not batches or (len(batches[-1]) + 1) * lengths[batches[-1][0]] > budget:
            batches.append([])
        batches[-1].append(index)
    return batches


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
