"""How little a sentence says: a report that speaks of itself, the head of a table, a line that only leads to the next.

Such sentences name what a question is about and answer nothing. A linear classifier over the sentence's vector tells
them from sentences that answer questions. ``whrd-eval informative`` fits it, on examples in eight languages against
sentences of open data that hold answers, and writes ``informative.safetensors``: a row for each embedder.
docs/retrieval.md says what it is worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("informative.safetensors")


def emptiness(embedder: str, vectors: Vectors) -> list[float]:
    """Return how likely each sentence says nothing that could answer, 0…1; by its vector [sentences, dimensions].

    0 for all with an embedder (its name) that nothing was fitted for.
    """
    import numpy as np

    weights = _weights().get(embedder)
    if weights is None or not len(vectors):
        return [0.0] * len(vectors)
    odds: list[float] = (1 / (1 + np.exp(-(vectors @ weights[:-1] + weights[-1])))).tolist()
    return odds


@cache
def _weights() -> Mapping[str, Vectors]:
    from safetensors.numpy import load_file

    return dict(load_file(WEIGHTS))
