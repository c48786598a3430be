"""The score of a passage and of a sentence, as pure functions over ids.

A passage is scored by its full text, the cosines of its sentences, and its best single sentence by both together:
evidence is in one sentence, and many passages of a report share the question's words without holding it. A sentence is
scored by its own full text and cosine, a share of its neighbours', and its passage's score. What each weight is worth:
docs/retrieval.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from vectorstore.fusion import min_max, ranked, weighted_sum, with_neighbours
from vectorstore.records import StoredSentence


@dataclass(frozen=True, slots=True)
class RetrievalWeights:
    """What each part of retrieval counts, and how many candidates it reads."""

    dense: float = 1.15
    """Of cosines, against 1 for full text."""
    route: float = 1.0
    """Of how well the question's words name the passage's document."""
    foreign_words: float = 0.35
    """Of full text and of names where question and document are in different languages: few words can agree."""
    mean: float = 1.0
    """Of the mean of a passage's cosines, beside the best one."""
    sentence: float = 0.5
    """Of a passage's best sentence by full text and cosine together."""
    neighbours: float = 0.25
    """Of its neighbours' scores for a sentence."""
    passage: float = 3.0
    """Of its passage's score for a sentence."""
    country: float = 0.2
    """For passages of the case of a country that the question names: a hint, never a filter."""
    symbol: float = 0.3
    """For passages of the document whose symbol ("S/2025/211") the question names."""
    reading: float = 0.75
    """Of what the reader says of the best passages, beside their scores; 0: they are not read."""
    reading_sentences: float = 1.75
    """Of what the reader says of the best sentences, beside their scores: fitted on open data (docs/retrieval.md)."""
    emptiness: float = 1.0
    """Taken off a sentence that was read by itself and says little, times how likely it does."""
    answering: float = 0.3
    """For the sentence in which the reader sees the answer, times how sure it is."""
    subject: bool = True
    """Whether the question without the document's name counts as much as the whole question in its vector."""
    full_text_candidates: int = 200
    dense_candidates: int = 200
    routed_candidates: int = 50
    """More of each kind from the document that the question names: in a large library others crowd it out."""
    read: int = 120
    """Candidates whose sentences are scored one by one."""


WEIGHTS = RetrievalWeights()
_ONE_LANGUAGE = 0.016
"""How much nearer a passage in the question's language is than one with the same content in another language."""


@dataclass(frozen=True, slots=True)
class Words:
    """How well a question's words match each passage (id)."""

    full_text: Mapping[int, float]
    """BM25; passages that share no word are missing."""
    routes: Mapping[int, float]
    """How well they name its document, 0…1."""
    foreign: frozenset[int]
    """Passages in another language than the question."""

    def scores(self, weights: RetrievalWeights) -> dict[int, float]:
        """Return one score a passage; words count less in a passage in another language."""
        summed = weighted_sum([(1.0, min_max(self.full_text, floor=0.0)), (weights.route, self.routes)])
        return {number: score * self.weight(number, weights) for number, score in summed.items()}

    def weight(self, passage: int, weights: RetrievalWeights) -> float:
        """Return what words count in a passage, 0…1."""
        return weights.foreign_words if passage in self.foreign else 1.0

    def only(self, passages: Container[int]) -> Words:
        """Return the same for ``passages`` alone."""
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
    """What countries and symbols in the question add to a passage."""
    far: float
    """A cosine that means nothing: the lowest among all candidates."""


def evidence_is_in_another_language(near: Mapping[int, float], foreign: Container[int]) -> bool:
    """Return whether the evidence is in documents in another language than the question's (``foreign``).

    It is where most passages are foreign and one of them is about as near (``near``, cosines) as the nearest in the
    question's language. The few documents in that language share mere "what" and "of" with it, which are rare in the
    library as a whole: their words mean nothing then.
    """
    own = [cosine for number, cosine in near.items() if number not in foreign]
    theirs = [cosine for number, cosine in near.items() if number in foreign]
    return 0 < len(own) < len(theirs) and max(own) - _ONE_LANGUAGE <= max(theirs)


def shortlist_passages(words: Words, cosines: Mapping[int, float], weights: RetrievalWeights) -> list[int]:
    """Return the passages that are best by words and by their own ``cosines``: a first, cheap look."""
    scores = weighted_sum([(1.0, words.scores(weights)), (weights.dense, min_max(cosines))])
    return ranked(scores)[: weights.read]


def own_scores(signals: Signals, sentences: Sequence[StoredSentence], weights: RetrievalWeights) -> dict[int, float]:
    """Return what each sentence scores by itself: full text and cosine together."""
    full_text, cosines = min_max(signals.sentence_text, floor=0.0), min_max(signals.cosines, signals.far)
    return {
        s.id: full_text.get(s.id, 0.0) * signals.words.weight(s.passage, weights)
        + weights.dense * cosines.get(s.id, 0.0)
        for s in sentences
    }


def score_passages(
    signals: Signals, sentences: Sequence[StoredSentence], own: Mapping[int, float], weights: RetrievalWeights
) -> dict[int, float]:
    """Return the score of the passage of every sentence, and of every passage with full text; see ``own_scores``."""
    grouped: dict[int, list[float]] = defaultdict(list)
    best: dict[int, float] = {}
    for sentence in sentences:
        if sentence.id in signals.cosines:
            grouped[sentence.passage].append(signals.cosines[sentence.id])
        best[sentence.passage] = max(best.get(sentence.passage, 0.0), own[sentence.id])
    dense = {number: max(values) + weights.mean * sum(values) / len(values) for number, values in grouped.items()}
    return weighted_sum(
        [
            (1.0, signals.words.scores(weights)),
            (weights.dense, min_max(dense, (1 + weights.mean) * signals.far)),
            (weights.sentence, min_max(best)),
            (1.0, signals.hints),
        ]
    )


def score_sentences(
    sentences: Sequence[StoredSentence],
    own: Mapping[int, float],
    passages: Mapping[int, float],
    weights: RetrievalWeights,
) -> dict[int, float]:
    """Return the score of every sentence; they are in reading order, ``passages`` are the passages' scores."""
    near = with_neighbours(own, [sentence.id for sentence in sentences], weights.neighbours)
    of_passage = min_max(passages)
    return {s.id: near[s.id] + weights.passage * of_passage[s.passage] for s in sentences}
