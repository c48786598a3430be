"""The passages nearest to a question's vector: asked of Chroma, and compared exactly where its folder is damaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.messages import Message, error_message
from vectorstore.errors import IndexDamaged
from vectorstore.records import Scope
from vectorstore.stores import Stores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILTERED_BY_CHROMA = 5_000
"""Passages of a library up to which Chroma filters by metadata: its filter takes time in proportion to the library."""
MOST = 4_000
"""Passages that Chroma is asked for at most, to keep those of a scope of a larger library."""
_SPARE = 1.25


@dataclass(frozen=True, slots=True)
class Nearest:
    """What was found, and how."""

    passages: tuple[int, ...]
    """Ids, nearest first."""
    problem: Message | None = None
    """Why the index could not be asked; the vectors of the catalogue were compared one by one."""


def nearest_passages(
    stores: Stores,
    vector: NDArray[np.float32],
    count: int,
    scope: Scope,
    filtered: int = FILTERED_BY_CHROMA,
    most: int = MOST,
) -> Nearest:
    """Return the ``count`` passages of ``scope`` nearest to ``vector``.

    In a small library the scope is Chroma's filter. In a larger one Chroma is asked for more than are wanted, and those
    outside the scope are left out: they can be fewer than ``count``, where the scope is far from the question. Of a
    scope so small that too many would have to be asked for, the vectors are compared one by one
    (docs/decisions/0026 has the times).

    Args:
        stores: Of the library.
        vector: float32 [dimensions], length 1.
        count: How many.
        scope: Documents and countries to keep to.
        filtered: Passages of a library up to which Chroma filters by metadata.
        most: Passages that Chroma is asked for at most.
    """
    if stores.read_only:  # Chroma cannot open a folder that it cannot write to
        return Nearest(tuple(exact_nearest(stores, vector, count, scope)))
    try:
        return Nearest(tuple(_ask_index(stores, vector, count, scope, filtered, most)))
    except IndexDamaged as error:
        return Nearest(tuple(exact_nearest(stores, vector, count, scope)), error_message(error))


def _ask_index(
    stores: Stores, vector: NDArray[np.float32], count: int, scope: Scope, filtered: int, most: int
) -> list[int]:
    catalogue, index = stores.catalogue, stores.complete_index()
    total = catalogue.passage_count()
    if not scope or total <= filtered:
        return index.nearest(vector, count, scope)
    asked = int(_SPARE * count * total / max(1, catalogue.scope_size(scope)))
    if asked > most:
        return exact_nearest(stores, vector, count, scope)
    return catalogue.among_scope(index.nearest(vector, asked), scope)[:count]


def exact_nearest(stores: Stores, vector: NDArray[np.float32], count: int, scope: Scope) -> list[int]:
    """Return the same by comparing the catalogue's vectors one by one, as fast as some thousands of passages allow."""
    return nearest_of(*stores.catalogue.scope_vectors(scope), vector, count)


def nearest_of(
    ids: NDArray[np.int64], vectors: NDArray[np.float16], vector: NDArray[np.float32], count: int
) -> list[int]:
    """Return the ``count`` of ``ids`` whose vectors [ids, dimensions] are nearest to ``vector``, nearest first."""
    import numpy as np

    if not len(ids):
        return []
    cosines = vectors.astype(np.float32) @ vector
    best = np.argpartition(-cosines, min(count, len(ids)) - 1)[:count]
    return [int(ids[place]) for place in best[np.argsort(-cosines[best], kind="stable")]]
