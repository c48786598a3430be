"""Figures over a ranking of pages, against cases worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from evaluation.metrics import all_pages_at, hit_at, ndcg_at
from evaluation.spans import Place

A1, A2, A3, A4, B = ("a.pdf", 1), ("a.pdf", 2), ("a.pdf", 3), ("a.pdf", 4), ("b.txt", None)


def test_a_hit_counts_within_the_first_results_alone() -> None:
    found: list[list[Place]] = [[A1], [A2, A3], [B]]
    assert not hit_at(found, {A3}, 1)
    assert hit_at(found, {A3}, 2)
    assert hit_at(found, {B}, 3)
    assert not hit_at(found, {("b.txt", 1)}, 3)


def test_nothing_found_and_nothing_asked_for_are_no_hits() -> None:
    assert not hit_at([], {A1}, 5)
    assert not hit_at([[A1]], set(), 5)
    assert not all_pages_at([], {A1}, 5)
    assert not all_pages_at([[A1]], set(), 5)
    assert ndcg_at([], {A1}, 10) == 0
    assert ndcg_at([[A1]], set(), 10) == 0


def test_all_pages_must_be_among_the_first_results() -> None:
    found: list[list[Place]] = [[A1], [A2, A3], [B]]
    assert all_pages_at(found, {A1, A3}, 2)
    assert not all_pages_at(found, {A1, B}, 2)
    assert all_pages_at(found, {A1, B}, 3)
    assert not all_pages_at(found, {A1, A4}, 3)


def test_ndcg_of_an_ideal_ranking_is_one() -> None:
    assert ndcg_at([[A1]], {A1}, 10) == pytest.approx(1)
    assert ndcg_at([[A2], [A1], [A3]], {A1, A2}, 10) == pytest.approx(1)


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    assert ndcg_at([[B], [A1]], {A1}, 10) == pytest.approx(1 / log2(3))
    # gold at ranks 1 and 4; ideal at 1 and 2
    found: list[list[Place]] = [[A1], [B], [A3], [A2]]
    assert ndcg_at(found, {A1, A2}, 10) == pytest.approx((1 + 1 / log2(5)) / (1 + 1 / log2(3)))


def test_ndcg_counts_a_page_once_however_often_it_is_found() -> None:
    assert ndcg_at([[A1], [A1], [A1]], {A1, A2}, 10) == pytest.approx(1 / (1 + 1 / log2(3)))
    # the second passage of page 1 gains nothing, but takes its rank
    assert ndcg_at([[A1], [A1], [A2]], {A1, A2}, 10) == pytest.approx((1 + 1 / log2(4)) / (1 + 1 / log2(3)))


def test_ndcg_is_cut_off_on_both_sides() -> None:
    assert ndcg_at([[B], [B], [A1]], {A1}, 2) == 0
    assert ndcg_at([[A1], [A2]], {A1, A2, A3, A4}, 2) == pytest.approx(1), "no ranking of two shows four pages"


def test_ndcg_gains_once_from_a_passage_over_a_page_break() -> None:
    assert ndcg_at([[A1, A2]], {A2}, 10) == pytest.approx(1)
    assert ndcg_at([[A1, A2], [A2, A3]], {A2, A3}, 10) == pytest.approx(1)
