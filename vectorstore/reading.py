"""The second stage: the reader reads the best passages together with the question.

Retrieve and re-rank (Nogueira & Cho 2019, https://arxiv.org/abs/1901.04085), but the first stage keeps its say: a small
model knows what an answer looks like, and full text and vectors know which report is meant. What that is worth:
docs/retrieval.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log
from statistics import fmean, pstdev
from types import MappingProxyType

from ingest.documents import BlockKind
from reader.reader import Answering, Reader
from vectorstore.fusion import min_max, ranked
from vectorstore.records import StoredPassage, StoredSentence
from vectorstore.retrieval import Retrieval
from vectorstore.scoring import WEIGHTS, RetrievalWeights

READ = 10
"""Passages that are read: some 30 ms each on one core."""
SENTENCES_READ = 16
"""Sentences that are read, some 10 ms each: what stands further down is as seldom the best one as by chance."""
SHARE_OF_BEST = 0.7
"""What scores below this share of the best sentence is left out of an answer (docs/retrieval.md has the curve). What
would be shown without reading never falls below it."""
_SURE = 1e-6
"""Probabilities nearer to 0 or 1 count as this near."""


def second_stage(
    reader: Reader | None, question: str, retrieval: Retrieval, weights: RetrievalWeights = WEIGHTS
) -> Retrieval:
    """Return ``retrieval`` in the order that both stages give it; as it is where nothing can read or be read.

    The scores of passages are given out anew. A sentence moves with its passage, and the one that answers further; then
    the best sentences are read one by one, and their scores are given out anew as well. None that would be shown
    without reading falls out of the answer: of what happened, the reader knows the sentence that names it best.
    """
    if reader is None or not retrieval.passages or not weights.reading:
        return retrieval
    before = {item.passage.id: item.score for item in retrieval.passages}
    passages = {item.passage.id: item.passage for item in retrieval.passages[:READ]}
    said = reader.answers(question, [passage.text for passage in passages.values()])
    read = dict(zip(passages, said, strict=True))
    after = reorder(before, read, weights.reading)
    was, now = min_max(before), min_max(after)
    in_order = sorted((item.sentence for item in retrieval.sentences), key=lambda sentence: sentence.id)
    answering = answering_sentences(read, passages, in_order)
    scored = [
        replace(item, score=after[item.passage.id], read=read.get(item.passage.id)) for item in retrieval.passages
    ]
    moved = {
        item.sentence.id: item.score
        + weights.passage * (now[item.sentence.passage] - was[item.sentence.passage])
        + weights.answering * answering.get(item.sentence.id, 0.0)
        for item in retrieval.sentences
    }
    moved |= _read_alone(reader, question, retrieval, moved, weights)
    sentences = [replace(item, score=moved[item.sentence.id]) for item in retrieval.sentences]
    return replace(
        retrieval,
        passages=tuple(sorted(scored, key=lambda item: (-item.score, item.passage.id))),
        sentences=tuple(sorted(sentences, key=lambda item: (-item.score, item.sentence.id))),
    )


def _read_alone(
    reader: Reader, question: str, retrieval: Retrieval, scores: Mapping[int, float], weights: RetrievalWeights
) -> dict[int, float]:
    """Return new scores of the sentences that an answer may show, after each of the best was read.

    Each is judged by itself, and read with what stands before it. Headings, which answer nothing, keep theirs.
    """
    scored = {i.sentence.id: i.score for i in retrieval.sentences if i.sentence.kind is not BlockKind.HEADING}
    if not scored or not weights.reading_sentences:
        return {}
    least = SHARE_OF_BEST * max(scores[number] for number in scored)
    shown = {number for number, score in scored.items() if score >= SHARE_OF_BEST * max(scored.values())}
    now = {number: max(scores[number], least) if number in shown else scores[number] for number in scored}
    best = ranked(now)[:SENTENCES_READ]
    texts = {item.sentence.id: item.sentence.text for item in retrieval.sentences}
    before = _before([item.sentence for item in retrieval.sentences])
    said = reader.answers(question, [texts[number] for number in best], [before[number] for number in best])
    alone = dict(zip(best, said, strict=True))
    less = {item.sentence.id: weights.emptiness * item.emptiness for item in retrieval.sentences}
    after = reorder(now, alone, weights.reading_sentences, less)
    return {number: max(score, least) if number in shown else score for number, score in after.items()}


def _before(sentences: Sequence[StoredSentence]) -> dict[int, tuple[str, ...]]:
    """Return, for each sentence (by id), those of ``sentences`` that stand directly before it in its passage."""
    found: dict[int, tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    last: StoredSentence | None = None
    for sentence in sorted(sentences, key=lambda one: (one.document, one.ordinal)):
        if last is None or last.passage != sentence.passage or last.ordinal + 1 != sentence.ordinal:
            before = ()
        found[sentence.id] = before
        before, last = (*before, sentence.text), sentence
    return found


def reorder(
    scores: Mapping[int, float],
    read: Mapping[int, Answering],
    weight: float,
    less: Mapping[int, float] = MappingProxyType({}),
) -> dict[int, float]:
    """Return ``scores`` (of passages or sentences) with those that were read given out anew, by both stages together.

    Both count as distances from their mean, in standard deviations. The numbers stay the same, so that later steps
    (the sentences' scores, the distance to the passages below) work with or without a second stage. What ``less`` names
    counts so much less.
    """
    before = [number for number in ranked(scores) if number in read]
    if not before:
        return dict(scores)
    first = _standardised([scores[number] for number in before])
    second = _standardised([log_odds(read[number].probability) for number in before])
    together = {
        number: a + weight * b - less.get(number, 0.0) for number, a, b in zip(before, first, second, strict=True)
    }
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


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, within bounds."""
    sure = min(max(probability, _SURE), 1 - _SURE)
    return log(sure / (1 - sure))
