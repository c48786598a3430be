"""A summary counts what was measured, pairs what can be paired, and its table shows all of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from evaluation.pipeline import Ingested
from evaluation.retrieval import Outcome
from evaluation.runs import IngestCost, RunReport, read_report
from evaluation.summary import compare_runs, outcome_row, summarise_run
from evaluation.table import retrieval_table


def outcome(name: str, figures: dict[str, float], language: str = "en", seconds: float = 0.1) -> Outcome:
    pages = ((("a.pdf", 1), ("a.pdf", 2)), (("b.txt", None),))
    return Outcome(name, language, f"{name}?", (("b.txt", None),), pages, seconds, figures, 2, 1)


def report(label: str, outcomes: list[Outcome], pages: int | None = 30) -> RunReport:
    return RunReport(label, outcomes, Ingested(2, pages), IngestCost(10.0, 15.0), 500.0)


OURS = [
    outcome("q1", {"hit@1": 1, "hit@5": 1, "passage_recall@5": 0.75}),
    outcome("q2", {"hit@1": 0, "hit@5": 1, "passage_recall@5": 0.25}, seconds=0.3),
    outcome("q3", {"hit@1": 1, "hit@5": 1}, language="fr", seconds=0.2),
]
THEIRS = [
    outcome("q3", {"hit@1": 0, "hit@5": 1, "passage_recall@5": 1.0}, language="fr"),
    outcome("q2", {"hit@1": 1, "hit@5": 1, "passage_recall@5": 0.5}),
    outcome("q1", {"hit@1": 0, "hit@5": 1, "passage_recall@5": 0.25}),
]


def test_a_summary_of_a_run() -> None:
    summary = summarise_run(report("product", OURS))
    assert summary["figures"]["hit@1"]["value"] == pytest.approx(2 / 3)
    assert summary["figures"]["passage_recall@5"] == {"value": 0.5, "low": 0.25, "high": 0.75, "n": 2}
    assert (summary["evidence"], summary["evidence_not_located"]) == (6, 3)
    assert (summary["latency_p50_ms"], summary["latency_p95_ms"]) == (pytest.approx(200), pytest.approx(300))
    assert (summary["ingest_pages_per_wall_s"], summary["ingest_pages_per_cpu_s"]) == (3, 2)


def test_languages_are_told_apart_where_there_are_two() -> None:
    groups = summarise_run(report("product", OURS))["by_language"]
    assert {name: (group["hit@1"]["value"], group["hit@1"]["n"]) for name, group in groups.items()} == {
        "English": (0.5, 2),
        "not English": (1, 1),
    }
    assert set(groups["English"]) == {"hit@1", "hit@5"}
    assert summarise_run(report("product", OURS[:2]))["by_language"] == {}


@pytest.mark.parametrize("pages", [0, None])
def test_no_speed_is_told_where_nothing_was_read(pages: int | None) -> None:
    summary = summarise_run(report("product", OURS, pages))
    assert summary["ingest_pages_per_wall_s"] is None
    assert summary["ingest_pages_per_cpu_s"] is None


def test_runs_are_paired_by_question_and_not_by_order() -> None:
    tests = compare_runs(report("product", OURS), report("baseline", THEIRS))
    assert tests["hit@1"] == {"wins": 2, "losses": 1, "p": 1.0, "n": 3}
    assert tests["hit@5"] == {"wins": 0, "losses": 0, "p": 1.0, "n": 3}
    assert tests["passage_recall@5"]["difference"] == pytest.approx((0.5 - 0.25) / 2)
    assert tests["passage_recall@5"]["n"] == 2, "the third was measured on one side only"


def test_a_report_comes_back_from_json_as_it_went() -> None:
    before = report("product", OURS)
    assert read_report(json.loads(json.dumps(asdict(before)))) == before


def test_a_line_of_the_outcomes_holds_every_figure() -> None:
    row = outcome_row("product", OURS[0])
    assert (row["run"], row["id"], row["language"], row["hit@1"], row["passage_recall@5"]) == (
        "product",
        "q1",
        "en",
        1,
        0.75,
    )
    assert {"question", "gold", "pages", "seconds"} <= set(row)


def test_the_table_shows_every_run_group_and_test() -> None:
    ours, theirs = report("product", OURS), report("mine.py", THEIRS, pages=None)
    summary: dict[str, Any] = {
        "set": "reports",
        "runs": {run.label: summarise_run(run) for run in (ours, theirs)},
        "tests": {"mine.py": compare_runs(ours, theirs)},
    }
    lines = retrieval_table(summary).splitlines()
    assert lines[0].split() == ["reports,", "3", "questions", "product", "mine.py"]
    assert any(line.split() == ["hit@1", "0.667", "(0.00–1.00)", "0.333", "(0.00–1.00)"] for line in lines)
    assert any(line.startswith("hit@1, not English (1)") for line in lines)
    assert any(line.split()[-2:] == ["3.00", "–"] for line in lines)
    assert "hit@1                           2 won, 1 lost, p = 1.0000 (sign test)" in lines
    assert not [line for line in lines if line.startswith("quote")], "neither run was asked for quotes"
