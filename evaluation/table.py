"""A summary as a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.summary import FIGURES

_LABEL, _COLUMN = 32, 20
_COSTS = (
    ("latency p50, ms", "latency_p50_ms", ".0f"),
    ("latency p95, ms", "latency_p95_ms", ".0f"),
    ("ingest, pages", "ingest_pages", ".0f"),
    ("ingest, wall seconds", "ingest_wall_s", ".1f"),
    ("ingest, CPU seconds", "ingest_cpu_s", ".1f"),
    ("ingest, pages per wall second", "ingest_pages_per_wall_s", ".2f"),
    ("ingest, pages per CPU second", "ingest_pages_per_cpu_s", ".2f"),
    ("peak memory, MB", "peak_memory_mb", ".0f"),
)
_MISSING = "–"


def retrieval_table(summary: Mapping[str, Any]) -> str:
    """Return a column for every run, under them the paired tests of the first run against each other one."""
    runs: Mapping[str, Mapping[str, Any]] = summary["runs"]
    first = next(iter(runs))
    lines = [_row(f"{summary['set']}, {runs[first]['questions']} questions", list(runs))]
    lines += figure_rows([run["figures"] for run in runs.values()])
    for group in runs[first]["by_language"]:
        figures = [run["by_language"][group] for run in runs.values()]
        lines += figure_rows(figures, f", {group} ({figures[0]['hit@1']['n']})")
    lines.append(
        _row("evidence not located", [f"{run['evidence_not_located']} of {run['evidence']}" for run in runs.values()])
    )
    if any(run["passages_not_located"] for run in runs.values()):
        lines.append(_row("passages not located", [str(run["passages_not_located"]) for run in runs.values()]))
    lines += [_row(label, [_number(run[key], form) for run in runs.values()]) for label, key, form in _COSTS]
    for other, tests in summary["tests"].items():
        lines += ["", f"{first} against {other}, paired by question"]
        lines += [f"{name:{_LABEL}}{_verdict(test)}" for name, test in tests.items()]
    return "\n".join([*lines, "", "In brackets: 95 % bootstrap intervals."])


def figure_rows(columns: Sequence[Mapping[str, Mapping[str, float]]], suffix: str = "") -> list[str]:
    """Return a row for every figure that any of the columns has."""
    names = [name for name in FIGURES if any(name in column for column in columns)]
    return [_row(name + suffix, [_interval(column.get(name)) for column in columns]) for name in names]


def _row(label: str, cells: Sequence[str]) -> str:
    return f"{label:{_LABEL}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)


def _interval(figure: Mapping[str, float] | None) -> str:
    return f"{figure['value']:.3f} ({figure['low']:.2f}–{figure['high']:.2f})" if figure else _MISSING


def _number(value: float | None, form: str) -> str:
    return _MISSING if value is None else format(value, form)


def _verdict(test: Mapping[str, float]) -> str:
    p = f"p = {test['p']:.4f}" if test["p"] >= 0.0001 else "p < 0.0001"
    if "wins" in test:
        return f"{test['wins']} won, {test['losses']} lost, {p} (sign test)"
    return f"{test['difference']:+.3f}, {p} (permutation test)"
