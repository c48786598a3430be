"""Batches of about equal length: what the trainer reads as one row of its data set."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from evaluation.training.examples import Data, E, Pair, Question, Ranking

_BYTES_A_TOKEN = 4
"""Of UTF-8, in most languages: near enough to group texts of like length."""
_MARKS, _MOST = 4, 256
_JITTER = 0.15
"""Of its length, by which an example may move in the order: batches differ from pass to pass."""
_TOKENS_A_BATCH = 2_560
"""Padding included. More make a step longer and learn no more from it, as far as a short run shows."""
Batch = dict[str, Any]
"""part (its task), first and second texts of equal number, and as label lists of whole numbers, one a pair of texts.

pairs: label, number of the group; questions: answerable, start, end; rankings (one list a group): number of passages.
"""


def batches(data: Data, rng: random.Random) -> list[Batch]:
    """Return all of ``data`` in batches, those of the three tasks mixed."""
    together = [
        *_of("pairs", _ordered(data.pairs, rng), _pair_batch),
        *_of("questions", _ordered(data.questions, rng), _question_batch),
        *_of("rankings", _ordered(data.rankings, rng), _ranking_batch),
    ]
    rng.shuffle(together)
    return together


def _length(one: Pair | Question | Ranking) -> int:
    if isinstance(one, Pair):
        texts = [one.sentence + one.premise]
    elif isinstance(one, Question):
        texts = [one.question + one.passage]
    else:
        texts = [one.question + passage for passage in one.passages]
    return sum(min(_MOST, len(text.encode()) // _BYTES_A_TOKEN + _MARKS) for text in texts)


def _ordered(examples: Sequence[E], rng: random.Random) -> list[E]:
    """Return the examples by length; those of one group, which are to be compared, come one after another."""
    places: dict[str, float] = {}
    for one in examples:
        places.setdefault(one.group, _length(one) * rng.uniform(1 - _JITTER, 1 + _JITTER))
    return sorted(examples, key=lambda one: (places[one.group], one.group))


def _of(task: str, ordered: Sequence[E], made: Any) -> Iterator[Batch]:
    batch: list[E] = []
    longest = 0
    for one in ordered:
        length = _length(one)
        if batch and (len(batch) + 1) * max(longest, length) > _TOKENS_A_BATCH:
            yield {"part": task, **made(batch)}
            batch, longest = [], 0
        batch.append(one)
        longest = max(longest, length)
    if batch:
        yield {"part": task, **made(batch)}


def _pair_batch(batch: Sequence[Pair]) -> Batch:
    groups = {group: number for number, group in enumerate(dict.fromkeys(one.group for one in batch))}
    return {
        "first": [one.sentence for one in batch],
        "second": [one.premise for one in batch],
        "label": [[one.label, groups[one.group]] for one in batch],
    }


def _question_batch(batch: Sequence[Question]) -> Batch:
    return {
        "first": [one.question for one in batch],
        "second": [one.passage for one in batch],
        "label": [[int(one.answerable), one.start, one.end] for one in batch],
    }


def _ranking_batch(batch: Sequence[Ranking]) -> Batch:
    return {
        "first": [one.question for one in batch for _ in one.passages],
        "second": [passage for one in batch for passage in one.passages],
        "label": [[len(one.passages)] for one in batch],
    }
