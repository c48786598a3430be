"""Another reader, on the user's word: a sentence-transformers cross-encoder with entailment labels, or one score."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.errors import ReaderMissing
from encoder.offline import OFFLINE
from reader.pairs import as_premise
from reader.reader import Answering, Entailment, sort_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import CrossEncoder

_BATCH = 10
_LABELS = ("entail", "contradict", "neutral")
"""How the names of the three labels begin, in whatever order the model has them."""


class CrossEncoderReader:
    """A model of ``WHRD_READER``, loaded at first use. One with a single score says nothing of contradiction."""

    def __init__(self, folder: str) -> None:
        """``folder`` is that of the model: config.json, its tokenizer and weights."""
        self._folder = self.name = folder

    def entails(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Entailment]:
        """See ``Reader``; the premise comes first, as models of entailment are trained."""
        texts = [(as_premise(quotes), sentence) for sentence, quotes in pairs]
        rows, whole = self._scores(texts), map(self._fits, texts)
        if not self._columns:
            return [
                Entailment(float(row[0]), 0.0, 1 - float(row[0]), fits) for row, fits in zip(rows, whole, strict=True)
            ]
        entailed, contradicted, neutral = self._columns
        return [
            Entailment(float(row[entailed]), float(row[contradicted]), float(row[neutral]), fits)
            for row, fits in zip(rows, whole, strict=True)
        ]

    def _fits(self, texts: tuple[str, str]) -> bool:
        """Whether the model reads two texts to their ends."""
        most = self._model.max_seq_length or self._model.tokenizer.model_max_length
        return len(self._model.tokenizer(*texts, verbose=False)["input_ids"]) <= most

    def answers(self, question: str, passages: Sequence[str], before: Sequence[Sequence[str]] = ()) -> list[Answering]:
        """See ``Reader``; such a model names no span, and was not taught to judge a part of what it reads."""
        del before
        rows = self._scores([(question, passage) for passage in passages])
        column = self._columns[0] if self._columns else 0
        return [Answering(float(row[column]), None) for row in rows]

    def sorts(self, lines: Sequence[str], statements: Sequence[str]) -> list[list[float]]:
        """See ``Reader``."""
        return sort_by(self, lines, statements)

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return probabilities [pairs, labels]."""
        import numpy as np

        if not pairs:
            return np.zeros((0, 1), dtype=np.float32)
        softmax = bool(self._columns)
        found = self._model.predict(list(pairs), batch_size=_BATCH, apply_softmax=softmax, show_progress_bar=False)
        rows: NDArray[np.float32] = np.asarray(found, dtype=np.float32).reshape(len(pairs), -1)
        return rows

    @cached_property
    def _columns(self) -> tuple[int, ...]:
        """Where entailed, contradicted and neutral are among the model's labels; nothing with one score."""
        if self._model.num_labels == 1:
            return ()
        labels: dict[int, str] = getattr(self._model.config, "id2label", None) or {}
        names = {int(number): name.lower() for number, name in labels.items()}
        found = tuple(number for label in _LABELS for number, name in names.items() if name.startswith(label))
        if len(found) != len(_LABELS):
            raise ReaderMissing(
                f"WHRD_READER={self._folder}: its labels are {', '.join(names.values())}; needed are entailment,"
                " contradiction and neutral, or one score: unset it to use the reader that ships."
            )
        return found

    @cached_property
    def _model(self) -> CrossEncoder:
        os.environ.update(OFFLINE)
        if not (Path(self._folder) / "config.json").is_file():
            raise ReaderMissing(
                f"WHRD_READER={self._folder}: no cross-encoder in that folder (config.json is missing);"
                " unset it to use the reader that ships, or set it to none."
            )
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model: CrossEncoder = CrossEncoder(self._folder, device="cpu", local_files_only=True)
        return model
