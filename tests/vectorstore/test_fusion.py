"""Ranking maths."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.fusion import first_of_each, min_max, ranked, weighted_sum, with_neighbours

number = st.floats(-1e6, 1e6, allow_nan=False)
scores = st.dictionaries(st.integers(0, 60), number, max_size=30)
whole_scores = st.dictionaries(st.integers(0, 60), st.integers(-50, 50).map(float), max_size=30)


@given(scores)
def test_min_max_lies_between_0_and_1_and_keeps_the_order(given_scores: dict[int, float]) -> None:
    moved = min_max(given_scores)
    assert moved.keys() == given_scores.keys()
    assert all(0.0 <= score <= 1.0 for score in moved.values())
    assert all(moved[a] <= moved[b] for a in moved for b in moved if given_scores[a] <= given_scores[b])
    if len(set(given_scores.values())) > 1:
        assert {min(moved.values()), max(moved.values())} == {0.0, 1.0}


@given(whole_scores, st.integers(-50, 50).map(float))
def test_min_max_never_leaves_0_to_1_whatever_its_floor(given_scores: dict[int, float], floor: float) -> None:
    moved = min_max(given_scores, floor)
    assert all(0.0 <= score <= 1.0 for score in moved.values())
    assert all(moved[a] <= moved[b] for a in moved for b in moved if given_scores[a] <= given_scores[b])
    assert all(moved[key] == 0.0 for key, score in given_scores.items() if score <= floor)


@pytest.mark.parametrize(
    ("given_scores", "floor", "expected"),
    [
        ({}, None, {}),
        ({1: 2.0, 2: 4.0, 3: 3.0}, None, {1: 0.0, 2: 1.0, 3: 0.5}),
        ({1: 2.0, 2: 4.0}, 0.0, {1: 0.5, 2: 1.0}),
        ({1: 3.0, 2: 3.0}, None, {1: 1.0, 2: 1.0}),
        ({1: 0.0, 2: 0.0}, 0.0, {1: 0.0, 2: 0.0}),
        ({1: 3.0}, 0.0, {1: 1.0}),
    ],
)
def test_min_max_of_known_scores(
    given_scores: dict[int, float], floor: float | None, expected: dict[int, float]
) -> None:
    assert min_max(given_scores, floor) == expected


@given(st.lists(st.tuples(st.integers(0, 5).map(float), whole_scores), max_size=4))
def test_the_weighted_sum_counts_what_is_missing_as_0(parts: list[tuple[float, dict[int, float]]]) -> None:
    total = weighted_sum(parts)
    assert set(total) == {key for _, part in parts for key in part}
    for key, score in total.items():
        assert score == sum(weight * part.get(key, 0.0) for weight, part in parts)


@given(whole_scores)
def test_ranks_fall_and_ties_stand_in_order_of_id(given_scores: dict[int, float]) -> None:
    order = ranked(given_scores)
    assert sorted(order) == sorted(given_scores)
    assert order == ranked(dict(reversed(list(given_scores.items()))))
    for a, b in pairwise(order):
        assert given_scores[a] > given_scores[b] or (given_scores[a] == given_scores[b] and a < b)


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 4)), st.integers()), max_size=30), st.integers(0, 12))
def test_the_first_of_each_key_is_kept_in_order(items: list[tuple[int | None, int]], count: int) -> None:
    kept = first_of_each(items, lambda item: item[0], count)
    expected = [item for i, item in enumerate(items) if item[0] is None or item[0] not in [k for k, _ in items[:i]]]
    assert kept == expected[:count]


@given(whole_scores, st.floats(0, 1))
def test_neighbours_add_their_share(given_scores: dict[int, float], share: float) -> None:
    order = sorted(given_scores)
    near = with_neighbours(given_scores, order, share)
    assert set(near) == set(given_scores)
    for place, key in enumerate(order):
        beside = [order[i] for i in (place - 1, place + 1) if 0 <= i < len(order)]
        expected = given_scores[key] + share * sum(given_scores[other] for other in beside)
        assert near[key] == pytest.approx(expected)


def test_a_neighbour_without_a_score_adds_nothing() -> None:
    assert with_neighbours({2: 1.0}, [1, 2, 3], 0.25) == {2: 1.0}
    assert with_neighbours({1: 4.0, 2: 1.0}, [1, 2, 3], 0.25) == {1: 4.25, 2: 2.0}
