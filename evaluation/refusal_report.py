"""The report of ``evaluation.refusal``: a table for people and two plots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.refusal import ANSWERABLE, OFF_TOPIC, UNANSWERABLE, RefusalOutcome, curve
from evaluation.scale_report import find_matplotlib

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000", "#8A7A00")
"""After Okabe and Ito, which colour-blind readers can tell apart; line styles differ as well."""
_STYLES = ("-", "--", "-.", ":")


def refusal_table(summary: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = []
    for title, key in (("OFF-TOPIC: not_found", "off_topic"), ("ON-TOPIC, UNANSWERABLE: not answered", "on_topic")):
        lines += [title, "set              lang split  refused              falsely refused      AUC of the signals"]
        for row in summary[key]:
            aucs = "  ".join(f"{name} {value:.3f}" for name, value in row["auc"].items())
            lines.append(
                f"{row['set'][:16]:16} {row['language']:4} {row['split']:5} {_share(row['refused']):20}"
                f" {_share(row['falsely_refused']):20} {aucs}"
            )
        lines.append("")
    lines += ["GAPS NAMED", "set              kind          of all               of the answered"]
    for row in summary["gaps"]:
        kinds = ", ".join(f"{kind} {count}" for kind, count in row["kinds"].items())
        lines.append(
            f"{row['set'][:16]:16} {row['kind']:13} {_share(row['named']):20} {_share(row['named_of_answered']):20}"
            f" {kinds}"
        )
    return "\n".join(lines)


def plot(outcomes: Sequence[RefusalOutcome], folder: Path) -> None:
    """Write refusal-off-topic.png and refusal-on-topic.png into ``folder``.

    Raises:
        UsageError: matplotlib is not installed.
    """
    find_matplotlib()
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    figure, axes = pyplot.subplots(figsize=(7.2, 5), layout="constrained")
    asked = [o for o in outcomes if o.set in {p.set for p in outcomes if p.kind == OFF_TOPIC}]
    for number, language in enumerate(dict.fromkeys(o.language for o in asked if o.kind == OFF_TOPIC)):
        here = [o for o in asked if o.language == language]
        kept, off = ([o for o in here if o.kind == kind] for kind in (ANSWERABLE, OFF_TOPIC))
        if not kept:
            continue
        points = curve([o.subject for o in kept], [o.subject for o in off])
        label = f"{language} ({len(off)} off-topic, {len(kept)} answerable)"
        _draw(axes, points, number, label)
        _mark(axes, number, [o.status == "not_found" for o in kept], [o.status == "not_found" for o in off])
    axes.axhline(0.97, color="grey", linewidth=0.8, linestyle=":")
    axes.axvline(0.03, color="grey", linewidth=0.8, linestyle=":")
    _finish(axes, "Off-topic questions, by language", (-0.01, 0.4), (0.6, 1.01))
    figure.savefig(folder / "refusal-off-topic.png", dpi=150)
    pyplot.close(figure)

    figure, axes = pyplot.subplots(figsize=(7.2, 5), layout="constrained")
    for number, name in enumerate(dict.fromkeys(o.set for o in outcomes if o.kind == UNANSWERABLE)):
        here = [o for o in outcomes if o.set == name and o.language == "en"]
        kept, left_open = ([o for o in here if o.kind == kind] for kind in (ANSWERABLE, UNANSWERABLE))
        points = curve([o.answer for o in kept], [o.answer for o in left_open])
        _draw(axes, points, number, f"{name} ({len(left_open)} unanswerable, {len(kept)} answerable)")
        _mark(axes, number, [o.status != "answered" for o in kept], [o.status != "answered" for o in left_open])
    axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8, linestyle=":", label="chance")
    _finish(axes, "On-topic questions that the texts do not answer", (-0.02, 1.02), (-0.02, 1.02))
    figure.savefig(folder / "refusal-on-topic.png", dpi=150)
    pyplot.close(figure)


def _draw(axes: Any, points: Sequence[tuple[float, float]], number: int, label: str) -> None:
    style = _STYLES[number % len(_STYLES)]
    axes.step(*zip(*points, strict=True), where="post", color=_COLOURS[number], linestyle=style, label=label)


def _mark(axes: Any, number: int, falsely: Sequence[bool], refused: Sequence[bool]) -> None:
    from evaluation.significance import wilson_interval

    x, y = sum(falsely) / len(falsely), sum(refused) / len(refused)
    (left, right), (low, high) = (wilson_interval(sum(v), len(v)) for v in (falsely, refused))
    errors = {"xerr": [[x - left], [right - x]], "yerr": [[y - low], [high - y]]}
    axes.errorbar(x, y, fmt="o", color=_COLOURS[number], elinewidth=0.7, alpha=0.75, markeredgecolor="white", **errors)


def _finish(axes: Any, title: str, x: tuple[float, float], y: tuple[float, float]) -> None:
    axes.set(xlim=x, ylim=y, title=title)
    axes.set(xlabel="answerable questions falsely refused", ylabel="questions rightly refused")
    axes.legend(title="dots: the working point, with 95 % intervals", frameon=False, fontsize=8, loc="lower right")
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)


def _share(share: dict[str, Any]) -> str:
    if not share["of"]:
        return "–"
    return f"{share['count']}/{share['of']} ({share['low']:.2f}–{share['high']:.2f})"
