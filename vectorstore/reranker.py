"""The second stage: a cross-encoder reads question and passage together, and reorders the best passages.

Retrieve and re-rank, as sentence-transformers' documentation describes it (Nogueira & Cho 2019). None by default: no
cross-encoder's weights come in a package, and nothing is downloaded. See docs/retrieval.md.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from encoder.errors import RerankerMissing
from encoder.offline import OFFLINE
from vectorstore.fusion import ranked

READ_AGAIN = 20
"""Passages that the second stage reads: a cross-encoder takes some 50 ms for each on one core."""
_BATCH = 10


class Reranker(Protocol):
    """Anything that scores how well a text answers a question."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return a score for every text; higher is better; scores compare within one call only."""


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder, loaded at first use."""

    def __init__(self, folder: str) -> None:
        """``folder`` is that of the model: config.json, its tokenizer and weights."""
        self._folder = folder

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """See ``Reranker``.

        Raises:
            RerankerMissing: no cross-encoder with one score is in the folder.
        """
        pairs = [(question, text) for text in texts]
        return [
            float(score) for score in _load(self._folder).predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        ]


def open_reranker(folder: str) -> Reranker | None:
    """Return the second stage; None, the default, where no folder is named. It is loaded at first use."""
    return CrossEncoderReranker(folder) if folder else None


def rerank(
    reranker: Reranker, question: str, texts: Mapping[int, str], scores: Mapping[int, float]
) -> dict[int, float]:
    """Return ``scores`` (of passages by id) with those of the best passages reassigned in the second stage's order.

    The numbers stay the same, so that later steps (the sentences' scores, the distance to the passages below) work
    with or without a second stage.
    """
    best = ranked(scores)[:READ_AGAIN]
    if len(best) < 2:
        return dict(scores)
    again = dict(zip(best, reranker.score(question, [texts[number] for number in best]), strict=True))
    order = sorted(best, key=lambda number: (-again[number], best.index(number)))
    return {**scores, **{number: scores[place] for number, place in zip(order, best, strict=True)}}


@cache
def _load(name: str):  # type: ignore[no-untyped-def]  # the class is heavy to import, even for its type
    os.environ.update(OFFLINE)
    folder = Path(name)
    missing = f"WHRD_RERANKER={name}: no cross-encoder in that folder"
    if not (folder / "config.json").is_file():
        raise RerankerMissing(f"{missing} (config.json is missing); unset it to do without.")
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    if model.num_labels != 1:
        raise RerankerMissing(f"{missing} that gives one score a pair (it gives {model.num_labels}); unset it.")
    return model
