"""Fit and measure how sentences that say little are told from those that answer questions."""

from __future__ import annotations

import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.training.examples import Question
from evaluation.training.rankings import answering_sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

EXAMPLES = Path(__file__).with_name("informative.toml")
_A_LANGUAGE, _IN_ENGLISH = 120, 900
"""Sentences that hold an answer, of each language and of English, in which most reports are."""
_REGULARISATION = 30.0
"""The inverse of its strength."""
_FOLDS = 8
_SEED = 2


def read_examples(path: Path = EXAMPLES) -> list[str]:
    """Return the sentences that say little."""
    by_language = tomllib.loads(path.read_text(encoding="utf-8"))
    return [sentence for sentences in by_language.values() for sentence in sentences]


def written_sentences(files: Iterable[Path]) -> list[str]:
    """Return sentences in the style of reports, all of which say something: of the pairs written by hand.

    All quotes, and as many of the sentences that were written on them.
    """
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    quotes = list(dict.fromkeys(quote for row in rows for quote in row["premise"]))
    others = list(dict.fromkeys(one["text"] for row in rows for one in row["right"] + row["wrong"]))
    return [*quotes, *random.Random(_SEED).sample(others, min(len(quotes), len(others)))]


def telling_sentences(questions: Sequence[Question]) -> list[str]:
    """Return sentences that hold the answer of a question, so many in each language."""
    by_language: dict[str, dict[str, None]] = defaultdict(dict)
    for one, sentence in answering_sentences(questions):
        by_language[one.language.rpartition("-")[2]][sentence] = None
    rng, drawn = random.Random(_SEED), list[str]()
    for language, found in sorted(by_language.items()):
        wanted = _IN_ENGLISH if language == "en" else _A_LANGUAGE
        drawn += rng.sample(sorted(found), min(wanted, len(found)))
    return drawn


def fit(empty: Vectors, telling: Vectors) -> Vectors:
    """Return the weights, float32 [dimensions + 1], the bias last."""
    regression = _regression().fit(np.concatenate([empty, telling]), _labels(empty, telling))
    # safetensors writes the bytes as they lie: they must be in one piece.
    return np.ascontiguousarray(np.append(regression.coef_[0], regression.intercept_), dtype=np.float32)


def left_out(empty: Vectors, telling: Vectors) -> tuple[list[float], list[float]]:
    """Return the log-odds of both kinds, each sentence's by weights that were fitted without it."""
    from sklearn.model_selection import cross_val_predict

    labels = _labels(empty, telling)
    scores = cross_val_predict(
        _regression(), np.concatenate([empty, telling]), labels, cv=_FOLDS, method="decision_function"
    )
    return scores[labels].tolist(), scores[~labels].tolist()


def _labels(empty: Vectors, telling: Vectors) -> NDArray[np.bool_]:
    return np.arange(len(empty) + len(telling)) < len(empty)


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_REGULARISATION, max_iter=3_000, class_weight="balanced")
