"""SentencePiece cuts texts as `tokenizers` does, in every language, in a fraction of its memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.e5_file import find_weights
from encoder.tokens import BEGIN, END, PAD, PIECES, TOKENIZER, Tokenizer, open_tokenizer
from vectorstore.library import Library
from vectorstore.onnx_embedder import e5_embedder
from vectorstore.records import Scope

pytestmark = pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
_MOST = 512
_OTHERS = (
    "Кто напал на женский марш в Бишкеке?",
    "नेपालमा छाउपडी कहिले अपराध बन्यो?",
    "តើប្រាក់ឈ្នួលអប្បបរមារបស់កម្មករកាត់ដេរកម្ពុជាមានប៉ុន្មាន?",
    "متى اعتمدت الجمعية العامة الإعلان بشأن المدافعين عن حقوق الإنسان؟",
    "女性人權捍衛者　ｗｏｍｅｎ ㎏ ﬁve",
    "  two  blanks\tand a\u200bbreak\n",
    "𓀀 emoji 👩🏽‍⚖️ ",
    "▁",
    "",
)
_MEMORY = """
import psutil, sys
from vectorstore.onnx_embedder import e5_embedder
process = psutil.Process()
import onnxruntime
before = process.memory_info().rss
e5_embedder().embed_question("Who?")
print(process.memory_info().rss - before)
"""


@pytest.fixture(scope="module")
def both(unpacked_e5: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokenizer, Tokenizer]:
    """SentencePiece and `tokenizers`, with the vocabulary of multilingual-e5-small."""
    alone = tmp_path_factory.mktemp("alone")
    shutil.copy(unpacked_e5 / TOKENIZER, alone)
    assert (unpacked_e5 / PIECES).is_file()
    return open_tokenizer(unpacked_e5, _MOST), open_tokenizer(alone, _MOST)


def test_both_cut_texts_of_all_languages_into_the_same_tokens(
    both: tuple[Tokenizer, Tokenizer], sample_library: Library
) -> None:
    stored = sample_library.catalogue.sentences_of(sample_library.catalogue.passage_ids(Scope()))
    reference = json.loads(resources.files("vectorstore").joinpath("e5_reference.json").read_text(encoding="utf-8"))
    texts = [*(sentence.text for sentence in stored), *reference, *_OTHERS, "march " * 600]
    pieces, words = both
    assert pieces.cut(texts) == words.cut(texts)
    assert pieces.padding == words.padding == PAD


@given(text=st.text(max_size=60), special=st.sampled_from(["", "<s>", "</s>", "<pad>", "<unk>", "<mask>"]))
def test_no_words_of_a_text_are_taken_for_a_mark(both: tuple[Tokenizer, Tokenizer], text: str, special: str) -> None:
    first, *inner, last = both[0].cut([f"{text}{special}{text}"])[0]
    assert (first, last) == (BEGIN, END)
    assert not {BEGIN, PAD, END, 250_001} & set(inner)


@pytest.mark.skipif(sys.platform != "linux", reason="how memory is counted differs")
def test_model_and_vocabulary_take_less_than_250_mb() -> None:
    e5_embedder().prepare()
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", _MEMORY], cwd=root, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 250e6
