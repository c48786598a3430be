"""Fit how answers are refused, on a set of the form that ``evaluation.open_set`` writes.

Every question is asked of all documents. Those on written reports are asked once more of these alone, and with them
questions that have nothing to do with reports: what a library of reports is asked that is off its subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.refusal.answerability import SETS_OF_SIGNALS
from app.refusal.evidence import measure_evidence
from evaluation.data_sets import read_rows
from evaluation.significance import area_under_curve
from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import retrieve
from vectorstore.scoring import WEIGHTS

ANSWERABLE, OFF_SUBJECT = "answerable", "off the subject"
REPORTS = "written"
"""The source whose texts are in the style of reports."""
_EVERY = 3
"""One question in so many of the other sources is asked of the reports."""
_PASSAGES_ALONE = replace(WEIGHTS, reading_sentences=0.0)
"""No signal depends on the sentences, and reading them takes half of the time."""
_REGULARISATION = 1.0
"""The inverse of its strength, over signals of unit variance."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question, and what was measured for it."""

    kind: str
    own_language: bool
    signals: dict[str, float]


def measure_all(library: Library, folder: Path) -> list[Row]:
    """Return the signals of every question of the set in ``folder``, which ``library`` holds."""
    asked = read_rows((folder / "questions.jsonl").read_text(encoding="utf-8"))
    reports = tuple(d.id for d in library.catalogue.documents() if d.name.startswith(f"{REPORTS}-"))
    rows = [row for one in asked if (row := _measure(library, one, one["kind"], Scope()))]
    for number, one in enumerate(asked):
        own = one["id"].startswith(f"{REPORTS}-")
        if own or number % _EVERY == 0:
            kind = one["kind"] if own else OFF_SUBJECT
            row = _measure(library, one, kind, Scope(reports))
            rows += [row] if row else []
    return rows


def _measure(library: Library, asked: dict[str, Any], kind: str, scope: Scope) -> Row | None:
    found = retrieve(library, asked["question"], scope, weights=_PASSAGES_ALONE)
    signals = measure_evidence(library, asked["question"], found, scope)
    return None if signals is None else Row(kind, signals.own_language, signals.values())


def fit(rows: Sequence[Row], embedder: str, falsely_refused: float) -> list[dict[str, Any]]:
    """Return a model for every language and set of signals, with its figures on ``rows``.

    The line of each is drawn where the share ``falsely_refused`` of the answerable questions is refused.
    """
    return [
        {
            "embedder": embedder,
            "own_language": own,
            **_fit([row for row in rows if row.own_language is own], signals, falsely_refused),
        }
        for own in (True, False)
        for signals in SETS_OF_SIGNALS
        if all(set(signals) <= set(row.signals) for row in rows)
    ]


def _fit(rows: Sequence[Row], names: Sequence[str], falsely_refused: float) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    values = np.array([[row.signals[name] for name in names] for row in rows])
    answerable = np.array([row.kind == ANSWERABLE for row in rows])
    middle, spread = values.mean(axis=0), values.std(axis=0)
    regression = LogisticRegression(C=_REGULARISATION, class_weight="balanced")
    # Each question is judged by weights that were fitted without it.
    scores = cross_val_predict(regression, (values - middle) / spread, answerable, cv=10, method="decision_function")
    line = float(np.quantile(scores[answerable], falsely_refused))
    regression.fit((values - middle) / spread, answerable)
    weights = regression.coef_[0] / spread
    bias = float(regression.intercept_[0] - (weights * middle).sum() - line)
    return {
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        "bias": round(bias, 4),
        "auc": round(area_under_curve(scores[answerable].tolist(), scores[~answerable].tolist()), 3),
        "refused": {
            kind: [sum(score < line for score in here), len(here)]
            for kind in dict.fromkeys(row.kind for row in rows)
            if (here := [score for score, row in zip(scores.tolist(), rows, strict=True) if row.kind == kind])
        },
    }
