"""The learning curve of a run, as a picture."""

from __future__ import annotations

import json
from pathlib import Path

from evaluation.training.train import LOG

_LOSSES = ("entailment", "contrast", "answers", "span", "ranking")
_SMOOTHED = 8
"""Lines of the log whose mean is a point."""


def draw(folder: Path) -> Path:
    """Write ``curve.png`` beside the log: losses on the left, AUC of what is held out on the right."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    lines = [json.loads(line) for line in (folder / LOG).read_text(encoding="utf-8").splitlines()]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.5))
    for name in _LOSSES:
        seen = [(line["step"], line[name]) for line in lines if name in line]
        points = [seen[start : start + _SMOOTHED] for start in range(0, len(seen), _SMOOTHED)]
        xs = [part[-1][0] for part in points]
        left.plot(xs, [sum(value for _, value in part) / len(part) for part in points], label=name)
    left.set(xlabel="batches", ylabel="loss", title="Losses")
    left.legend()
    measured = [(line["step"], line[key]) for line in lines for key in ("held out", "end") if key in line]
    for source in sorted({source for _, found in measured for source in found}):
        places = [(step, found[source]["auc"]) for step, found in measured if "auc" in found.get(source, {})]
        right.plot([step for step, _ in places], [auc for _, auc in places], marker=".", label=source)
    right.set(xlabel="batches", ylabel="AUC", title="Held out")
    right.legend(fontsize=5, ncols=2)
    figure.tight_layout()
    target = folder / "curve.png"
    figure.savefig(target, dpi=120)
    pyplot.close(figure)
    return target
