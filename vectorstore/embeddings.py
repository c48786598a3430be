"""Turn sentences into vectors."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from encoder.e5_file import fetch_weights, find_weights
from encoder.errors import EmbedderMissing
from encoder.offline import OFFLINE
from vectorstore.onnx_embedder import E5, MINILM, OnnxEmbedder, e5_embedder, minilm_embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "E5",
    "MINILM",
    "OFFLINE",
    "Embedder",
    "OnnxEmbedder",
    "SentenceTransformerEmbedder",
    "fetch_embedder",
    "open_embedder",
]

_BATCH = 64
Progress = Callable[[int], None]


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What a library remembers it by: libraries of different embedders do not mix."""

    def load(self) -> None:
        """Load the model now: whoever is going to need it does not wait for it then."""

    def embed(self, texts: Sequence[str], on_progress: Progress | None = None) -> NDArray[np.float32]:
        """Return float32 [texts, dimensions], rows of length 1; ``on_progress`` gets the number done so far."""

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """Return float32 [dimensions] of length 1, to be compared with the rows of ``embed``."""


def open_embedder(name: str = "") -> Embedder:
    """Return the embedder called ``name``; it is loaded at first use.

    ``name`` is "multilingual-e5-small", "minilm", or the folder of a sentence-transformers model; "" is the first
    where `whrd setup` has fetched it, else the second. Nothing is downloaded here.
    """
    e5 = e5_embedder()
    if name == E5 or (not name and (e5.is_ready() or find_weights() is not None)):
        return e5
    return SentenceTransformerEmbedder(name) if name not in ("", MINILM) else minilm_embedder()


def fetch_embedder(name: str, on_step: Callable[[str], None]) -> None:
    """Download what the embedder ``name`` (as in ``open_embedder``) lacks; the one function that does.

    Raises:
        WeightsUnavailable: it could not be downloaded; with "" as name, ``open_embedder`` gives MiniLM until then.
    """
    if name in ("", E5) and not e5_embedder().is_ready() and find_weights() is None:
        on_step("downloading the multilingual language model (91 MB, once)")
        fetch_weights()


def _in_order_of_length(
    texts: Sequence[str],
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
    size: int,
    on_progress: Progress | None,
) -> NDArray[np.float32]:
    """Embed in batches of texts of like length, so that short ones are not padded to the longest."""
    import numpy as np

    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    rows = []
    for start in range(0, len(order), size):
        rows.append(embed([texts[index] for index in order[start : start + size]]))
        if on_progress is not None:
            on_progress(min(start + size, len(order)))
    vectors = np.empty((len(texts), rows[0].shape[1]), dtype=np.float32)
    vectors[order] = np.concatenate(rows)
    return vectors


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded at first use (some five CPU seconds)."""

    def __init__(self, folder: str) -> None:
        """``folder`` is that of a sentence-transformers model."""
        self.name = folder

    def load(self) -> None:
        """See ``Embedder``.

        Raises:
            EmbedderMissing: the model is not there.
        """
        _load(self.name)

    def embed(self, texts: Sequence[str], on_progress: Progress | None = None) -> NDArray[np.float32]:
        """See ``Embedder``.

        Raises:
            EmbedderMissing: the model is not there.
        """
        import numpy as np

        model = _load(self.name)
        if not texts:
            return np.zeros((0, model.get_embedding_dimension() or 0), dtype=np.float32)

        def encode(part: Sequence[str]) -> NDArray[np.float32]:
            rows: NDArray[np.float32] = model.encode_document(
                list(part), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            return rows

        return _in_order_of_length(texts, encode, _BATCH, on_progress)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """See ``Embedder``."""
        row: NDArray[np.float32] = _load(self.name).encode_query(
            [question], normalize_embeddings=True, show_progress_bar=False
        )[0]
        return row


@cache
def _load(name: str):  # type: ignore[no-untyped-def]  # the class is heavy to import, even for its type
    os.environ.update(OFFLINE)
    folder = Path(name)
    if not (folder / "modules.json").is_file():
        raise EmbedderMissing(
            f"WHRD_EMBEDDER={name}: no sentence-transformers model in that folder (modules.json is missing);"
            f" unset it to use {MINILM}."
        )
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
