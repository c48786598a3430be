"""The passages nearest to a question's vector, in the whole library or within a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vectorstore.library import Library
from vectorstore.records import Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def nearest_passages(library: Library, vector: NDArray[np.float32], count: int, scope: Scope) -> list[int]:
    """Return the ids of the ``count`` passages of ``scope`` nearest to ``vector``, nearest first."""
    among = library.catalogue.passage_ids(scope) if scope else None
    return library.index.nearest(vector, count, among)
