"""Fit and measure how turns are recognised: what is typed that is no question to the reports."""

from __future__ import annotations

import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import babel
import numpy as np

from app.turns.kinds import TurnKind
from app.turns.recognition import EXAMPLES, KINDS
from evaluation.training.examples import Question
from vectorstore.embeddings import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_FILLED = 3
"""Times that an example with a country's name is learned from, each with other countries."""
_A_LANGUAGE = 120
"""Open questions that are learned from, in each language."""
_OPEN_WEIGHT = 0.3
"""Of an open question beside an example: there are three times as many."""
_REGULARISATION = 100.0
"""The inverse of its strength: of 10, 100 and 1,000 the one at which most examples left out are recognised."""
_BODIES = ("HRW", "Amnesty", "UNICEF", "OHCHR", "the ILO", "ICRC", "Human Rights Watch", "UN Women", "the World Bank")
"""Publishers, for the examples that speak of a report by its publisher."""
_MISTAKEN = 0.02
"""Share of the questions among the examples that may be taken for something else: when in doubt it is a question."""
_FOLDS = 8
_SEED = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A turn of a known kind. ``group`` is the same for fillings of one line."""

    text: str
    kind: TurnKind
    language: str
    weight: float = 1.0
    group: int = 0
    after_an_answer: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of how many turns were recognised."""

    right: int = 0
    of: int = 0


def read_examples(path: Path = EXAMPLES) -> list[Example]:
    """Return the examples that ship, with names of countries filled in."""
    rng, found, group = random.Random(_SEED), list[Example](), 0
    codes = [code for code in map(str, babel.Locale("en").territories) if len(code) == 2 and code.isalpha()]
    for kind, by_language in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for language, lines in by_language.items():
            names = babel.Locale(language).territories
            for line in lines:
                group += 1
                times = _FILLED if "{" in line else 1
                for _ in range(times):
                    one, other = rng.sample(codes, 2)
                    text = line.replace("{country}", names.get(one, one)).replace("{other}", names.get(other, other))
                    text = text.replace("{body}", rng.choice(_BODIES))
                    found.append(Example(text, TurnKind(kind), language, 1 / times, group))
    return found


def open_questions(questions: Iterable[Question], each: int = _A_LANGUAGE, seed: int = _SEED) -> list[str]:
    """Return so many questions in each language, drawn at random."""
    by_language: dict[str, dict[str, None]] = defaultdict(dict)
    for one in questions:
        by_language[one.language.partition("-")[0]][one.question] = None
    rng, drawn = random.Random(seed), list[str]()
    for _, texts in sorted(by_language.items()):
        drawn += rng.sample(list(texts), min(each, len(texts)))
    return drawn


def embed(embedder: Embedder, texts: Iterable[str]) -> Matrix:
    """Return the vectors of questions, float32 [texts, dimensions]."""
    return np.stack([embedder.embed_question(text) for text in texts])


def fit(examples: Sequence[Example], vectors: Matrix, questions: Matrix) -> Matrix:
    """Return the weights, float32 [kinds, dimensions + 1], the bias last."""
    from sklearn.linear_model import LogisticRegression

    kinds = [KINDS.index(one.kind) for one in examples] + [KINDS.index(TurnKind.QUESTION)] * len(questions)
    weights = [one.weight for one in examples] + [_OPEN_WEIGHT] * len(questions)
    regression = LogisticRegression(C=_REGULARISATION, max_iter=3_000)
    regression.fit(np.concatenate([vectors, questions]), kinds, weights)
    if list(regression.classes_) != list(range(len(KINDS))):
        raise ValueError("a kind of turn has no example")
    # safetensors writes the bytes as they lie: they must be in the order of the rows.
    return np.ascontiguousarray(np.column_stack([regression.coef_, regression.intercept_]), dtype=np.float32)


def left_out(examples: Sequence[Example], vectors: Matrix, questions: Matrix) -> Matrix:
    """Return the scores of every example by weights that were fitted without it, float32 [examples, kinds]."""
    from sklearn.model_selection import GroupKFold

    scores = np.zeros((len(examples), len(KINDS)), dtype=np.float32)
    for learned, tried in GroupKFold(_FOLDS).split(vectors, groups=[one.group for one in examples]):
        weights = fit([examples[index] for index in learned], vectors[learned], questions)
        scores[tried] = vectors[tried] @ weights[:, :-1].T + weights[:, -1]
    return scores


def doubt(examples: Sequence[Example], scores: Matrix) -> float:
    """Return what a question is given on top, so that only ``_MISTAKEN`` of the examples' questions are mistaken."""
    row = KINDS.index(TurnKind.QUESTION)
    own = np.array([one.kind is TurnKind.QUESTION for one in examples])
    others = np.delete(scores, row, axis=1).max(axis=1)
    return float(max(0.0, np.quantile((others - scores[:, row])[own], 1 - _MISTAKEN)))


def count(examples: Sequence[Example], taken: Sequence[TurnKind]) -> dict[TurnKind, Counted]:
    """Return how many of each kind were recognised."""
    right, of = Counter[TurnKind](), Counter[TurnKind]()
    for one, found in zip(examples, taken, strict=True):
        of[one.kind] += 1
        right[one.kind] += found is one.kind
    return {kind: Counted(right[kind], of[kind]) for kind in KINDS if of[kind]}
