"""How well the reader alone tells right sentences from wrong ones: the sets of ``evaluation.verification``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.verification import CROSS, PARTS, REPORTS, Item, read_items, share
from reader.reader import Reader

_PASS = 0.10
"""Share of the development part's wrong sentences that may pass: where the line is drawn."""


@dataclass(frozen=True, slots=True)
class Read:
    """An item, and how likely the reader finds it borne out."""

    item: Item
    probability: float


def read_all(reader: Reader) -> list[Read]:
    """Read the items of all three parts."""
    items = [item for part in (*PARTS, REPORTS) for item in read_items(part)]
    found = reader.entails([(item.sentence, item.quotes) for item in items])
    return [Read(item, one.entailed) for item, one in zip(items, found, strict=True)]


def line_of(reads: Iterable[Read]) -> float:
    """Return the probability that a tenth of the wrong sentences reaches."""
    wrong = [read.probability for read in reads if read.item.wrong]
    return float(np.quantile(wrong, 1 - _PASS))


def groups(reads: Sequence[Read], parts: Mapping[str, str]) -> dict[str, list[Read]]:
    """Return the reads by part, author and whether they are English; ``parts`` gives the part of every item's id."""
    found: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        item = read.item
        kind = "two languages" if item.kind.startswith(CROSS) else "English" if item.language == "en" else "others"
        found[f"{parts[item.id]}, author {item.author}, {kind}"].append(read)
    return dict(found)


def figures(reads: Sequence[Read], line: float) -> dict[str, Any]:
    """Return AUC, and the shares of wrong ones shown and right ones flagged by ``line``."""
    right = np.array([read.probability for read in reads if not read.item.wrong])
    wrong = np.array([read.probability for read in reads if read.item.wrong])
    return {
        "auc": _auc(right, wrong),
        "wrong shown": share(int((wrong >= line).sum()), len(wrong)),
        "right flagged": share(int((right < line).sum()), len(right)),
    }


def summarise(reads: Sequence[Read]) -> dict[str, Any]:
    """Return the figures of every group."""
    parts = {item.id: part for part in (*PARTS, REPORTS) for item in read_items(part)}
    line = line_of([read for read in reads if parts[read.item.id] == PARTS[0]])
    return {"line": line, **{name: figures(own, line) for name, own in groups(reads, parts).items()}}


def table(summary: Mapping[str, Any]) -> str:
    """Return the figures for people."""
    lines = [f"{'':36}{'AUC':>7}{'wrong shown':>16}{'right flagged':>16}"]
    for name, found in summary.items():
        if name != "line":
            shares = [found["wrong shown"], found["right flagged"]]
            cells = "".join(f"{one['count']:.0f} of {one['n']:.0f}".rjust(16) for one in shares)
            lines.append(f"{name:36}{found['auc']:7.3f}{cells}")
    drawn = f"Line: {summary['line']:.3f}, which a tenth of the development part's wrong sentences reach."
    return "\n".join([*lines, "", drawn])


def _auc(right: NDArray[np.float64], wrong: NDArray[np.float64]) -> float:
    """Return how often a right one is likelier than a wrong one; ties count half (Mann and Whitney 1947)."""
    if not len(right) or not len(wrong):
        return 0.0
    above = (right[:, None] > wrong).mean() + (right[:, None] == wrong).mean() / 2
    return float(above)
