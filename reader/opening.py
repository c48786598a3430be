"""Open the reader that a setting names: the one that ships, another, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from filelock import FileLock

from encoder import e5_file, e5_weights
from encoder.errors import ReaderMissing
from encoder.offline import OFFLINE
from encoder.onnx_model import MODEL
from encoder.tokens import PIECES
from reader.onnx_reader import TOGETHER
from reader.reader import ModelReader, Reader
from reader.weights import SHA256, shipped

NONE = "none"
"""The name that turns reading off."""
_LAYOUT = 2
"""Version of the files in the cache folder; a model of another version is made again."""


def open_reader(name: str = "") -> Reader | None:
    """Return a reader; it is loaded, and the shipped one is made where it is missing, at first use.

    Args:
        name: "" for the one that ships, "none" for none, or the folder of a sentence-transformers cross-encoder.

    Returns:
        None where reading is turned off, or where the weights of the embedder, of which the shipped one is made, were
        not fetched yet: then everything says what is not checked.
    """
    if name.strip().lower() == NONE:
        return None
    if name:
        from reader.cross_encoder import CrossEncoderReader

        return CrossEncoderReader(name)
    return _shipped() if is_ready() or e5_file.find_weights() is not None else None


def is_ready() -> bool:
    """Return whether the shipped reader was made already."""
    return (shipped_folder() / TOGETHER / MODEL).is_file()


def prepare(on_step: Callable[[str], None] | None = None) -> None:
    """Make the shipped reader where it is missing: about a minute, once. ``on_step`` gets a description of each step.

    Raises:
        ReaderMissing: the weights are not there, or not the right ones.
    """
    report, folder = on_step or (lambda step: None), shipped_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if is_ready():
            return
        os.environ.update(OFFLINE)
        source, weights = e5_file.find_weights(), shipped()
        if source is None:
            raise ReaderMissing("The model that reads is not set up: run `whrd setup` when connected.")
        from reader.export import export

        with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
            work = Path(temporary)
            report("making the model that reads small and fast (once, about a minute)")
            e5_weights.unpack(source, work / "embedder")
            made = work / "made"
            made.mkdir()
            export(work / "embedder", weights, work, made)
            (work / "embedder" / PIECES).replace(made / PIECES)
            made.replace(folder)


def shipped_folder() -> Path:
    """Return the folder of the shipped reader, in the user's cache folder."""
    return e5_file.models_folder() / f"reader-{SHA256[:8]}-{_LAYOUT}"


@cache
def _shipped() -> Reader:
    from reader.onnx_reader import OnnxReader

    def load() -> OnnxReader:
        prepare()
        return OnnxReader(shipped_folder())

    return ModelReader(load, SHA256[:8])
