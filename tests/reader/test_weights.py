"""What ships is small, is what was measured, and comes back nearly as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from encoder.errors import ReaderMissing
from reader import weights


def test_weights_come_back_within_half_a_step(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    own = {
        "layer.weight": rng.normal(size=(64, 48)).astype(np.float32),
        "layer.bias": rng.normal(size=64).astype(np.float32),
        "zero.weight": np.zeros((16, 16), dtype=np.float32),
    }
    digest = weights.pack(own, tmp_path / "packed")
    back = weights.unpack(tmp_path / "packed")
    assert len(digest) == 64
    assert back.keys() == own.keys()
    steps = np.abs(own["layer.weight"]).max(axis=1, keepdims=True) / 127
    assert (np.abs(back["layer.weight"] - own["layer.weight"]) <= steps / 2 + 1e-6).all()
    assert (back["layer.bias"] == own["layer.bias"]).all()
    assert not back["zero.weight"].any()


def test_what_ships_is_the_file_that_was_measured_and_is_small() -> None:
    file = weights.shipped()
    assert file.stat().st_size < 30_000_000
    assert not any("word_embeddings" in name for name in weights.unpack(file))


def test_a_damaged_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / weights.FILE).write_bytes(b"something else")
    monkeypatch.setattr(weights.resources, "files", lambda _: tmp_path)
    with pytest.raises(ReaderMissing, match="damaged: install Insights again"):
        weights.shipped()
