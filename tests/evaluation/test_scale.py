"""Grown libraries, and the report on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from evaluation.grown import NoisyEmbedder, grow, grow_document, real_sentences
from evaluation.scale import SCOPES
from vectorstore.library import Library
from vectorstore.onnx_embedder import minilm_embedder
from vectorstore.records import Scope

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample" / "women-human-rights-defenders-sample.pdf"


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    return real_sentences([SAMPLE])


def test_a_grown_document_is_always_the_same_and_its_spans_hold_its_text(sentences: list[str]) -> None:
    grown = grow_document(7, sentences, 20)
    assert grown == grow_document(7, sentences, 20)
    assert grown != grow_document(8, sentences, 20)
    assert len(grown.passages) == 20
    pages = {page.number: page.text for page in grown.document.pages}
    for passage in grown.passages:
        (span,) = passage.spans
        assert pages[span.page][span.start : span.end] == passage.text
        assert len(passage.countries) == 1
        for sentence in passage.sentences:
            (own,) = sentence.spans
            assert pages[own.page][own.start : own.end] == sentence.text
    texts = [sentence.text for passage in grown.passages for sentence in passage.sentences]
    assert len(set(texts)) == len(texts)


def test_a_grown_sentence_has_its_real_one_s_vector_with_a_little_noise(sentences: list[str]) -> None:
    embedder = minilm_embedder()
    noisy = NoisyEmbedder(embedder, sentences[:40])
    grown = [f"{text} (3-{number})" for number, text in enumerate(sentences[:40])]
    vectors, real = noisy.embed(grown), embedder.embed(sentences[:40])
    assert vectors == pytest.approx(noisy.embed(grown))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    cosines = (vectors * real).sum(axis=1)
    assert 0.96 < cosines.min() <= cosines.max() < 0.995


def test_a_library_grows_to_its_size_and_further_and_is_in_order(sentences: list[str], tmp_path: Path) -> None:
    library = Library(tmp_path / "library", NoisyEmbedder(minilm_embedder(), sentences))
    held: list[int] = []
    for size in (40, 350):
        grow(library, sentences, size, held.append)
        assert library.catalogue.passage_count() == len(library.catalogue.passage_ids(Scope())) == size
    assert held == [40, 340, 350]
    assert library.verify() == []
    library.close()


def test_the_command_writes_figures_a_table_and_plots(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "evaluation.scale",
        "--embedder",
        "minilm",
        "--sizes",
        "30",
        "60",
        "--out",
        str(out),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path
    )
    report = json.loads((out / "scale.json").read_text(encoding="utf-8"))
    assert [size["passages"] for size in report["sizes"]] == [30, 60]
    for size in report["sizes"]:
        assert list(size["asked"]) == list(SCOPES)
        assert all(0 < asked["p50_ms"] <= asked["p95_ms"] for asked in size["asked"].values())
        assert size["memory_mb"] > 50
        assert size["disk_mb"] > 0.1
        assert size["cold_start_s"] > 0.2
    assert (out / "scale.md").read_text(encoding="utf-8") in done.stdout
    for name in ("scale-questions.png", "scale-costs.png"):
        assert (out / name).read_bytes().startswith(b"\x89PNG")
