"""The score of a passage and of a sentence."""

from __future__ import annotations

from ingest.documents import BlockKind
from vectorstore.records import StoredSentence
from vectorstore.scoring import (
    WEIGHTS,
    RetrievalWeights,
    Signals,
    Words,
    evidence_is_in_another_language,
    own_scores,
    score_passages,
    score_sentences,
    shortlist_passages,
)


def sentence(number: int, passage: int) -> StoredSentence:
    return StoredSentence(number, passage, "d", number, "[[1, 0, 1]]", "text", BlockKind.BODY, "")


SENTENCES = [sentence(1, 10), sentence(2, 10), sentence(3, 20), sentence(4, 20)]


def signals(cosines: dict[int, float], **changed: object) -> Signals:
    values = {
        "full_text": {10: 1.0, 20: 1.0},
        "routes": {},
        "foreign": frozenset(),
        "sentence_text": {},
        "hints": {},
    } | changed
    words = Words(values["full_text"], values["routes"], values["foreign"])  # type: ignore[arg-type]
    return Signals(words, values["sentence_text"], cosines, values["hints"], 0.0)  # type: ignore[arg-type]


def best(found: Signals, weights: RetrievalWeights = WEIGHTS) -> int:
    scores = score_passages(found, SENTENCES, own_scores(found, SENTENCES, weights), weights)
    return max(scores, key=lambda number: scores[number])


EVEN = {1: 0.5, 2: 0.5, 3: 0.5, 4: 0.5}


def test_the_nearest_sentence_counts_more_than_the_mean() -> None:
    assert best(signals({1: 0.9, 2: 0.1, 3: 0.5, 4: 0.45})) == 10


def test_words_and_meaning_in_one_sentence_win_over_the_same_in_two() -> None:
    near = {1: 0.9, 2: 0.5, 3: 0.9, 4: 0.5}
    assert best(signals(near, sentence_text={1: 1.0, 4: 1.0})) == 10
    assert best(signals(near, sentence_text={2: 1.0, 3: 1.0})) == 20


def test_names_hints_and_full_text_each_count() -> None:
    assert best(signals(EVEN, routes={20: 1.0})) == 20
    assert best(signals(EVEN, hints={20: 0.2})) == 20
    assert best(signals(EVEN, full_text={10: 1.0, 20: 2.0})) == 20


def test_words_count_less_in_another_language() -> None:
    near = {1: 0.9, 2: 0.9, 3: 0.6, 4: 0.6}
    assert best(signals(near, full_text={20: 1.0})) == 20
    foreign = signals(near, full_text={20: 1.0}, foreign=frozenset({20}))
    assert best(foreign) == 10
    assert best(foreign, RetrievalWeights(foreign_words=1.0)) == 20


def test_a_document_without_vectors_is_scored_by_its_words() -> None:
    assert best(signals({}, full_text={10: 1.0, 20: 2.0})) == 20


def test_a_sentence_has_its_own_score_and_its_passages() -> None:
    found = signals({1: 0.9, 2: 0.5, 3: 0.5, 4: 0.5})
    scores = score_sentences(SENTENCES, own_scores(found, SENTENCES, WEIGHTS), {10: 1.0, 20: 0.0}, WEIGHTS)
    assert max(scores, key=lambda number: scores[number]) == 1
    assert scores[2] > scores[4]


def test_the_shortlist_keeps_the_best_by_words_or_by_meaning() -> None:
    words = Words({10: 2.0, 20: 0.0, 30: 0.0}, {}, frozenset())
    assert shortlist_passages(words, {10: 0.1, 20: 0.9, 30: 0.1}, RetrievalWeights(read=2)) == [20, 10]


def test_evidence_is_in_another_language_where_that_is_as_near() -> None:
    foreign = {2, 3}
    assert evidence_is_in_another_language({1: 0.85, 2: 0.86, 3: 0.7}, foreign)
    assert not evidence_is_in_another_language({1: 0.90, 2: 0.86, 3: 0.7}, foreign)


def test_evidence_is_in_the_questions_language_where_most_documents_are() -> None:
    assert not evidence_is_in_another_language({1: 0.85, 2: 0.80, 3: 0.86}, {3})
    assert not evidence_is_in_another_language({3: 0.86}, {3})
