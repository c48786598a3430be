"""The embedder against sentence-transformers itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.errors import EmbedderMissing
from vectorstore.embeddings import SentenceTransformerEmbedder
from vectorstore.onnx_embedder import minilm_embedder, minilm_folder

TEXTS = [
    "The commission heard every witness of that year, " * 4,
    "Marched.",
    "In Port-au-Prince the prison held four times the people that it was built for.",
    "",
    "सरकारले उनीहरूको सुरक्षाका लागि कानुन बनाएन।",
    "Marched.",
    *(f"Sentence number {number} of the {'very ' * (number % 4)}list." for number in range(60)),
]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(minilm_folder()))


@pytest.mark.slow
def test_vectors_are_sentence_transformers_own_in_the_order_of_the_texts(embedder: SentenceTransformerEmbedder) -> None:
    from sentence_transformers import SentenceTransformer

    vectors = embedder.embed(TEXTS)
    direct = SentenceTransformer(embedder.name, device="cpu", local_files_only=True)
    expected = direct.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert vectors.dtype == np.float32
    assert vectors.shape == expected.shape == (len(TEXTS), 384)
    assert (vectors * expected).sum(axis=1).min() > 0.9999
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


@settings(max_examples=3, deadline=None)
@given(st.permutations(TEXTS[:5]))
def test_a_text_s_vector_does_not_depend_on_its_company(
    embedder: SentenceTransformerEmbedder, order: list[str]
) -> None:
    for text, vector in zip(order, embedder.embed(order), strict=True):
        assert vector @ embedder.embed([text])[0] > 0.9999


def test_near_sentences_are_nearer_than_far_ones(embedder: SentenceTransformerEmbedder) -> None:
    question, near, far = embedder.embed(
        ["Who attacked the march?", "Masked men attacked the women’s march.", "The minimum wage was raised."]
    )
    assert question @ near > question @ far + 0.2


def test_progress_counts_every_text(embedder: SentenceTransformerEmbedder) -> None:
    counted: list[int] = []
    embedder.embed(TEXTS, counted.append)
    assert counted == [64, len(TEXTS)]


def test_no_text_gives_no_row(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_a_missing_model_names_the_setting_and_the_folder(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tmp_path / "no-model"))
    with pytest.raises(EmbedderMissing, match=r"WHRD_EMBEDDER=.*no-model"):
        embedder.embed(["anything"])


def test_the_model_libraries_understand_what_keeps_them_from_the_network() -> None:
    script = (
        "import os; from vectorstore.embeddings import OFFLINE; os.environ.update(OFFLINE)\n"
        "from huggingface_hub import constants; print(constants.HF_HUB_OFFLINE, constants.HF_HUB_DISABLE_TELEMETRY)"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert said.stdout.split() == ["True", "True"]


def test_onnxruntime_keeps_no_identifier_for_its_makers_and_reports_nothing(tmp_path: Path) -> None:
    # Its reports are sent from native code, where Python's audit hooks see nothing; what it writes first can be seen.
    script = "from vectorstore.onnx_embedder import minilm_embedder; minilm_embedder().embed_question('Who?')"
    minilm = minilm_embedder()
    minilm.prepare()
    shutil.copytree(minilm.folder, tmp_path / "whrd" / "models" / minilm.folder.name)
    suppressed = ("CI", "ORT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(suppressed)}
    environment |= {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", script], cwd=root, env=environment, check=True)
    assert os.listdir(tmp_path) == ["whrd"]
