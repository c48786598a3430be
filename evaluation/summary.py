"""From outcomes to a summary: plain data, which the table shows and ``--json`` writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evaluation.retrieval import Outcome
from evaluation.runs import RunReport
from evaluation.significance import bootstrap_interval, mean, percentile, permutation_test, sign_test

FIGURES = {
    "hit@1": "a page of the evidence is the first result",
    "hit@5": "… among the first 5 results",
    "hit@10": "… among the first 10 results",
    "all_pages@5": "every page of the evidence among the first 5 results",
    "ndcg@10": "nDCG of the pages of the first 10 results",
    "passage_recall@5": "share of the evidence's characters in the first 5 passages",
    "quote_first": "the first quote of the answer holds evidence, if only a few characters of it",
    "quote_any": "… any quote does",
    "quote_mrr": "one divided by the place of the first quote that holds evidence, 0 where none does",
    "quote_recall": "share of the evidence's characters that the answer quotes",
    "quote_precision": "share of the quoted characters that are evidence",
    "quote_iou": "intersection over union of quotes and evidence, in characters",
}
"""The figures of a question, 0…1, and what they say."""
_OUTCOMES = ("hit@1", "hit@5", "hit@10", "all_pages@5", "quote_first", "quote_any")
"""True or false of each question; the other figures are graded."""
_BY_LANGUAGE = ("hit@1", "hit@5")


def outcome_row(label: str, outcome: Outcome) -> dict[str, Any]:
    """Return a line of ``--out``: the run's label, the outcome, and its figures side by side."""
    row = asdict(outcome)
    figures = row.pop("figures")
    return {"run": label, **row, **figures}


def estimate(values: Sequence[float]) -> dict[str, float]:
    """Return the mean, its 95 % bootstrap interval and the number of values."""
    low, high = bootstrap_interval(values)
    return {"value": mean(values), "low": low, "high": high, "n": len(values)}


def estimates(rows: Sequence[Mapping[str, float]], names: Iterable[str] = FIGURES) -> dict[str, dict[str, float]]:
    """Return the estimate of every figure that any row has."""
    columns = {name: [row[name] for row in rows if name in row] for name in names}
    return {name: estimate(values) for name, values in columns.items() if values}


def summarise_run(report: RunReport) -> dict[str, Any]:
    """Return a run's figures."""
    outcomes, pages, cost = report.outcomes, report.ingested.pages, report.cost
    milliseconds = [1000 * outcome.seconds for outcome in outcomes]
    return {
        "questions": len(outcomes),
        "figures": estimates([outcome.figures for outcome in outcomes]),
        "by_language": by_language(outcomes),
        "evidence": sum(outcome.evidence for outcome in outcomes),
        "evidence_not_located": sum(outcome.evidence_not_located for outcome in outcomes),
        "passages_not_located": sum(outcome.passages_not_located for outcome in outcomes),
        "latency_p50_ms": percentile(milliseconds, 0.5),
        "latency_p95_ms": percentile(milliseconds, 0.95),
        "ingest_documents": report.ingested.documents,
        "ingest_pages": pages,
        "ingest_wall_s": cost.wall_seconds,
        "ingest_cpu_s": cost.cpu_seconds,
        "ingest_pages_per_wall_s": pages / cost.wall_seconds if pages else None,
        "ingest_pages_per_cpu_s": pages / cost.cpu_seconds if pages else None,
        "peak_memory_mb": report.peak_memory_mb,
    }


def by_language(outcomes: Sequence[Outcome]) -> dict[str, dict[str, dict[str, float]]]:
    """Return hits of the questions in English and of the others; nothing where all are in one language."""
    if len({outcome.language for outcome in outcomes}) < 2:
        return {}
    groups = {
        "English": [outcome.figures for outcome in outcomes if outcome.language == "en"],
        "not English": [outcome.figures for outcome in outcomes if outcome.language != "en"],
    }
    return {name: estimates(rows, _BY_LANGUAGE) for name, rows in groups.items() if rows}


def compare_runs(first: RunReport, second: RunReport) -> dict[str, dict[str, float]]:
    """Return a paired test of every figure that both runs have, over the questions for which both have it."""
    theirs = {outcome.id: outcome.figures for outcome in second.outcomes}
    tests = {}
    for name in FIGURES:
        pairs = [
            (outcome.figures[name], theirs[outcome.id][name])
            for outcome in first.outcomes
            if name in outcome.figures and name in theirs.get(outcome.id, {})
        ]
        if not pairs:
            continue
        ours, others = zip(*pairs, strict=True)
        if name in _OUTCOMES:
            wins, losses, p = sign_test(ours, others)
            tests[name] = {"wins": wins, "losses": losses, "p": p, "n": len(pairs)}
        else:
            difference, p = permutation_test(ours, others)
            tests[name] = {"difference": difference, "p": p, "n": len(pairs)}
    return tests
