"""A small real embedder: words hashed into a few dimensions. Quick, and different from MiniLM by name and size."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


class WordEmbedder:
    """Counts of hashed words, scaled to length 1."""

    def __init__(self, name: str = "words", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions

    def load(self) -> None:
        """There is nothing to load."""

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.1  # so that a text without a word has a direction as well
            for word in re.findall(r"\w+", text.casefold()):
                row[zlib.crc32(f"{self.name} {word}".encode()) % self.dimensions] += 1
        if on_progress is not None:
            on_progress(len(texts))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def embed_question(self, question: str) -> NDArray[np.float32]:
        return self.embed([question])[0]


class RememberingEmbedder(WordEmbedder):
    """Keeps a list of the texts that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        self.texts += texts
        return super().embed(texts, on_progress)
