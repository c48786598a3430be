"""The plot of a crowd: what people waited, and what the server held, over time."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.crowd.report import Run, percentile

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BLUE, _ORANGE, _GREEN, _GREY = "#0072B2", "#E69F00", "#009E73", "#999999"
"""Of the palette of Okabe and Ito, which colour-blind readers can tell apart; markers differ as well."""
_STEPS = 30
"""Into which a run is divided: a minute each of half an hour."""


def plot(run: Run, path: Path) -> None:
    """Write the plot to ``path``, as PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (answers, memory, held) = pyplot.subplots(3, 1, sharex=True, figsize=(9, 9), layout="constrained")
    _draw_answers(answers, run)
    minutes = [one.at / 60 for one in run.samples]
    memory.plot(minutes, [one.memory_mb for one in run.samples], color=_BLUE)
    memory.set_ylabel("memory of the server, MB")
    memory.set_ylim(bottom=0)
    held.plot(minutes, [one.handles for one in run.samples], color=_GREEN, label="open files and sockets")
    held.plot(minutes, [one.threads for one in run.samples], color=_ORANGE, linestyle="--", label="threads")
    held.set_ylabel("held by the server")
    held.set_ylim(bottom=0)
    held.set_xlabel("minutes")
    held.legend()
    for axes in (answers, memory, held):
        axes.axvline(run.crowd.settled / 60, color=_GREY, linestyle=":")
        if run.ingest is not None:
            axes.axvspan(run.ingest.began / 60, run.ingest.ended / 60, color=_GREY, alpha=0.2)
    figure.suptitle(f"{run.crowd.people} people ask {run.passages:,} passages (grey: reports are added meanwhile)")
    figure.savefig(path, dpi=100)
    pyplot.close(figure)


def _draw_answers(axes: Axes, run: Run) -> None:
    answered = [(one.at / 60, one.seconds) for one in run.asked if one.seconds is not None]
    failed = [one.at / 60 for one in run.asked if one.seconds is None]
    axes.plot(*zip(*answered, strict=True), ".", color=_GREY, markersize=3) if answered else None
    step = run.crowd.seconds / 60 / _STEPS
    parts = [sorted(s for at, s in answered if n * step <= at < (n + 1) * step) for n in range(_STEPS)]
    middles = [(number + 0.5) * step for number, part in enumerate(parts) if part]
    axes.plot(middles, [percentile(part, 0.95) for part in parts if part], color=_ORANGE, marker="s", label="p95")
    axes.plot(middles, [statistics.median(part) for part in parts if part], color=_BLUE, marker="o", label="median")
    axes.plot(failed, [0] * len(failed), "x", color="#D55E00", label=f"errors and no answer: {len(failed)}")
    axes.set_ylabel("seconds of an answer")
    axes.set_ylim(bottom=0)
    axes.legend()
