"""Means, intervals and paired tests are computed as they are defined."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.significance import bootstrap_interval, mean, percentile, permutation_test, sign_test

OUTCOMES = st.lists(st.booleans(), min_size=1, max_size=60)
FIGURES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_the_mean_of_outcomes_is_the_share_of_true_ones() -> None:
    assert mean([True, False, False, True]) == 0.5
    assert mean([0.25, 0.5]) == 0.375
    assert mean([]) == 0


@given(FIGURES)
def test_the_interval_lies_within_the_values_and_is_the_same_each_time(values: list[float]) -> None:
    low, high = bootstrap_interval(values, rounds=200)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert low - 1e-9 <= mean(values) <= high + 1e-9 or len(values) < 10
    assert bootstrap_interval(values, rounds=200) == (low, high)


def test_the_interval_is_that_of_the_normal_distribution_where_outcomes_are_many() -> None:
    low, high = bootstrap_interval([True, False] * 500)
    assert (low, high) == pytest.approx((0.5 - 1.96 * 0.0158, 0.5 + 1.96 * 0.0158), abs=0.004)


def test_more_outcomes_make_the_interval_narrower() -> None:
    few, many = (bootstrap_interval([True, False] * n) for n in (10, 1_000))
    assert many[1] - many[0] < 0.2 * (few[1] - few[0])


def test_of_no_values_there_is_no_interval() -> None:
    assert bootstrap_interval([]) == (0, 0)


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


def test_the_sign_test_leaves_ties_out() -> None:
    assert sign_test([True, False], [True, False]) == (0, 0, 1)
    assert sign_test([True] * 50, [False] * 3 + [True] * 47)[2] == pytest.approx(2 / 2**3)


def test_the_permutation_test_comes_near_all_choices_of_signs() -> None:
    first, second = [0.9, 0.8, 0.4, 0.7, 0.6, 0.9, 0.2], [0.5, 0.6, 0.5, 0.3, 0.3, 0.8, 0.1]
    differences = [a - b for a, b in zip(first, second, strict=True)]
    sums = [abs(sum(s * d for s, d in zip(signs, differences, strict=True))) for signs in product((1, -1), repeat=7)]
    exact = sum(each >= abs(sum(differences)) - 1e-9 for each in sums) / len(sums)
    difference, p = permutation_test(first, second)
    assert difference == pytest.approx(sum(differences) / 7)
    assert p == pytest.approx(exact, abs=0.01)


def test_the_permutation_test_tells_chance_from_difference() -> None:
    low, high = [0.1, 0.2, 0.3] * 10, [0.3, 0.4, 0.5] * 10
    assert permutation_test(high, low) == (pytest.approx(0.2), pytest.approx(1 / 10_001))
    assert permutation_test(low, high)[0] == pytest.approx(-0.2)
    assert permutation_test([0.1, 0.3] * 10, [0.3, 0.1] * 10) == (pytest.approx(0), 1)
    assert permutation_test(low, low) == (0, 1)
    assert permutation_test([], []) == (0, 1)


def test_percentiles_are_values_that_were_measured() -> None:
    values = [5.0, 1.0, 3.0, 2.0, 4.0]
    assert (percentile(values, 0), percentile(values, 0.5), percentile(values, 0.95)) == (1.0, 3.0, 5.0)
    assert percentile([float(n) for n in range(1, 21)], 0.95) == 19.0, "19 of 20 are not greater"
    assert percentile([2.0, 1.0], 0.5) == 1.0
    assert percentile([], 0.5) == 0.0
