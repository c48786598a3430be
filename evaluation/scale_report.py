"""The report of a run of ``evaluation.scale``: JSON, a Markdown table and plots."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.errors import UsageError

_COLOURS = {
    "no filter": "#0072B2",
    "one document": "#E69F00",
    "one country": "#009E73",
    "a tenth of the documents": "#CC79A7",
}
"""Of the palette of Okabe and Ito, which colour-blind readers can tell apart; markers differ as well."""
_MARKERS = dict(zip(_COLOURS, "osD^", strict=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """How long warm questions took within a scope: milliseconds from the question to the weighed evidence."""

    passages: int
    p50_ms: float
    p95_ms: float
    cpu_p50_ms: float
    """Of all threads: what it would be with nobody else at work, if threads were of no use."""


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size of the library."""

    passages: int
    documents: int
    inserted_per_s: float
    """Passages a second since the size before, the vectors given."""
    disk_mb: float
    memory_mb: float
    """The most that a process held which opened the library and asked."""
    cold_start_s: float
    """Of ``whrd ask`` in a new process, the median of three."""
    asked: dict[str, Asked]


@dataclass(frozen=True, slots=True)
class Report:
    """All of a run."""

    embedder: str
    sentences: int
    """Different real sentences that the library was grown from."""
    embedded_passages: int
    embedded_per_s: float
    """Passages a second with the vectors made, on the first ones."""
    sizes: tuple[Size, ...]


def write_report(report: Report, folder: Path) -> None:
    """Write scale.json, scale.md, scale-questions.png and scale-costs.png into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scale.json").write_text(json.dumps(asdict(report), indent=1) + "\n", encoding="utf-8")
    table = markdown_table(report)
    (folder / "scale.md").write_text(table, encoding="utf-8")
    print(table)
    _plot(report, folder)


def markdown_table(report: Report) -> str:
    """Return the figures as a Markdown table, a column for every size."""
    sizes = report.sizes
    rows = [
        ["passages", *(f"{size.passages:,}" for size in sizes)],
        ["---", *("---:" for _ in sizes)],
        ["documents", *(f"{size.documents:,}" for size in sizes)],
    ]
    for name in _COLOURS:
        times = (size.asked[name] for size in sizes)
        rows.append(
            [
                f"question, {name}: p50 / p95 (CPU), ms",
                *(f"{t.p50_ms:.0f} / {t.p95_ms:.0f} ({t.cpu_p50_ms:.0f})" for t in times),
            ]
        )
    rows += [
        ["memory of the process that asks, MB", *(f"{size.memory_mb:,.0f}" for size in sizes)],
        ["library on disk, MB", *(f"{size.disk_mb:,.0f}" for size in sizes)],
        ["`whrd ask` in a new process, s", *(f"{size.cold_start_s:.1f}" for size in sizes)],
        ["passages added a second, vectors given", *(f"{size.inserted_per_s:,.0f}" for size in sizes)],
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        f"{table}\n\nWith {report.embedder} making the vectors, the first {report.embedded_passages:,} passages were"
        f" added at {report.embedded_per_s:.0f} a second. Grown from {report.sentences:,} real sentences.\n"
    )


def find_matplotlib() -> None:
    """Choose the plots' back end.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise UsageError("The plots need matplotlib: pip install --require-hashes -r requirements/eval.txt.") from error
    mpl.use("Agg")


def _plot(report: Report, folder: Path) -> None:
    find_matplotlib()
    from matplotlib import pyplot

    passages = [size.passages for size in report.sizes]
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    for name, colour in _COLOURS.items():
        p50 = [size.asked[name].p50_ms for size in report.sizes]
        p95 = [size.asked[name].p95_ms for size in report.sizes]
        axes.plot(passages, p50, marker=_MARKERS[name], color=colour, label=name)
        axes.plot(passages, p95, marker=_MARKERS[name], color=colour, linestyle=":", markersize=4, linewidth=1)
    axes.set(ylabel="milliseconds", title="A warm question, from its words to the weighed evidence")
    axes.set_ylim(bottom=0)
    axes.legend(title="solid: median; dotted: 95 of 100", frameon=False)
    _finish(axes, passages)
    figure.savefig(folder / "scale-questions.png", dpi=150)
    pyplot.close(figure)

    figure, panels = pyplot.subplots(1, 3, figsize=(10, 3.4), layout="constrained")
    for panel, (title, unit, values) in zip(
        panels,
        (
            ("On disk", "MB", [size.disk_mb for size in report.sizes]),
            ("In memory, while asking", "MB", [size.memory_mb for size in report.sizes]),
            ("whrd ask, new process", "seconds", [size.cold_start_s for size in report.sizes]),
        ),
        strict=True,
    ):
        panel.plot(passages, values, marker="o", color=_COLOURS["no filter"])
        panel.set(title=title, ylabel=unit)
        panel.set_ylim(0, 1.1 * max(values))
        panel.yaxis.set_major_formatter("{x:,.0f}")
        _finish(panel, passages)
    figure.savefig(folder / "scale-costs.png", dpi=150)
    pyplot.close(figure)


def _finish(axes: Any, passages: list[int]) -> None:
    from matplotlib.ticker import NullLocator

    axes.set_xscale("log")
    axes.set_xticks(passages, [f"{number:,}" for number in passages])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel("passages in the library (log scale)")
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
