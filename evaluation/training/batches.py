"""Batches of about equal length: what the trainer reads as one row of its data set."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from evaluation.training.examples import Data, E, Pair, Question, Ranking
from reader.pairs import MARKS, MOST_FIRST, MOST_SECOND

_JITTER = 0.05
"""Of its length, by which an example may move in the order: batches differ from pass to pass."""
_TOKENS_A_BATCH = 4_096
"""Padding included. More make a step longer and learn no more from it, as far as a short run shows."""
Batch = dict[str, Any]
"""part (its task), first and second texts of equal number, and as label lists of whole numbers, one a pair of texts.

pairs: label, number of the group; questions: answerable, start, end; rankings (one list a group): number of passages.
"""


def batches(data: Data, rng: random.Random, count: Callable[[Sequence[str]], list[int]]) -> list[Batch]:
    """Return all of ``data`` in batches, those of the three tasks mixed; ``count`` counts the tokens of texts."""
    together = [
        *_of("pairs", _ordered(data.pairs, rng, count), _pair_batch),
        *_of("questions", _ordered(data.questions, rng, count), _question_batch),
        *_of("rankings", _ordered(data.rankings, rng, count), _ranking_batch),
    ]
    rng.shuffle(together)
    return together


def _ordered(
    examples: Sequence[E], rng: random.Random, count: Callable[[Sequence[str]], list[int]]
) -> list[tuple[int, int, E]]:
    """Return the examples by length, each with its longest row and how many rows it has.

    Those of one group, which are to be compared, come one after another.
    """
    texts = {text: 0 for one in examples for pair in _rows(one) for text in pair}
    lengths = dict(zip(texts, count(list(texts)), strict=True))
    longest = [
        max(min(lengths[a], MOST_FIRST) + min(lengths[b], MOST_SECOND) + 2 * MARKS for a, b in _rows(one))
        for one in examples
    ]
    places: dict[str, float] = {}
    for one, length in zip(examples, longest, strict=True):
        places.setdefault(one.group, length * rng.uniform(1 - _JITTER, 1 + _JITTER))
    together = [(length, len(_rows(one)), one) for one, length in zip(examples, longest, strict=True)]
    return sorted(together, key=lambda found: (places[found[2].group], found[2].group))


def _rows(one: Pair | Question | Ranking) -> list[tuple[str, str]]:
    """Return the pairs of texts that the network reads of an example."""
    if isinstance(one, Pair):
        return [(one.sentence, one.premise)]
    if isinstance(one, Question):
        return [(one.question, one.passage)]
    return [(one.question, passage) for passage in one.passages]


def _of(task: str, ordered: Sequence[tuple[int, int, E]], made: Callable[[Sequence[E]], Batch]) -> Iterator[Batch]:
    batch: list[E] = []
    longest = rows = 0
    for length, own, one in ordered:
        if batch and (rows + own) * max(longest, length) > _TOKENS_A_BATCH:
            yield {"part": task, **made(batch)}
            batch, longest, rows = [], 0, 0
        batch.append(one)
        longest, rows = max(longest, length), rows + own
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
