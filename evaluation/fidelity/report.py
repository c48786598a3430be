"""Figures of many files, as numbers and as a table for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from evaluation.fidelity.measure import READ, Outcome
from evaluation.fidelity.truth import TrueDocument

Measured = Sequence[tuple[TrueDocument, Outcome]]
FIGURES = {
    "lost": "words of the true text that were not read, %",
    "invented": "words that were read and are not in it, %; hidden and deleted words among them",
    "moved": "words out of the order of reading, %",
    "misplaced": "words on another page than their own, %",
    "cer": "character error rate, %",
    "labels": "pages whose number, name or title is right, %",
    "sentences": "sentences that are given whole and alone, %",
    "items": "items of lists that are, %",
    "openers": "items that carry the line that opens their list, %",
}
COMPARED = ("lost", "invented", "moved", "misplaced", "cer")
"""Figures in which our reader should not be behind another; the smaller the better."""
_WIDTH, _COLUMN = 34, 11


def figures(outcomes: Iterable[Outcome]) -> dict[str, float | int | None]:
    """Return the figures of FIGURES over all words of the files; None where nothing was to be measured."""
    known = list(outcomes)

    def share(part: Callable[[Outcome], int], whole: Callable[[Outcome], int]) -> float | None:
        total = sum(whole(one) for one in known)
        return round(100 * sum(part(one) for one in known) / total, 3) if total else None

    right_labels = share(lambda one: one.pages - one.wrong_labels, lambda one: one.pages)
    return {
        "files": len(known),
        "unread": sum(one.state != READ for one in known),
        "lost": share(lambda one: one.lost, lambda one: one.words),
        "invented": share(lambda one: one.invented, lambda one: one.words),
        "moved": share(lambda one: one.moved, lambda one: one.words),
        "misplaced": share(lambda one: one.misplaced, lambda one: one.words),
        "cer": share(lambda one: one.wrong_letters, lambda one: one.letters),
        "labels": right_labels,
        "sentences": share(lambda one: one.whole_sentences, lambda one: one.sentences),
        "items": share(lambda one: one.whole_items, lambda one: one.items),
        "openers": share(lambda one: one.opened_items, lambda one: one.items),
        "hidden_shown": sum(one.hidden_shown for one in known),
        "remarks_missing": sum(one.remark_missing for one in known),
    }


def summarise(measured: Measured, peers: Mapping[str, Measured]) -> dict[str, Any]:
    """Return all figures: of all files, by kind, script, maker, feature and split; other readers beside ours."""

    def by(key: Callable[[TrueDocument], Iterable[str]], rows: Measured) -> dict[str, Any]:
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for document, outcome in rows:
            for name in key(document):
                groups[name].append(outcome)
        return {name: figures(groups[name]) for name in sorted(groups)}

    return {
        "all": figures(outcome for _, outcome in measured),
        "by_kind": by(lambda document: [document.kind], measured),
        "by_feature": by(lambda document: document.features, measured),
        "by_script": by(lambda document: [document.script], measured),
        "by_maker": by(lambda document: [document.maker], measured),
        "by_split": by(lambda document: [document.split], measured),
        "files": {document.path.name: file_row(document, outcome) for document, outcome in measured},
        "peers": {
            name: {
                "by_kind": by(lambda document: [document.kind], rows),
                "files": {document.path.name: figures([outcome]) for document, outcome in rows},
            }
            for name, rows in peers.items()
        },
    }


def behind(summary: Mapping[str, Any], part: str) -> Iterator[tuple[str, str, float, str, float]]:
    """Yield kinds (``part`` "by_kind") or files ("files") where another reader is better, with both figures.

    Each is (kind or file, figure, ours, the other reader, theirs); figures are of words and letters that are wrong.
    """
    for name, ours in summary[part].items():
        for figure in COMPARED:
            others = [
                (found[part][name][figure], peer)
                for peer, found in summary["peers"].items()
                if found[part].get(name, {}).get(figure) is not None
            ]
            best = min(others, default=None)
            if best is not None and ours[figure] is not None and ours[figure] > best[0]:
                yield name, figure, ours[figure], best[1], best[0]


def file_row(document: TrueDocument, outcome: Outcome) -> dict[str, Any]:
    """Return the figures of one file, and what went wrong in it."""
    return {
        "state": outcome.state,
        **{name: value for name, value in figures([outcome]).items() if name not in {"files", "unread"}},
        "features": list(document.features),
        "lost_words": list(outcome.lost_words),
        "invented_words": list(outcome.invented_words),
        "broken_sentences": list(outcome.broken_sentences),
        "detail": outcome.detail,
    }


def table(summary: Mapping[str, Any]) -> str:
    """Return the figures as lines for people."""
    lines: list[str] = []
    for title, key in (("file", "files"), ("kind", "by_kind"), ("feature", "by_feature"), ("script", "by_script")):
        lines += [_row(title, list(FIGURES)), *(_figures_row(name, row) for name, row in summary[key].items()), ""]
    lines += [_row("reader, kind", list(FIGURES)), _figures_row("ours, all", summary["all"])]
    for kind, row in summary["by_kind"].items():
        others = [(name, found["by_kind"].get(kind)) for name, found in summary["peers"].items()]
        if any(found for _, found in others):
            lines.append(_figures_row(f"ours, {kind}", row))
            lines += [_figures_row(f"{name}, {kind}", found) for name, found in others if found]
    for part in ("by_kind", "files"):
        lines += [
            f"behind: {name}, {figure} {value:.2f}; {peer} {best:.2f}"
            for name, figure, value, peer, best in behind(summary, part)
        ]
    lines += ["", *(f"{name:12}{meaning}" for name, meaning in FIGURES.items())]
    return "\n".join(lines)


def _figures_row(name: str, row: Mapping[str, Any]) -> str:
    state = row.get("state", READ)
    note = "" if state == READ else f"  {state}"
    if row.get("hidden_shown"):
        note += f"  {row['hidden_shown']} hidden words shown"
    if row.get("remarks_missing"):
        note += "  remark missing"
    return _row(name, [_number(row.get(figure)) for figure in FIGURES]) + note


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name[: _WIDTH - 1]:{_WIDTH}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
