"""Characters that two sets of spans share, against cases worked out by hand and against sets of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.spans import CharacterSpan, common, iou, precision, recall, size


def span(start: int, end: int, page: int | None = 1, document: str = "a.pdf") -> CharacterSpan:
    return CharacterSpan(document, page, start, end)


SPANS = st.lists(
    st.builds(
        lambda document, page, start, length: span(start, start + length, page, document),
        st.sampled_from(["a.pdf", "b.txt"]),
        st.sampled_from([1, 2, None]),
        st.integers(0, 30),
        st.integers(0, 15),
    ),
    max_size=8,
)


def characters(spans: list[CharacterSpan]) -> set[tuple[str, int | None, int]]:
    return {(each.document, each.page, offset) for each in spans for offset in range(each.start, each.end)}


def test_text_that_spans_share_counts_once() -> None:
    assert size([span(0, 10), span(5, 15)]) == 15
    assert size([span(0, 10), span(2, 4), span(3, 5)]) == 10
    assert size([span(0, 10), span(0, 10)]) == 10
    assert size([span(10, 20), span(0, 10)]) == 20
    assert size([]) == 0


def test_the_same_offsets_elsewhere_are_other_text() -> None:
    elsewhere = [span(0, 10, page=2), span(0, 10, document="b.pdf"), span(0, 10, page=None)]
    assert size([span(0, 10), *elsewhere]) == 40
    assert common([span(0, 10)], elsewhere) == 0


def test_recall_precision_and_iou_of_a_case_by_hand() -> None:
    gold, shown = [span(10, 20), span(0, 10, page=2)], [span(15, 45), span(18, 25)]
    assert common(shown, gold) == 5
    assert recall(shown, gold) == pytest.approx(5 / 20)
    assert precision(shown, gold) == pytest.approx(5 / 30)
    assert iou(shown, gold) == pytest.approx(5 / 45)


def test_nothing_shown_and_nothing_asked_for_give_nothing() -> None:
    for figure in (recall, precision, iou):
        assert figure([], [span(0, 10)]) == 0
        assert figure([span(0, 10)], []) == 0
        assert figure([], []) == 0


def test_evidence_that_is_shown_whole_and_alone_is_perfect() -> None:
    gold = [span(0, 10), span(5, 20)]
    assert (recall([span(0, 20)], gold), precision([span(0, 20)], gold), iou([span(0, 20)], gold)) == (1, 1, 1)


@given(SPANS, SPANS)
def test_the_figures_are_those_of_sets_of_characters(shown: list[CharacterSpan], gold: list[CharacterSpan]) -> None:
    left, right = characters(shown), characters(gold)
    assert size(shown) == len(left)
    assert common(shown, gold) == len(left & right)
    assert iou(shown, gold) == pytest.approx(len(left & right) / len(left | right) if left | right else 0)
