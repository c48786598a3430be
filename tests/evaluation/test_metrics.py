"""Figures are computed as they are defined."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.metrics import bootstrap_interval, hit_at, percentile, share, sign_test

OUTCOMES = st.lists(st.booleans(), min_size=1, max_size=60)


def test_a_hit_counts_within_the_first_results_alone() -> None:
    found = [[("a.pdf", 1)], [("a.pdf", 2), ("a.pdf", 3)], [("b.txt", None)]]
    assert not hit_at(found, {("a.pdf", 3)}, 1)
    assert hit_at(found, {("a.pdf", 3)}, 2)
    assert hit_at(found, {("b.txt", None)}, 3)
    assert not hit_at(found, {("b.txt", 1)}, 3)


@given(OUTCOMES)
def test_the_interval_holds_the_share_and_is_the_same_each_time(outcomes: list[bool]) -> None:
    low, high = bootstrap_interval(outcomes, rounds=200)
    assert 0 <= low <= high <= 1
    assert low - 1e-9 <= share(outcomes) <= high + 1e-9 or len(outcomes) < 10
    assert bootstrap_interval(outcomes, rounds=200) == (low, high)


def test_more_outcomes_make_the_interval_narrower() -> None:
    few, many = (bootstrap_interval([True, False] * n) for n in (10, 1_000))
    assert many[1] - many[0] < 0.2 * (few[1] - few[0])


@given(OUTCOMES, OUTCOMES)
def test_the_sign_test_is_fair_to_both_sides(first: list[bool], second: list[bool]) -> None:
    size = min(len(first), len(second))
    wins, losses, p = sign_test(first[:size], second[:size])
    assert sign_test(second[:size], first[:size]) == (losses, wins, pytest.approx(p))
    assert 0 < p <= 1


def test_the_sign_test_gives_the_binomial_tail() -> None:
    wins, losses, p = sign_test([True] * 9 + [False], [False] * 9 + [True])
    assert (wins, losses) == (9, 1)
    assert p == pytest.approx(2 * (comb(10, 9) + comb(10, 10)) / 2**10)


def test_percentiles_are_values_that_were_measured() -> None:
    values = [5.0, 1.0, 3.0, 2.0, 4.0]
    assert (percentile(values, 0), percentile(values, 0.5), percentile(values, 0.95)) == (1.0, 3.0, 5.0)
    assert percentile([], 0.5) == 0.0
