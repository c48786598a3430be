"""Figures as pure functions."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

Place = tuple[str, int | None]
"""Document and page."""


def hit_at(found: Sequence[Collection[Place]], gold: Collection[Place], count: int) -> bool:
    """Return whether any of the first ``count`` results stands on a page of the evidence."""
    return any(set(places) & set(gold) for places in found[:count])


def share(outcomes: Sequence[bool]) -> float:
    """Return the share of true outcomes; 0 of none."""
    return sum(outcomes) / len(outcomes) if outcomes else 0.0


def bootstrap_interval(outcomes: Sequence[bool], rounds: int = 2_000, seed: int = 1) -> tuple[float, float]:
    """Return the 95 % percentile-bootstrap interval of the share (Efron 1979)."""
    if not outcomes:
        return (0.0, 0.0)
    chance = random.Random(seed)
    shares = sorted(sum(chance.choices(outcomes, k=len(outcomes))) / len(outcomes) for _ in range(rounds))
    return (shares[int(0.025 * rounds)], shares[int(0.975 * rounds)])


def sign_test(first: Sequence[bool], second: Sequence[bool]) -> tuple[int, int, float]:
    """Return wins of each side over paired outcomes, and the two-sided p of the exact sign test."""
    from math import comb

    wins = sum(a and not b for a, b in zip(first, second, strict=True))
    losses = sum(b and not a for a, b in zip(first, second, strict=True))
    total = wins + losses
    if not total:
        return 0, 0, 1.0
    tail = sum(comb(total, k) for k in range(max(wins, losses), total + 1)) / 2**total
    return wins, losses, min(1.0, 2 * tail)


def percentile(values: Sequence[float], level: float) -> float:
    """Return a percentile (``level`` 0…1) by nearest rank; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(level * len(ordered)))] if ordered else 0.0
