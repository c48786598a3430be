"""What kind of thing a question asks for, by meaning, and which sentences hold such a thing.

A linear classifier over the question's vector. ``whrd-eval asked`` fits it, on questions in twenty languages whose
answers are known, and writes ``asked.safetensors``: one matrix for each embedder. What a sentence holds is read off its
figures and dates (``ingest.language.figures``). docs/retrieval.md says what it is worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.language.figures import Figures, find_figures

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("asked.safetensors")


class Asked(StrEnum):
    """A kind of answer."""

    QUANTITY = "quantity"
    """How many, how much, what share."""
    DATE = "date"
    OTHER = "other"


KINDS = tuple(Asked)
"""In the order of the rows of the weights."""


def asked_for(embedder: str, vector: Matrix) -> dict[Asked, float]:
    """Return how likely a question of this vector, float32 [dimensions], asks for each kind; together 1.

    Nothing for an embedder (its name) that nothing was fitted for.
    """
    weights = _weights().get(embedder)
    return {} if weights is None else probabilities(weights, vector)


def probabilities(weights: Matrix, vector: Matrix) -> dict[Asked, float]:
    """Return the same by ``weights``, [kinds, dimensions + 1]; the last column is the bias."""
    import numpy as np

    odds = np.exp(weights[:, :-1] @ vector + weights[:, -1])
    return dict(zip(KINDS, (odds / odds.sum()).tolist(), strict=True))


def held(text: str, language: str, question: Figures) -> frozenset[Asked]:
    """Return which of these kinds a sentence in ``language`` (ISO 639-1) holds, beyond what the question itself has."""
    found = find_figures(text, language)
    known = {figure.value for figure in question.numbers}
    new = [figure for figure in found.numbers if figure.value not in known and not figure.loose]
    dates = {(date.year, date.month, date.day) for date in question.dates}
    dated = any((date.year, date.month, date.day) not in dates for date in found.dates)
    return frozenset(
        [Asked.QUANTITY] * any(figure.kind != "year" for figure in new)
        + [Asked.DATE] * (dated or any(figure.kind == "year" for figure in new))
    )


@cache
def _weights() -> Mapping[str, Matrix]:
    from safetensors.numpy import load_file

    return dict(load_file(WEIGHTS))
