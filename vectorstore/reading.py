"""The second stage: the reader reads the best passages together with the question.

Retrieve and re-rank (Nogueira & Cho 2019, https://arxiv.org/abs/1901.04085), but the first stage keeps its say: a small
model knows what an answer looks like, and full text and vectors know which report is meant. What that is worth:
docs/retrieval.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from statistics import fmean, pstdev

from reader.reader import Answering, Reader
from vectorstore.fusion import ranked
from vectorstore.records import StoredPassage, StoredSentence

READ = 10
"""Passages that are read: some 30 ms each on one core."""
_SURE = 1e-6
"""Probabilities nearer to 0 or 1 count as this near."""


def read_passages(
    reader: Reader, question: str, passages: Mapping[int, StoredPassage], scores: Mapping[int, float]
) -> dict[int, Answering]:
    """Return what the reader says of the best passages, by id."""
    best = ranked(scores)[:READ]
    return dict(zip(best, reader.answers(question, [passages[number].text for number in best]), strict=True))


def reorder(scores: Mapping[int, float], read: Mapping[int, Answering], weight: float) -> dict[int, float]:
    """Return ``scores`` with those of the passages that were read given out anew, by both stages together.

    Both count as distances from their mean, in standard deviations. The numbers stay the same, so that later steps
    (the sentences' scores, the distance to the passages below) work with or without a second stage.
    """
    before = [number for number in ranked(scores) if number in read]
    first = _standardised([scores[number] for number in before])
    second = _standardised([_log_odds(read[number].probability) for number in before])
    together = dict(zip(before, (a + weight * b for a, b in zip(first, second, strict=True)), strict=True))
    order = sorted(before, key=lambda number: -together[number])
    return {**scores, **{number: scores[place] for number, place in zip(order, before, strict=True)}}


def answering_sentences(
    read: Mapping[int, Answering], passages: Mapping[int, StoredPassage], sentences: Sequence[StoredSentence]
) -> dict[int, float]:
    """Return the sentences (by id) in which the reader sees the answer to begin, and how sure it is of the passage."""
    found: dict[int, float] = {}
    ends: dict[int, int] = {}
    for sentence in sentences:  # in reading order
        answering = read.get(sentence.passage)
        if answering is None or answering.span is None:
            continue
        start = passages[sentence.passage].text.find(sentence.text, ends.get(sentence.passage, 0))
        if start < 0:  # in other blanks than the passage has it
            continue
        ends[sentence.passage] = start + len(sentence.text)
        if start <= answering.span[0] < ends[sentence.passage]:
            found[sentence.id] = answering.probability
    return found


def _standardised(values: Sequence[float]) -> list[float]:
    mean, deviation = fmean(values), pstdev(values)
    return [(value - mean) / deviation if deviation else 0.0 for value in values]


def _log_odds(probability: float) -> float:
    sure = min(max(probability, _SURE), 1 - _SURE)
    return log(sure / (1 - sure))
