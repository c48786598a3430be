"""The second stage: what the reader says of the best passages counts, and the sentence that answers comes first."""

from __future__ import annotations

from pathlib import Path

import pytest
from cross_encoders import save_cross_encoder
from hypothesis import given
from hypothesis import strategies as st
from word_embedder import WordEmbedder

from encoder.e5_file import find_weights
from encoder.errors import ReaderMissing
from reader.opening import open_reader
from reader.reader import Answering
from vectorstore.library import Library
from vectorstore.reading import SHARE_OF_BEST, reorder
from vectorstore.retriever import retrieve
from vectorstore.scoring import RetrievalWeights

TEXTS = ["The women marched in Bishkek.", "Wells are deep in Chad.", "In Nepal a law was passed.", "Peru has courts."]
QUESTION = "Who marched in Bishkek?"
NUMBERS = st.floats(0.01, 0.99)


def _library(folder: Path, name: str) -> Library:
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text + "\n", encoding="utf-8")
    library = Library(folder / "library", WordEmbedder(), reader=open_reader(name))
    list(library.add_all(sorted(folder.glob("*.txt"))))
    return library


def test_passages_stand_in_the_order_of_another_cross_encoder_where_it_alone_counts(tmp_path: Path) -> None:
    model = save_cross_encoder(tmp_path / "cross", TEXTS)
    library = _library(tmp_path, str(model))
    without = retrieve(library, QUESTION, weights=RetrievalWeights(reading=0)).passages
    found = retrieve(library, QUESTION, weights=RetrievalWeights(reading=1_000)).passages
    said = [item.read.probability for item in found if item.read]
    assert said == sorted(said, reverse=True)
    assert len(said) == len(TEXTS)
    assert [item.passage.id for item in found] != [item.passage.id for item in without], "the test would show nothing"
    assert [item.score for item in found] == [item.score for item in without]
    library.close()


@given(scores=st.lists(NUMBERS, min_size=1, max_size=20, unique=True), said=st.lists(NUMBERS, min_size=10, max_size=10))
def test_what_was_not_read_keeps_its_place_and_no_score_is_new(scores: list[float], said: list[float]) -> None:
    before = dict(enumerate(sorted(scores, reverse=True)))
    read = {number: Answering(probability, None) for number, probability in enumerate(said) if number in before}
    found = reorder(before, read, 1.0)
    assert sorted(found.values()) == sorted(before.values())
    assert all(found[number] == before[number] for number in before if number not in read)
    assert reorder(before, read, 0.0) == before


@pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
def test_the_sentence_that_answers_comes_first(tmp_path: Path) -> None:
    text = "The march began at noon. On 8 March the police detained fifty women in Bishkek. It rained all day."
    (tmp_path / "report.txt").write_text(text + "\n", encoding="utf-8")
    library = Library(tmp_path / "library", WordEmbedder(), reader=open_reader())
    list(library.add_all([tmp_path / "report.txt"]))
    question = "How many were held?"  # not a word of it is in the text
    found = retrieve(library, question, weights=RetrievalWeights(answering=3.0)).sentences
    assert "fifty" in found[0].sentence.text
    library.close()


@pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
def test_a_sentence_that_names_nobody_answers_for_the_one_named_before_it(tmp_path: Path) -> None:
    text = (
        "Helen Marshall was employed by the area health authority. In 1980 she was dismissed, for the sole reason that"
        " she had passed the age of 60. Another case concerned a bank and its cash machines."
    )
    (tmp_path / "report.txt").write_text(text + "\n", encoding="utf-8")
    library = Library(tmp_path / "library", WordEmbedder(), reader=open_reader())
    list(library.add_all([tmp_path / "report.txt"]))
    found = retrieve(library, "Why did Helen Marshall lose her job at the health authority?").sentences
    assert "60" in found[0].sentence.text
    library.close()


def test_sentences_read_by_themselves_change_places_and_keep_the_scores(tmp_path: Path) -> None:
    model = save_cross_encoder(tmp_path / "cross", TEXTS)
    library = _library(tmp_path, str(model))
    without = retrieve(library, QUESTION, weights=RetrievalWeights(reading=1e-9, reading_sentences=0.0)).sentences
    found = retrieve(library, QUESTION, weights=RetrievalWeights(reading=1e-9, reading_sentences=1_000)).sentences
    assert library.reader is not None
    assert [item.score for item in found] == pytest.approx([item.score for item in without])
    read = [item.sentence for item in found if item.score >= SHARE_OF_BEST * found[0].score]
    said = [one.probability for one in library.reader.answers(QUESTION, [sentence.text for sentence in read])]
    assert said == sorted(said, reverse=True)
    assert {sentence.id for sentence in read} == {item.sentence.id for item in without[: len(read)]}
    library.close()


def test_without_a_reader_nothing_is_read_and_a_folder_without_one_is_told(tmp_path: Path) -> None:
    library = _library(tmp_path, "none")
    assert all(item.read is None for item in retrieve(library, QUESTION).passages)
    library.close()
    library = _library(tmp_path, str(tmp_path / "nowhere"))
    with pytest.raises(ReaderMissing, match=r"nowhere: no cross-encoder in that folder .*unset it"):
        retrieve(library, QUESTION)
    library.close()
