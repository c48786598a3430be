"""How likely the passages found answer the question: a logistic regression over a few signals, fitted on open data.

``whrd-eval calibrate`` fits it, on questions that no report is asked and no evaluation set holds, and writes
``answerability.json``: weights for every embedder, for questions in the reports' language and in another one, and for
the signals at hand (without vectors, without a reader). docs/refusal.md has the figures.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("answerability.json")
SIGNALS = ("cosine", "centred", "plain", "read")
"""In the order of the file. See ``app.refusal.evidence.Signals``."""
SETS_OF_SIGNALS = (SIGNALS, SIGNALS[:-1], ("coverage", "read"), ("coverage",))
"""With all; without a reader; without vectors; without both. Only without vectors do words count: docs/refusal.md."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of some signals. The score is 0 where as many answerable questions are refused as was asked for."""

    embedder: str
    own_language: bool
    weights: Mapping[str, float]
    bias: float

    def score(self, signals: Mapping[str, float]) -> float:
        """Return log-odds of an answer, moved so that 0 is the line; ``signals`` has all that the model weighs."""
        return self.bias + math.fsum(weight * signals[name] for name, weight in self.weights.items())


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted, and to which reader: another's judgements are left out."""

    reader: str
    most_read: float
    """The highest log-odds seen: what reading can say for an answer at most."""
    models: tuple[Model, ...]

    def model_for(self, embedder: str, own_language: bool, known: Collection[str]) -> Model:
        """Return the model that weighs most of the ``known`` signals.

        Cosines of different models do not compare: an embedder without a model of its own gets one without cosines.
        """
        fitted = {model.embedder for model in self.models}
        usable = set(known) if embedder in fitted else set(known) & {"coverage", "read"}
        found = [
            model
            for model in self.models
            if model.own_language == own_language
            and (model.embedder == embedder or embedder not in fitted)
            and usable >= set(model.weights)
        ]
        return max(found, key=lambda model: len(model.weights))


@cache
def fitted() -> Fitted:
    """Return what ships."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    models = (Model(row["embedder"], row["own_language"], row["weights"], row["bias"]) for row in data["models"])
    return Fitted(data["reader"], data["most_read"], tuple(models))
