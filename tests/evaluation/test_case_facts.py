"""Own key facts: every one stands where it says; weights are fitted to what lines cover, and noise is little."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.cases.salience import Weights
from evaluation.case_summaries import OWN_FACTS, line, read_case_questions, read_cases, shaken
from evaluation.case_weights import NAMES, fit, table_of
from vectorstore.library import Library

SAMPLE = "women-human-rights-defenders-sample.pdf"


def test_own_facts_are_many_and_of_many_reports_and_ship_no_report_s_text() -> None:
    rows = [json.loads(row) for row in OWN_FACTS.read_text(encoding="utf-8").splitlines()]
    facts = [fact for row in rows for fact in row["key_facts"]]
    assert len(facts) >= 100
    assert len({fact["doc"] for fact in facts}) >= 10
    assert all(len(fact["text"]) < 120 for fact in facts)


def test_the_facts_of_the_sample_stand_on_their_pages(sample_library: Library) -> None:
    cases = read_cases(sample_library, read_case_questions(OWN_FACTS))
    assert {case.question.documents for case in cases} == {(SAMPLE,)}
    assert all(all(case.places) for case in cases)


def test_a_case_is_told_with_the_facts_that_its_summary_misses(sample_library: Library) -> None:
    (case, *_) = read_cases(sample_library, read_case_questions(OWN_FACTS))
    told = line(case).splitlines()
    assert round(case.coverage(12) * len(case.places)) == len(case.places) - (len(told) - 1)
    assert case.coverage(10_000) > case.coverage(3)


def test_noise_is_little_and_the_same_for_the_same_seed() -> None:
    vectors = np.eye(50, 384, dtype=np.float32)
    once, again = shaken(vectors, 1), shaken(vectors, 1)
    assert np.array_equal(once, again)
    assert (once * vectors).sum(axis=1).min() > 0.999
    assert not np.array_equal(once, shaken(vectors, 2))


def test_a_sign_that_tells_facts_from_other_lines_gets_weight_and_noise_gets_none() -> None:
    random = np.random.default_rng(0)
    table = random.normal(size=(400, len(NAMES)))
    held = table[:, 0] + 0.3 * random.normal(size=400) > 1
    weights = fit([(table, held)] * 10)
    assert weights.figures > 2
    assert max(abs(getattr(weights, name)) for name in NAMES[1:]) < weights.figures / 4
    assert isinstance(weights, Weights)


def test_a_table_has_a_row_a_line_and_a_column_a_sign(sample_library: Library) -> None:
    (case, *_) = read_cases(sample_library, read_case_questions(OWN_FACTS))
    table, held = table_of(case)
    assert table.shape == (len(case.case.lines), len(NAMES))
    assert held.any()
    assert not held.all()


def test_a_set_without_the_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_case_questions(tmp_path)
