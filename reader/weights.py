"""The reader's weights as they ship: int8 with a scale for every row, and the vectors beside them as they are.

The word embeddings are not among them: they are the embedder's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.errors import ReaderMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "weights.safetensors"
SHA256 = "1e9383cdd94e527813bfdb7ba0c4cbf699dae3188ea3bbfdc8dcdf3028257aa9"
"""Of the file beside this module: the one whose figures are in docs/reader.md."""
_SCALE = ".scale"
_LEAST = 8
"""Rows and columns from which a matrix is stored as int8."""


def pack(weights: Mapping[str, NDArray[np.float32]], file: Path) -> str:
    """Write ``weights`` to ``file``; return its SHA-256, in hexadecimal."""
    import numpy as np
    from safetensors.numpy import save_file

    packed: dict[str, NDArray[np.generic]] = {}
    for name, values in weights.items():
        if values.ndim == 2 and min(values.shape) >= _LEAST:
            scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-12) / 127
            packed[name] = np.round(values / scale).astype(np.int8)
            packed[name + _SCALE] = scale.astype(np.float32)
        else:
            packed[name] = np.ascontiguousarray(values, dtype=np.float32)
    save_file(packed, str(file))
    return _sha256(file)


def mean(several: Sequence[Mapping[str, NDArray[np.float32]]]) -> dict[str, NDArray[np.float32]]:
    """Return the mean of weights of one form (WiSE-FT, Wortsman et al. 2022, https://arxiv.org/abs/2109.01903)."""
    import numpy as np

    return {
        name: np.asarray(sum(weights[name] for weights in several) / len(several), dtype=np.float32)
        for name in several[0]
    }


def unpack(file: Path) -> dict[str, NDArray[np.float32]]:
    """Return what ``pack`` wrote."""
    import numpy as np
    from safetensors.numpy import load_file

    packed = load_file(str(file))
    return {
        name: values.astype(np.float32) * packed[name + _SCALE] if name + _SCALE in packed else values
        for name, values in packed.items()
        if not name.endswith(_SCALE)
    }


def shipped() -> Path:
    """Return the file beside this module.

    Raises:
        ReaderMissing: it is not there, or not the one that was measured.
    """
    file = Path(str(resources.files("reader").joinpath(FILE)))
    if not file.is_file() or _sha256(file) != SHA256:
        raise ReaderMissing(f"{file.name} of the reader is missing or damaged: install Insights again.")
    return file


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
