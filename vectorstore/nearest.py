"""The passages nearest to a question's vector, in the whole library or within a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vectorstore.library import Library
from vectorstore.records import Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EXACT = 20_000
"""Passages of a scope up to which all of its vectors are compared: Chroma's own filter takes longer and is no surer."""
_MOST = 4_000
"""Passages that are asked of Chroma at most, to keep those of a scope."""
_SPARE = 2


def nearest_passages(library: Library, vector: NDArray[np.float32], count: int, scope: Scope) -> list[int]:
    """Return the ids of the ``count`` passages of ``scope`` nearest to ``vector``, nearest first.

    Exact for a scope of up to 20,000 passages. For a larger one, more are asked of Chroma than wanted and those outside
    left out: they can be fewer than ``count``, where a large scope is far from the question.
    """
    if not scope:
        return library.index.nearest(vector, count)
    size = library.catalogue.scope_size(scope)
    if size <= _EXACT:
        return _exact(library, vector, count, scope)
    asked = min(_MOST, _SPARE * count * library.catalogue.passage_count() // size)
    return library.catalogue.among_scope(library.index.nearest(vector, asked), scope)[:count]


def _exact(library: Library, vector: NDArray[np.float32], count: int, scope: Scope) -> list[int]:
    import numpy as np

    ids, vectors = library.catalogue.scope_vectors(scope)
    if not ids:
        return []
    cosines = vectors @ vector
    best = np.argpartition(-cosines, min(count, len(ids)) - 1)[:count]
    return [ids[place] for place in best[np.argsort(-cosines[best], kind="stable")]]
