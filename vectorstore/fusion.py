"""Ranking maths as pure functions over ids.

The recipe is the retrieval study's: full-text and dense scores, each brought to 0…1, added with weights. Reciprocal
rank fusion was measured below BM25 alone; a normalised sum was not (docs/decisions/0004).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def min_max(scores: Mapping[K, float], floor: float | None = None) -> dict[K, float]:
    """Return ``scores`` moved to 0…1; the lowest one, or ``floor`` when given, becomes 0.

    Scores that are all equal become 1 without a floor; scores at or below the floor become 0.
    """
    if not scores:
        return {}
    low, high = min(scores.values()) if floor is None else floor, max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0 if floor is None else 0.0)
    return {key: max(0.0, (score - low) / (high - low)) for key, score in scores.items()}


def weighted_sum(parts: Sequence[tuple[float, Mapping[K, float]]]) -> dict[K, float]:
    """Return the sum of the weighted scores of every id; an id that a part lacks counts 0 there."""
    total: dict[K, float] = {}
    for weight, scores in parts:
        for key, score in scores.items():
            total[key] = total.get(key, 0.0) + weight * score
    return total


def ranked(scores: Mapping[int, float]) -> list[int]:
    """Return the ids, best first; equal scores in order of id, so that a run can be repeated."""
    return sorted(scores, key=lambda key: (-scores[key], key))


def first_of_each(items: Iterable[T], key: Callable[[T], Hashable | None], count: int) -> list[T]:
    """Return the first ``count`` items whose key was not seen before; items with the key None all pass."""
    seen: set[Hashable] = set()
    kept: list[T] = []
    for item in items:
        if len(kept) == count:
            break
        mark = key(item)
        if mark is None or mark not in seen:
            kept.append(item)
            seen.add(mark)
    return kept


def with_neighbours(scores: Mapping[int, float], order: Sequence[int], share: float) -> dict[int, float]:
    """Return every score with ``share`` of its two neighbours' in ``order`` added."""
    place = {key: index for index, key in enumerate(order)}

    def at(index: int) -> float:
        return scores.get(order[index], 0.0) if 0 <= index < len(order) else 0.0

    return {key: score + share * (at(place[key] - 1) + at(place[key] + 1)) for key, score in scores.items()}
