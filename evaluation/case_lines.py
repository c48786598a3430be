"""Measure how lines of cases are told apart: headings, recommendations and addressees, against marked lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.cases.addressees import Addressee
from app.cases.headings import HEADINGS
from app.cases.line_head import (
    BELONGS,
    LINES_THAT_RECOMMEND,
    LINES_UNDER_HEADINGS,
    OF_HEADINGS,
    OF_RECOMMENDATIONS,
    LineHead,
    fit,
    read_lines,
    vectors_of_texts,
)
from app.cases.recommendations import DOUBTFUL, says_so
from vectorstore.embeddings import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MARKS = Path(__file__).with_name("line_marks.jsonl")
_FOLDS = 8
_SEED = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """Lines of real reports with their marks."""

    texts: tuple[str, ...]
    headings: tuple[frozenset[str], ...]
    """All that a reader would accept; none of a line that belongs into no summary."""
    addressees: tuple[frozenset[str], ...]
    """Of a recommendation, all that are right; empty where the line is none."""


def read_marks(path: Path = MARKS) -> Marked:
    """Return marked lines: ``sentence``, ``headings``, ``recommends`` and ``addressee`` (one or several)."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Marked(
        tuple(row["sentence"] for row in rows),
        tuple(frozenset(row["headings"]) for row in rows),
        tuple(_addressees(row["addressee"]) if row["recommends"] else frozenset() for row in rows),
    )


def _addressees(named: str | list[str]) -> frozenset[str]:
    every = [named] if isinstance(named, str) else named
    return frozenset(str(Addressee.OTHER) if name == "unclear" else name for name in every)


def of_marks(head: LineHead, vectors: Vectors, marked: Marked) -> dict[str, int]:
    """Return figures on marked lines: with a heading, the right one; recommendations found, and right addressees."""
    under = head.under(vectors)
    asks = np.array([bool(one) for one in marked.addressees])
    asking = head.asking(vectors)
    by_words = [says_so(text) for text in marked.texts]
    found = np.array([one.likely >= DOUBTFUL and words for one, words in zip(asking, by_words, strict=True)])
    to = [str(one.addressee) for one in asking]
    right = [HEADINGS[int(row.argmax())].title in names for row, names in zip(under, marked.headings, strict=True)]
    shown = under.max(axis=1) >= BELONGS
    return {
        "lines": len(under),
        "that belong under a heading": sum(map(bool, marked.headings)),
        "shown under a heading": int(shown.sum()),
        "right of these": int((np.array(right) & shown).sum()),
        "recommendations": int(asks.sum()),
        "found of these": int((asks & found).sum()),
        "others taken for some": int((found & ~asks).sum()),
        "right addressee of those found": sum(to[i] in marked.addressees[i] for i in np.flatnonzero(asks & found)),
    }


def of_examples(embedder: Embedder) -> dict[str, int]:
    """Return the same figures on the examples that the classifiers are learned from, left out in turn."""
    under, asking = read_lines(LINES_UNDER_HEADINGS), read_lines(LINES_THAT_RECOMMEND)
    odds = _left_out(vectors_of_texts(embedder, under.texts), under.labels, OF_HEADINGS)
    more = odds[:, :-1] - odds[:, -1:]
    shown = more.max(axis=1) >= BELONGS
    right = under.labels[np.arange(len(odds)), more.argmax(axis=1)]
    vectors, asks = vectors_of_texts(embedder, asking.texts), asking.labels[:, 0]
    odds_of_asking = _left_out(vectors, asking.labels[:, :1], OF_RECOMMENDATIONS)[:, 0]
    by_words = np.array([says_so(text) for text in asking.texts])
    found = (_logistic(odds_of_asking) >= DOUBTFUL) & by_words
    to = _left_out(vectors[asks], asking.labels[asks][:, 1:], OF_RECOMMENDATIONS).argmax(axis=1)
    return {
        "lines": len(odds),
        "shown under a heading": int(shown.sum()),
        "right of these": int((right & shown).sum()),
        "recommendations": int(asks.sum()),
        "found of these": int((asks & found).sum()),
        "others taken for some": int((found & ~asks).sum()),
        "right addressee of all": int((asking.labels[asks][:, 1:].argmax(axis=1) == to).sum()),
    }


def _left_out(vectors: Vectors, labels: NDArray[np.bool_], free: float) -> Vectors:
    """Return log-odds [lines, labels] of every line, by weights that were fitted without its part of the lines."""
    order = np.random.default_rng(_SEED).permutation(len(vectors))
    odds = np.zeros(labels.shape, dtype=np.float32)
    for part in np.array_split(order, _FOLDS):
        rest = np.setdiff1d(order, part)
        weights = fit(vectors[rest], labels[rest], free)
        odds[part] = vectors[part] @ weights[:, :-1].T + weights[:, -1]
    return odds


def _logistic(odds: Vectors) -> Vectors:
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)
