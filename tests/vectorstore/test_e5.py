"""multilingual-e5-small, made from the package's weights: right, refused when it is not, good in many languages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from encoder.e5_file import find_weights
from encoder.e5_weights import unpack
from encoder.errors import EmbedderMissing
from vectorstore.embeddings import E5, MINILM, OnnxEmbedder, SentenceTransformerEmbedder, open_embedder
from vectorstore.library import Library
from vectorstore.onnx_embedder import e5_embedder
from vectorstore.records import Scope

pytestmark = pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
PASSAGES = [
    "Masked men attacked the women’s march in Bishkek on 8 March 2020.",
    "Nepal’s parliament made chhaupadi a crime in August 2017.",
    "The monthly minimum wage of Cambodian garment workers was $190 in 2020.",
    "The General Assembly adopted the Declaration on Human Rights Defenders in 1998.",
]


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    made = e5_embedder()
    made.prepare()
    return made


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Who attacked the march in Bishkek?", 0),
        ("Кто напал на женский марш в Бишкеке?", 0),
        ("Бишкектеги аялдар маршына ким кол салды?", 0),
        ("नेपालमा छाउपडी कहिले अपराध बन्यो?", 1),
        ("Quel était le salaire minimum des ouvrières du textile au Cambodge ?", 2),
        ("¿Cuánto ganaban las trabajadoras de la confección en Camboya?", 2),
        ("តើប្រាក់ឈ្នួលអប្បបរមារបស់កម្មករកាត់ដេរកម្ពុជាមានប៉ុន្មាន?", 2),
        ("متى اعتمدت الجمعية العامة الإعلان بشأن المدافعين عن حقوق الإنسان؟", 3),
    ],
)
def test_a_question_in_any_language_is_nearest_to_its_passage(
    embedder: OnnxEmbedder, question: str, passage: int
) -> None:
    cosines = embedder.embed(PASSAGES) @ embedder.embed_question(question)
    assert int(np.argmax(cosines)) == passage


def test_vectors_have_length_1_and_keep_the_order_of_the_texts(embedder: OnnxEmbedder) -> None:
    texts = [*PASSAGES, "Marched.", *(f"Sentence {n} of the {'very ' * (n % 5)}list." for n in range(40))]
    counted: list[int] = []
    vectors = embedder.embed(texts, counted.append)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert counted == sorted(counted)
    assert counted[-1] == len(texts)
    # int8 scales are computed for each batch: its other texts move a vector a little.
    assert all(vectors[n] @ embedder.embed([texts[n]])[0] > 0.98 for n in (0, 4, 20))
    assert embedder.embed([]).shape == (0, 384)


@pytest.mark.slow
def test_the_quantised_model_stays_near_the_unpacked_one(embedder: OnnxEmbedder, unpacked_e5: Path) -> None:
    whole = SentenceTransformerEmbedder(str(unpacked_e5))
    cosines = (whole.embed(PASSAGES) * embedder.embed(PASSAGES)).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert whole.embed_question("Who?") @ embedder.embed_question("Who?") >= 0.98


@pytest.mark.slow
@pytest.mark.models
def test_vectors_of_every_sentence_of_the_sample_stay_near_the_unquantised_ones(
    embedder: OnnxEmbedder, unpacked_e5: Path, sample_library: Library
) -> None:
    passages = sample_library.catalogue.passage_ids(Scope())
    texts = [sentence.text for sentence in sample_library.catalogue.sentences_of(passages)]
    assert len(texts) > 400
    cosines = (embedder.embed(texts) * SentenceTransformerEmbedder(str(unpacked_e5)).embed(texts)).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.97


def test_other_weights_are_refused(tmp_path: Path) -> None:
    source = find_weights()
    assert source is not None
    data = bytearray(source.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "changed.bin").write_bytes(data)
    with pytest.raises(EmbedderMissing, match="not the file that was checked"):
        unpack(tmp_path / "changed.bin", tmp_path / "e5")
    assert not (tmp_path / "e5").exists()


def test_it_is_made_once_and_asking_needs_no_torch(embedder: OnnxEmbedder) -> None:
    script = (
        "import sys; from vectorstore.onnx_embedder import e5_embedder; e = e5_embedder(); assert e.is_ready();"
        "e.prepare(lambda step: sys.exit('made again')); e.embed_question('Who?');"
        "print([n for n in ('torch', 'transformers', 'sentence_transformers') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_default_is_e5_and_the_setting_chooses() -> None:
    assert open_embedder().name == E5
    assert open_embedder(MINILM).name == MINILM
    assert open_embedder("/some/folder").name == "/some/folder"
