"""Find reports of a case that say the same line by line: translations, and the same report filed twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from app.cases.reading import Line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEWEST_LINES = 8
_SAME_ORDER = 0.9
"""Correlation of a line's place in one report with the place of the nearest line in the other."""
_LIKE_LENGTH = 0.5


def find_twins(
    lines: Sequence[Line], vectors: NDArray[np.float32], languages: Mapping[str, str], preferred: str = "en"
) -> dict[str, str]:
    """Return the documents that repeat another one, with that other one.

    Two reports are twins when the lines nearest to those of the one stand in the other in the same order. The one in
    the ``preferred`` language (ISO 639-1) is kept, or else the one that comes first.
    """
    import numpy as np

    rows: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        rows.setdefault(line.document, []).append(index)
    order = sorted(rows, key=lambda document: languages.get(document, "") != preferred)
    twins: dict[str, str] = {}
    for kept, other in combinations(order, 2):
        a, b = rows[kept], rows[other]
        alike = min(len(a), len(b)) >= max(_FEWEST_LINES, _LIKE_LENGTH * max(len(a), len(b)))
        if kept in twins or other in twins or not alike:
            continue
        nearest = (vectors[b] @ vectors[a].T).argmax(axis=1)
        if nearest.std() > 0 and np.corrcoef(np.arange(len(b)), nearest)[0, 1] >= _SAME_ORDER:
            twins[other] = kept
    return twins
