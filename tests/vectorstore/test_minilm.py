"""MiniLM as int8 ONNX: near the unquantised model, cut where it is cut, and without torch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from encoder.onnx_model import batches_of_like_length
from encoder.tokens import TOKENIZER
from vectorstore.embeddings import OnnxEmbedder, SentenceTransformerEmbedder
from vectorstore.library import Library
from vectorstore.onnx_embedder import minilm_embedder, minilm_folder
from vectorstore.records import Scope


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    made = minilm_embedder()
    made.prepare()
    return made


@pytest.fixture(scope="module")
def unquantised() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(minilm_folder()))


@pytest.mark.slow
def test_vectors_of_real_sentences_stay_near_the_unquantised_ones(
    embedder: OnnxEmbedder, unquantised: SentenceTransformerEmbedder, sample_library: Library
) -> None:
    passages = sample_library.catalogue.passage_ids(Scope())
    texts = [sentence.text for sentence in sample_library.catalogue.sentences_of(passages)][:250]
    cosines = (embedder.embed(texts) * unquantised.embed(texts)).sum(axis=1)
    assert len(cosines) == 250
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.94
    assert embedder.embed_question("Who?") @ unquantised.embed_question("Who?") >= 0.97


def test_a_text_is_cut_where_the_unquantised_model_cuts_it(
    embedder: OnnxEmbedder, unquantised: SentenceTransformerEmbedder
) -> None:
    settings = json.loads((minilm_folder() / "sentence_bert_config.json").read_text(encoding="utf-8"))
    made = json.loads((embedder.folder / TOKENIZER).read_text(encoding="utf-8"))
    assert made["truncation"]["max_length"] == settings["max_seq_length"] == 256
    # The marks of beginning and end count: 254 words of one token each are read, the 255th is not.
    march = ["march"] * 200
    read, unread = (" ".join([*march, *["and"] * n, "river river river"]) for n in (40, 60))
    plain = " ".join([*march, *["and"] * 60])
    for model in (embedder, unquantised):
        rows = model.embed([read, unread, plain])
        assert rows[1] @ rows[2] > 0.999
        assert rows[0] @ rows[2] < 0.999


def test_asking_needs_no_torch(embedder: OnnxEmbedder, tmp_path: Path) -> None:
    script = (
        "import sys; from vectorstore.embeddings import open_embedder; e = open_embedder('minilm');"
        "assert e.is_ready(); e.embed_question('Who?');"
        "print([n for n in ('torch', 'transformers', 'sentence_transformers') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert embedder.is_ready()
    assert done.stdout.strip() == "[]"


def test_batches_hold_every_text_once_within_their_budget() -> None:
    lengths = [int(n) for n in np.random.default_rng(0).integers(1, 40, 200)] + [500, 90]
    batches = batches_of_like_length(lengths, 100)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= 100
    longest = [lengths[batch[0]] for batch in batches]
    assert longest == sorted(longest, reverse=True)
    assert len(batches) < 1.3 * sum(lengths) / 100
    assert batches_of_like_length([], 100) == []
