"""Which sentences become the answer, from scores that are known."""

from __future__ import annotations

from app.extractive import choose_sentences
from ingest.documents import BlockKind
from vectorstore.records import StoredSentence
from vectorstore.retrieval import ScoredSentence

FREED = "The two women were freed in May 2021."
ASKED = "How many women were held at the station?"
HELD = "Seven women were held at the station in March 2021."
COURT = "A court in the capital rejected the complaint of the union."


def scored(text: str, score: float, document: str = "a", ordinal: int = 0) -> ScoredSentence:
    sentence = StoredSentence(ordinal, 1, document, ordinal, f"[[1, 0, {len(text)}]]", text, BlockKind.BODY, "")
    return ScoredSentence(sentence, score, score)


def test_the_best_sentence_of_the_best_document_comes_first_though_others_stand_before_it() -> None:
    found = [scored(HELD, 1.0, "b", 9), scored(COURT, 0.95, "a", 1), scored(FREED, 0.9, "b", 2)]
    assert [sentence.text for sentence in choose_sentences(found)] == [HELD, FREED, COURT]


def test_a_question_that_a_report_asks_answers_nothing() -> None:
    other = ["كم عدد النساء المحتجزات في المركز؟", "警察局关押了多少名妇女？"]
    found = [scored(text, 1.0, ordinal=n) for n, text in enumerate([ASKED, *other])]
    assert [sentence.text for sentence in choose_sentences([*found, scored(HELD, 0.9, ordinal=9)])] == [HELD]


def test_what_is_far_below_the_best_is_left_out() -> None:
    assert [s.text for s in choose_sentences([scored(HELD, 1.0), scored(COURT, 0.6, ordinal=1)])] == [HELD]
