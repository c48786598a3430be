"""Fit and measure how the kind of thing that a question asks for is recognised: by what the answers are."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from evaluation.training.examples import Question
from ingest.language.figures import find_figures
from vectorstore.asked import KINDS, Asked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

A_LANGUAGE = 400
"""Questions that are learned from, in each language; of English, which most reports are in, five times as many."""
_ENGLISH = 5
_TABLES = ("wtq", "fetaqa", "aitqa", "tatqa")
"""Sources of questions on tables: there a figure is asked for in words that fit no running text."""
_REGULARISATION = 10.0
"""The inverse of its strength."""
_HEAD = 6
"""Characters of an answer before its figure, at most: "about 190"."""


def kind_of(answer: str, language: str) -> Asked:
    """Return what kind of thing an answer is, in ``language`` (ISO 639-1)."""
    found = find_figures(answer, language)
    if found.dates or any(figure.kind == "year" for figure in found.numbers):
        return Asked.DATE
    figures = [figure for figure in found.numbers if not figure.loose]
    covered = sum(figure.end - figure.start for figure in figures)
    if figures and (2 * covered >= len(answer) or figures[0].start <= _HEAD):
        return Asked.QUANTITY
    return Asked.OTHER


def drawn(questions: Iterable[Question], each: int = A_LANGUAGE, seed: int = 1) -> list[Question]:
    """Return answered questions, so many in each language."""
    by_language: dict[str, dict[str, Question]] = defaultdict(dict)
    for one in questions:
        if one.start >= 0 and not one.source.startswith(_TABLES):
            by_language[one.language.partition("-")[0]][one.question] = one
    rng, found = random.Random(seed), list[Question]()
    for language, own in sorted(by_language.items()):
        wanted = each * (_ENGLISH if language == "en" else 1)
        found += rng.sample(list(own.values()), min(wanted, len(own)))
    return found


def answer_kinds(questions: Iterable[Question]) -> list[Asked]:
    """Return what kind of thing the answer of each question is, in its passage's language."""
    return [kind_of(one.passage[one.start : one.end], one.language.rpartition("-")[2]) for one in questions]


def fit(kinds: Sequence[Asked], vectors: Matrix) -> Matrix:
    """Return the weights, float32 [kinds, dimensions + 1], the bias last."""
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=_REGULARISATION, max_iter=3_000)
    regression.fit(vectors, [KINDS.index(kind) for kind in kinds])
    # safetensors writes the bytes as they lie: they must be in the order of the rows.
    return np.ascontiguousarray(np.column_stack([regression.coef_, regression.intercept_]), dtype=np.float32)


def table(kinds: Sequence[Asked], weights: Matrix, vectors: Matrix) -> str:
    """Return a line for each kind: how many were recognised, and how many were taken for it that are not."""
    found = (vectors @ weights[:, :-1].T + weights[:, -1]).argmax(axis=1)
    taken = [KINDS[place] for place in found]
    of, right = Counter(kinds), Counter(kind for kind, one in zip(kinds, taken, strict=True) if kind is one)
    wrongly = Counter(one for kind, one in zip(kinds, taken, strict=True) if kind is not one)
    return "\n".join(
        f"{kind:<10}{right[kind]:>5} of {of[kind]:>5} recognised, {wrongly[kind]} others taken for it" for kind in KINDS
    )
