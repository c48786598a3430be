"""The second stage: a real cross-encoder, small and untrained, whose order is followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from cross_encoders import save_cross_encoder
from word_embedder import WordEmbedder

from encoder.errors import RerankerMissing
from vectorstore.library import Library
from vectorstore.reranker import READ_AGAIN, CrossEncoderReranker, Reranker, open_reranker, rerank
from vectorstore.retriever import retrieve

TEXTS = ["The women marched in Bishkek.", "Wells are deep in Chad.", "In Nepal a law was passed.", "Peru has courts."]


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    return CrossEncoderReranker(str(save_cross_encoder(tmp_path_factory.mktemp("model") / "cross", TEXTS)))


def test_the_best_passages_stand_in_the_order_of_the_cross_encoder(tmp_path: Path, reranker: Reranker) -> None:
    question = "Who marched in Bishkek?"
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text + "\n", encoding="utf-8")
    with_it = Library(tmp_path / "library", WordEmbedder(), reranker=reranker)
    list(with_it.add_all(sorted(tmp_path.glob("*.txt"))))
    without = Library(tmp_path / "library", WordEmbedder())
    first, second = (retrieve(library, question).passages for library in (without, with_it))
    texts = [item.passage.text for item in second]
    scores = reranker.score(question, texts)
    assert scores == sorted(scores, reverse=True)
    assert [item.passage.text for item in first] != texts, "the test would show nothing"
    assert [item.score for item in first] == [item.score for item in second]
    with_it.close()
    without.close()


def test_what_lies_below_the_best_keeps_its_place() -> None:
    class Backwards:
        def score(self, question: str, texts: list[str]) -> list[float]:
            return [float(text) for text in texts]

    scores = {number: 100.0 - number for number in range(READ_AGAIN + 5)}
    found = rerank(Backwards(), "", {number: str(number) for number in scores}, scores)
    assert sorted(found.values()) == sorted(scores.values())
    assert max(found, key=lambda number: found[number]) == READ_AGAIN - 1
    assert all(found[number] == scores[number] for number in range(READ_AGAIN, READ_AGAIN + 5))
    assert rerank(Backwards(), "", {1: "1"}, {1: 0.5}) == {1: 0.5}


def test_none_is_used_unless_named_and_a_folder_without_one_is_told(tmp_path: Path) -> None:
    assert open_reranker("") is None
    missing = open_reranker(str(tmp_path / "nowhere"))
    assert missing is not None
    with pytest.raises(RerankerMissing, match=r"nowhere: no cross-encoder in that folder .*unset it"):
        missing.score("a", ["b"])
    classifier = open_reranker(str(save_cross_encoder(tmp_path / "three", TEXTS, ["LABEL_0", "LABEL_1", "LABEL_2"])))
    assert classifier is not None
    with pytest.raises(RerankerMissing, match="one score a pair"):
        classifier.score("a", ["b"])
