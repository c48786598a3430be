"""The passages nearest to a question's vector, in the whole library or within a scope.

Comparing some thousands of vectors one by one is as quick as an index, exact, and needs no other library to be loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vectorstore.library import Library
from vectorstore.records import Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EXACT = 20_000
"""Passages up to which all vectors are compared: Chroma's own filter takes longer and is no surer."""
_READ = 3_000
"""Passages of a scope whose vectors are read from disk for one question; for more, all are kept in memory."""
_MOST = 4_000
"""Passages that are asked of Chroma at most, to keep those of a scope."""
_SPARE = 2


def nearest_passages(library: Library, vector: NDArray[np.float32], count: int, scope: Scope) -> list[int]:
    """Return the ids of the ``count`` passages of ``scope`` nearest to ``vector``, nearest first.

    Exact for up to 20,000 passages. In a larger library Chroma is asked; for a larger scope, for more than are
    wanted, and those outside are left out: they can be fewer than ``count``, where the scope is far from the question.
    """
    catalogue = library.catalogue
    size = catalogue.scope_size(scope) if scope else catalogue.passage_count()
    if size <= _EXACT:
        return _exact(library, vector, count, scope, size)
    if not scope:
        return library.index.nearest(vector, count)
    asked = min(_MOST, _SPARE * count * catalogue.passage_count() // size)
    return catalogue.among_scope(library.index.nearest(vector, asked), scope)[:count]


def _exact(library: Library, vector: NDArray[np.float32], count: int, scope: Scope, size: int) -> list[int]:
    import numpy as np

    if not scope:
        ids, vectors = library.passage_vectors()
    elif size <= _READ:
        ids, vectors = library.catalogue.scope_vectors(scope)
    else:
        ids, vectors = library.passage_vectors()
        rows = np.flatnonzero(np.isin(ids, library.catalogue.passage_ids(scope), assume_unique=True))
        ids, vectors = ids[rows], vectors[rows]
    if not len(ids):
        return []
    cosines = vectors.astype(np.float32) @ vector
    best = np.argpartition(-cosines, min(count, len(ids)) - 1)[:count]
    return [int(ids[place]) for place in best[np.argsort(-cosines[best], kind="stable")]]
