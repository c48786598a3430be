"""How well a ranking finds the pages of the evidence: pure functions over one question's results.

``found`` holds the places of every result, best first; a passage over a page break has two.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2

from evaluation.spans import Place


def hit_at(found: Sequence[Collection[Place]], gold: Collection[Place], count: int) -> bool:
    """Return whether any of the first ``count`` results is on a page of the evidence."""
    return any(set(places) & set(gold) for places in found[:count])


def all_pages_at(found: Sequence[Collection[Place]], gold: Collection[Place], count: int) -> bool:
    """Return whether every page of the evidence is among the pages of the first ``count`` results."""
    shown = {place for places in found[:count] for place in places}
    return bool(gold) and set(gold) <= shown


def ndcg_at(found: Sequence[Collection[Place]], gold: Collection[Place], count: int) -> float:
    """Return the normalised discounted cumulative gain, 0…1 (Järvelin & Kekäläinen 2002); 0 where there is no evidence.

    A result gains 1 where it is on a page of the evidence that no result before it is on, discounted by
    log2(rank + 1). The ideal ranking has one page of the evidence at every rank until all are shown.
    """
    missing = set(gold)
    gained = 0.0
    for rank, places in enumerate(found[:count], start=1):
        if missing & set(places):
            gained += 1 / log2(rank + 1)
            missing -= set(places)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(set(gold)), count) + 1))
    return gained / ideal if ideal else 0.0
