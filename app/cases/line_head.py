"""What a line of a case is: the headings that it belongs under, and whether it recommends something, and to whom.

Linear classifiers over the line's vector, which is stored anyway. They are learned from sentences written for this in
the style of reports, in eight languages (``heading_lines.jsonl``, ``recommendation_lines.jsonl``); ``whrd-eval lines``
fits them for the embedders that we ship and writes ``line_head.safetensors``. For another embedder they are fitted when
they are first asked for. docs/cases.md has the figures.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from app.cases.addressees import Addressee
from app.cases.headings import HEADINGS
from vectorstore.embeddings import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("line_head.safetensors")
LINES_UNDER_HEADINGS = Path(__file__).with_name("heading_lines.jsonl")
LINES_THAT_RECOMMEND = Path(__file__).with_name("recommendation_lines.jsonl")
OF_HEADINGS, OF_RECOMMENDATIONS = 10.0, 30.0
"""The inverse of how strongly weights are held back."""
BELONGS = 1.5
"""By how much the log-odds of a heading must exceed those of none: an empty heading is better than a wrong one."""
_fitting = Lock()
_fitted: dict[str, LineHead] = {}


@dataclass(frozen=True, slots=True)
class Asking:
    """How likely a line recommends something, and whom it asks if it does."""

    likely: float
    addressee: Addressee


@dataclass(frozen=True, slots=True)
class LineHead:
    """Weights float32 [labels, dimensions + 1], the bias last.

    Of the headings and of none; of recommending (one row); of addressees.
    """

    headings: Matrix
    recommends: Matrix
    addressees: Matrix

    def under(self, vectors: Matrix) -> Matrix:
        """Return by how much the log-odds of each heading exceed those of none, float32 [lines, headings]."""
        odds = _scores(self.headings, vectors)
        return odds[:, :-1] - odds[:, -1:]

    def asking(self, vectors: Matrix) -> list[Asking]:
        """Return what each line asks for, and of whom."""
        likely = _logistic(_scores(self.recommends, vectors))[:, 0]
        addressed = _scores(self.addressees, vectors).argmax(axis=1)
        return [Asking(float(a), tuple(Addressee)[b]) for a, b in zip(likely, addressed, strict=True)]


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences to learn from, and their labels, bool [sentences, labels]."""

    texts: tuple[str, ...]
    labels: NDArray[np.bool_]


def line_head(embedder: Embedder) -> LineHead:
    """Return the classifiers for the vectors of ``embedder``; one that we do not ship embeds the examples for it."""
    shipped = _shipped()
    if embedder.name in shipped:
        return shipped[embedder.name]
    with _fitting:
        if embedder.name not in _fitted:
            _fitted[embedder.name] = fit_head(embedder)
        return _fitted[embedder.name]


def asking_of(name: str, vectors: Matrix) -> list[Asking | None]:
    """Return what each line asks for, by vectors of the embedder called ``name``.

    None where nothing was fitted for that embedder, and for lines without a vector yet, which are zeros.
    """
    head = _shipped().get(name)
    if head is None:
        return [None] * len(vectors)
    return [one if vector.any() else None for one, vector in zip(head.asking(vectors), vectors, strict=True)]


def read_lines(path: Path) -> Lines:
    """Return the sentences of ``heading_lines.jsonl`` or ``recommendation_lines.jsonl``.

    The labels of the first are the headings and none, those of the second recommending and each addressee.
    """
    import numpy as np

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Lines(
        tuple(row["text"] for row in rows),
        np.array([_labels(row) for row in rows], dtype=bool),
    )


def _labels(row: dict[str, Any]) -> list[bool]:
    if "headings" in row:
        return [*(heading.title in row["headings"] for heading in HEADINGS), not row["headings"]]
    return [bool(row["addressee"]), *(row["addressee"] == one for one in Addressee)]


def fit_head(embedder: Embedder) -> LineHead:
    """Return classifiers for the vectors of ``embedder``, learned from all examples."""
    under, asking = read_lines(LINES_UNDER_HEADINGS), read_lines(LINES_THAT_RECOMMEND)
    of_asking = vectors_of_texts(embedder, asking.texts)
    recommends = asking.labels[:, 0]
    return LineHead(
        fit(vectors_of_texts(embedder, under.texts), under.labels, OF_HEADINGS),
        fit(of_asking, asking.labels[:, :1], OF_RECOMMENDATIONS),
        fit(of_asking[recommends], asking.labels[recommends][:, 1:], OF_RECOMMENDATIONS),
    )


def vectors_of_texts(embedder: Embedder, texts: Sequence[str]) -> Matrix:
    """Return the vectors of ``texts`` as a library stores those of its sentences, float32 [texts, dimensions]."""
    import numpy as np

    return np.asarray(embedder.embed(texts), dtype=np.float32)


def fit(vectors: Matrix, labels: NDArray[np.bool_], free: float) -> Matrix:
    """Return weights [labels, dimensions + 1], the bias last: a logistic regression for every column of ``labels``.

    The larger ``free``, the less are large weights held back.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows = []
    for column in labels.T:
        regression = LogisticRegression(C=free, max_iter=3_000).fit(vectors, column)
        rows.append(np.append(regression.coef_[0], regression.intercept_))
    # safetensors writes the bytes as they lie: they must be in one piece.
    return np.ascontiguousarray(rows, dtype=np.float32)


def weights_of(head: LineHead, name: str) -> dict[str, Matrix]:
    """Return ``head`` as ``line_head.safetensors`` keeps it: its parts by the embedder's name and their own."""
    return {
        f"{name}/headings": head.headings,
        f"{name}/recommends": head.recommends,
        f"{name}/addressees": head.addressees,
    }


@cache
def _shipped() -> dict[str, LineHead]:
    from safetensors.numpy import load_file

    kept = load_file(WEIGHTS)
    names = {key.rpartition("/")[0] for key in kept}
    return {
        name: LineHead(kept[f"{name}/headings"], kept[f"{name}/recommends"], kept[f"{name}/addressees"])
        for name in names
    }


def _scores(weights: Matrix, vectors: Matrix) -> Matrix:
    return vectors @ weights[:, :-1].T + weights[:, -1]


def _logistic(scores: Matrix) -> Matrix:
    import numpy as np

    odds: Matrix = (1 / (1 + np.exp(-scores))).astype(np.float32)
    return odds
