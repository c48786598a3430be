"""What speaks for a passage and for a sentence, as pure functions over ids.

A passage: its full text, the cosine of its sentences, and its best single sentence by both together; evidence stands
in a sentence, and many passages of a report share the question's words without holding one. A sentence: full text and
cosine of its own, a share of its neighbours', and its passage's score. Weights and what else was tried:
docs/retrieval.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from ingest.documents import BlockKind
from vectorstore.fusion import min_max, ranked, weighted_sum, with_neighbours
from vectorstore.records import StoredSentence

_DENSE = 1.15
_ROUTE = 1.0
"""Of how well the question's words name the passage's document."""
_FOREIGN_WORDS = 0.35
"""Of full text and of names where question and document are in different languages: of the words few can agree."""
_ONE_LANGUAGE = 0.016
"""By so much a passage in the question's language is nearer to it than one of the same content in another."""
_MEAN = 1.0
"""Of the mean of a passage's cosines beside the best one."""
_SENTENCE = 0.5
"""Of a passage's best sentence by full text and cosine together."""
_NEIGHBOURS = 0.25
_PASSAGE = 3.0
"""Of its passage's score for a sentence."""
_TABLE_SHARE = 0.5
"""Of a passage's sentences that are rows, from which it counts as a table."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a question say of each passage (id)."""

    full_text: Mapping[int, float]
    """BM25; passages that share no word are missing."""
    routes: Mapping[int, float]
    """How well they name its document, 0…1."""
    foreign: frozenset[int]
    """Passages in another language than the question."""

    def scores(self) -> dict[int, float]:
        """Return one score a passage: of a question in another language few words can agree, so they count less."""
        summed = weighted_sum([(1.0, min_max(self.full_text, floor=0.0)), (_ROUTE, self.routes)])
        return {number: score * self.weight(number) for number, score in summed.items()}

    def weight(self, passage: int) -> float:
        """Return what words count in a passage, 0…1."""
        return _FOREIGN_WORDS if passage in self.foreign else 1.0

    def only(self, passages: Container[int]) -> Words:
        """Return what is said of ``passages``."""
        return Words(
            {number: score for number, score in self.full_text.items() if number in passages},
            {number: share for number, share in self.routes.items() if number in passages},
            self.foreign,
        )


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found for a question, by id of passage or sentence; higher is better."""

    words: Words
    sentence_text: Mapping[int, float]
    cosines: Mapping[int, float]
    """Of sentences; those without a vector yet are missing."""
    hints: Mapping[int, float]
    """What else speaks for a passage."""
    far: float
    """A cosine that says nothing: the lowest among all candidates."""


def stands_elsewhere(near: Mapping[int, float], foreign: Container[int]) -> bool:
    """Return whether the evidence stands in documents in another language than the question's (``foreign``).

    It does where most passages are foreign and one of them is about as near (``near``, cosines) as the nearest in the
    question's language. The few documents in that language share mere "what" and "of" with it, which are rare in the
    library as a whole: their words say nothing then.
    """
    own = [cosine for number, cosine in near.items() if number not in foreign]
    theirs = [cosine for number, cosine in near.items() if number in foreign]
    return 0 < len(own) < len(theirs) and max(own) - _ONE_LANGUAGE <= max(theirs)


def worth_reading(words: Words, cosines: Mapping[int, float], count: int) -> list[int]:
    """Return the ``count`` passages that words and their own ``cosines`` speak for most: a first, cheap look."""
    return ranked(weighted_sum([(1.0, words.scores()), (_DENSE, min_max(cosines))]))[:count]


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
    return weighted_sum(
        [
            (1.0, signals.words.scores()),
            (_DENSE, min_max(dense, (1 + _MEAN) * signals.far)),
            (_SENTENCE, min_max(best)),
            (1.0, signals.hints),
        ]
    )


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
    full_text, cosines = min_max(signals.sentence_text, floor=0.0), min_max(signals.cosines, signals.far)
    return [
        full_text.get(s.id, 0.0) * signals.words.weight(s.passage) + _DENSE * cosines.get(s.id, 0.0) for s in sentences
    ]


def table_passages(sentences: Sequence[StoredSentence]) -> set[int]:
    """Return the passages that are tables for the most part."""
    rows: dict[int, list[bool]] = defaultdict(list)
    for sentence in sentences:
        rows[sentence.passage].append(sentence.kind is BlockKind.TABLE)
    return {number for number, marks in rows.items() if sum(marks) >= _TABLE_SHARE * len(marks)}
