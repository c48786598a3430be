"""What figures over a few questions are worth: means, intervals, paired tests. Pure functions, the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, comb, sqrt

import numpy as np


def mean(values: Sequence[float]) -> float:
    """Return the mean, which of outcomes (true, false) is the share of true ones; 0 of none."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], level: float) -> float:
    """Return a percentile (``level`` 0…1) by nearest rank; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(level * len(ordered)) - 1)] if ordered else 0.0


def bootstrap_interval(values: Sequence[float], rounds: int = 2_000, seed: int = 1) -> tuple[float, float]:
    """Return the 95 % percentile-bootstrap interval of the mean (Efron 1979); (0, 0) of none."""
    if not values:
        return (0.0, 0.0)
    measured = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(measured), (rounds, len(measured)))
    means = np.sort(measured[drawn].mean(axis=1))
    return (float(means[int(0.025 * rounds)]), float(means[int(0.975 * rounds)]))


def wilson_interval(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927), which stays honest at 0 and 1; (0, 1) of none."""
    if not total:
        return (0.0, 1.0)
    z2 = 1.96**2
    share = hits / total
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = 1.96 * sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    return (max(0.0, middle - half), min(1.0, middle + half))


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return how often a positive scores above a negative, ties counting half (ROC AUC); 0.5 of none."""
    if not positive or not negative:
        return 0.5
    above, below = np.asarray(positive)[:, None], np.asarray(negative)[None, :]
    return float((above > below).mean() + 0.5 * (above == below).mean())


def sign_test(first: Sequence[float], second: Sequence[float]) -> tuple[int, int, float]:
    """Return the wins of each side over paired outcomes, and the two-sided p of the exact sign test."""
    wins = sum(a > b for a, b in zip(first, second, strict=True))
    losses = sum(b > a for a, b in zip(first, second, strict=True))
    total = wins + losses
    tail = sum(comb(total, k) for k in range(max(wins, losses), total + 1)) / 2**total
    return wins, losses, min(1.0, 2 * tail)


def permutation_test(
    first: Sequence[float], second: Sequence[float], rounds: int = 10_000, seed: int = 1
) -> tuple[float, float]:
    """Return the mean of the paired differences, and the two-sided p that so great a one comes about by chance.

    Fisher's paired randomisation test (1935), which Smucker, Allan & Carterette (2007) advise for retrieval: were the
    two sides alike, each difference could as well have the other sign. ``rounds`` random choices of the signs stand
    for all; the measured one counts among them, so p is never 0.
    """
    differences = np.subtract(first, second, dtype=np.float64)
    if not len(differences):
        return (0.0, 1.0)
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], (rounds, len(differences)))
    observed = abs(differences.sum())
    as_great = np.count_nonzero(np.abs(signs @ differences) >= observed - 1e-9)
    return (float(differences.mean()), float((as_great + 1) / (rounds + 1)))
