"""The figures of refusal: curves, areas, intervals, and the shipped questions."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import AnswerStatus
from app.refusal.off_topic import everyday_questions
from evaluation.data_sets import documents_of, read_questions
from evaluation.refusal import (
    OFF_TOPIC,
    RefusalOutcome,
    as_off_topic,
    curve,
    off_topic,
    read_set,
    sample_translated,
    summarise,
)
from evaluation.refusal_report import plot, refusal_table
from evaluation.significance import area_under_curve, wilson_interval

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def test_wilsons_interval_is_the_published_one() -> None:
    assert wilson_interval(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-3)
    assert wilson_interval(45, 50) == pytest.approx((0.786, 0.957), abs=1e-3)


@given(SCORES, SCORES)
def test_the_area_is_the_one_below_the_curve(positive: list[float], negative: list[float]) -> None:
    points = curve(positive, negative)
    below = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(points))
    assert math.isclose(below, area_under_curve(positive, negative), abs_tol=1e-9)


def test_off_topic_questions_are_many_in_eight_languages_and_none_of_them_is_shipped_as_everyday() -> None:
    asked = off_topic()
    assert len(asked) >= 150
    assert {question.language for question in asked} == set(everyday_questions())
    shipped = {text for texts in everyday_questions().values() for text in texts}
    assert not shipped & {question.text for question in asked}
    assert len(sample_translated()) >= 60


def test_no_topic_is_in_both_halves() -> None:
    halves: dict[str, set[str]] = {}
    for question in off_topic() + sample_translated():
        halves.setdefault(question.id.rsplit("-", 1)[0], set()).add(question.split)
    assert all(len(half) == 1 for half in halves.values())


def test_passages_in_line_become_a_file_a_question(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(
        '{"id": "a", "question": "Who?", "answerable": false, "passages": [{"text": "One."}, {"text": "Two."}]}\n'
    )
    texts = documents_of(tmp_path, tmp_path / "work")
    (question,) = read_set(tmp_path)
    assert (texts / question.file).read_text() == "One.\n\nTwo."
    (same,) = read_questions(tmp_path)
    assert same.alone
    assert same.documents == (question.file,)
    assert as_off_topic([question])[0].kind == OFF_TOPIC


def test_the_report_has_every_kind_and_two_plots(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    answered, related, nothing = AnswerStatus.ANSWERED, AnswerStatus.RELATED, AnswerStatus.NOT_FOUND
    outcomes = [
        RefusalOutcome("reports", str(n), "en", kind, split, True, status, score, score, score, score, gaps, bool(gaps))
        for n, (kind, status, score, gaps) in enumerate(
            [
                ("answerable", answered, 0.9, ()),
                ("answerable", related, 0.6, ("year",)),
                ("unanswerable", answered, 0.7, ("name",)),
                ("off-topic", nothing, 0.1, ()),
            ]
        )
        for split in ("fit", "test")
    ]
    summary = summarise(outcomes)
    (row,) = (row for row in summary["off_topic"] if row["split"] == "test")
    assert row["refused"]["count"] == row["refused"]["of"] == 1
    assert row["auc"]["subject"] == 1.0
    assert "GAPS NAMED" in refusal_table(summary)
    plot(outcomes, tmp_path)
    assert {path.name for path in tmp_path.glob("*.png")} == {"refusal-off-topic.png", "refusal-on-topic.png"}
