"""What speaks for a passage and for a sentence, as pure functions over ids.

A passage: its full text, the cosine of its sentences, and its best single sentence by both together; evidence stands
in a sentence, and many passages of a report share the question's words without holding one. A sentence: full text and
cosine of its own, a share of its neighbours', and its passage's score. Weights and what else was tried:
docs/retrieval.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.documents import BlockKind
from vectorstore.fusion import min_max, weighted_sum, with_neighbours
from vectorstore.records import StoredSentence

_DENSE = 1.5
_ROUTE = 1.0
"""Of how well the question's words name the passage's document."""
_FOREIGN_WORDS = 0.35
"""Of full text and of names where question and document are in different languages: of the words few can agree."""
_MEAN = 0.5
"""Of the mean of a passage's cosines beside the best one."""
_SENTENCE = 0.25
"""Of a passage's best sentence by full text and cosine together."""
_NEIGHBOURS = 0.25
_PASSAGE = 3.0
"""Of its passage's score for a sentence."""
_TABLE_SHARE = 0.5
"""Of a passage's sentences that are rows, from which it counts as a table."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found for a question, by id of passage or sentence; higher is better."""

    passage_text: Mapping[int, float]
    sentence_text: Mapping[int, float]
    cosines: Mapping[int, float]
    """Of sentences; those without a vector yet are missing."""
    routes: Mapping[int, float]
    """How well the question names the document of a passage, 0…1."""
    hints: Mapping[int, float]
    """What else speaks for a passage."""
    foreign: frozenset[int]
    """Passages in another language than the question."""


def score_passages(signals: Signals, sentences: Sequence[StoredSentence]) -> dict[int, float]:
    """Return the score of the passage of every sentence of ``sentences``, and of every passage with full text."""
    grouped: dict[int, list[float]] = defaultdict(list)
    for sentence in sentences:
        if sentence.id in signals.cosines:
            grouped[sentence.passage].append(signals.cosines[sentence.id])
    dense = {number: max(values) + _MEAN * sum(values) / len(values) for number, values in grouped.items()}
    best: dict[int, float] = {}
    for sentence, score in zip(sentences, _own_scores(signals, sentences), strict=True):
        best[sentence.passage] = max(best.get(sentence.passage, 0.0), score)
    words = weighted_sum([(1.0, min_max(signals.passage_text, floor=0.0)), (_ROUTE, signals.routes)])
    words = {number: score * _words_weight(signals, number) for number, score in words.items()}
    return weighted_sum([(1.0, words), (_DENSE, min_max(dense)), (_SENTENCE, min_max(best)), (1.0, signals.hints)])


def score_sentences(
    signals: Signals, sentences: Sequence[StoredSentence], passages: Mapping[int, float]
) -> dict[int, float]:
    """Return the score of every sentence; they stand in reading order, ``passages`` are the passages' scores."""
    own = {s.id: score for s, score in zip(sentences, _own_scores(signals, sentences), strict=True)}
    near = with_neighbours(own, [sentence.id for sentence in sentences], _NEIGHBOURS)
    of_passage = min_max(passages)
    inherited = {sentence.id: of_passage[sentence.passage] for sentence in sentences}
    return weighted_sum([(1.0, near), (_PASSAGE, inherited)])


def _own_scores(signals: Signals, sentences: Sequence[StoredSentence]) -> list[float]:
    full_text, cosines = min_max(signals.sentence_text, floor=0.0), min_max(signals.cosines)
    return [
        full_text.get(s.id, 0.0) * _words_weight(signals, s.passage) + _DENSE * cosines.get(s.id, 0.0)
        for s in sentences
    ]


def _words_weight(signals: Signals, passage: int) -> float:
    return _FOREIGN_WORDS if passage in signals.foreign else 1.0


def table_passages(sentences: Sequence[StoredSentence]) -> set[int]:
    """Return the passages that are tables for the most part."""
    rows: dict[int, list[bool]] = defaultdict(list)
    for sentence in sentences:
        rows[sentence.passage].append(sentence.kind is BlockKind.TABLE)
    return {number for number, marks in rows.items() if sum(marks) >= _TABLE_SHARE * len(marks)}
