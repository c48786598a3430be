"""How well verification tells wrong sentences from right ones, on the hand-checked set in ``evaluation/verdicts``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import sqrt
from pathlib import Path
from typing import Any

from app.answers import Verdict
from app.verification import CHECKS, Check, verify_sentence
from evaluation.errors import EvaluationError
from reader.reader import Answering, Entailment, Reader

PARTS = ("development", "test")
REPORTS = "reports"
"""A third part, by another author, which nothing was set by: reports of many kinds, free rewordings, seven scripts."""
CROSS = "cross-"
"""Kinds that begin so have a sentence in another language than its quotes."""


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, its quotes, the verdict that a careful reader gives, and which author wrote it."""

    id: str
    kind: str
    language: str
    verdict: Verdict
    sentence: str
    quotes: tuple[str, ...]
    author: int

    @property
    def wrong(self) -> bool:
        """Whether the quotes do not bear the sentence out."""
        return self.verdict is Verdict.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Judged:
    """An item and what verification made of it."""

    item: Item
    verdict: Verdict
    reasons: tuple[str, ...]
    reworded: bool
    """Whether the sentence would be shown as "in other words; numbers, names and negation were checked"."""

    @property
    def flagged(self) -> bool:
        """Whether the sentence is unverified."""
        return self.verdict is Verdict.UNVERIFIED

    @property
    def warned(self) -> bool:
        """Whether the sentence would be shown with a warning: a fact of it is not in its quotes."""
        return self.flagged and not self.reworded


def read_items(part: str) -> list[Item]:
    """Return the items of "development", "test" or "reports"."""
    return _items(files("evaluation").joinpath("verdicts", f"{part}.jsonl").read_text(encoding="utf-8"))


def read_file(file: Path) -> list[Item]:
    """Return the items of any file of the set's form.

    Raises:
        EvaluationError: the file cannot be read, or a line of it is not of that form.
    """
    try:
        return _items(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise EvaluationError(
            f"{file}: {error}. Each line must be JSON with id, kind, language, verdict, sentence and quotes."
        ) from error


def _items(text: str) -> list[Item]:
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [
        Item(
            str(row["id"]),
            row["kind"],
            row["language"],
            Verdict(row["verdict"]),
            row["sentence"],
            tuple(row["quotes"]),
            int(row.get("author", 0)),
        )
        for row in rows
    ]


def judge(items: Iterable[Item], reader: Reader | None, checks: Mapping[str, Check] = CHECKS) -> list[Judged]:
    """Verify every item."""
    judged = []
    for item in items:
        found = verify_sentence(item.sentence, item.quotes, reader, checks)
        judged.append(Judged(item, found.verdict, tuple(map(str, found.reasons)), found.reworded))
    return judged


def share(count: int, total: int) -> dict[str, float]:
    """Return a share with its 95 % interval (Wilson 1927); all 0 of none."""
    if not total:
        return {"value": 0.0, "low": 0.0, "high": 0.0, "count": 0, "n": 0}
    z = 1.96
    p = count / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return {"value": p, "low": max(0.0, middle - half), "high": min(1.0, middle + half), "count": count, "n": total}


def figures(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Return the figures of the set: errors of both sides, precision and recall of "unverified"."""
    wrong = [one for one in judged if one.item.wrong]
    right = [one for one in judged if not one.item.wrong]
    flagged = [one for one in judged if one.flagged]
    return {
        "wrong shown as supported": share(sum(not one.flagged for one in wrong), len(wrong)),
        "right flagged": share(sum(one.flagged for one in right), len(right)),
        "wrong with a warning": share(sum(one.warned for one in wrong), len(wrong)),
        "right with a warning": share(sum(one.warned for one in right), len(right)),
        "precision of unverified": share(sum(one.item.wrong for one in flagged), len(flagged)),
        "recall of unverified": share(sum(one.flagged for one in wrong), len(wrong)),
    }


def summarise(items: Sequence[Item], reader: Reader | None) -> tuple[dict[str, Any], list[Judged]]:
    """Return the figures: one language, across languages, by author, by kind, by language; and every item."""
    judged = judge(items, reader)
    own = [one for one in judged if not one.item.kind.startswith(CROSS)]
    across = [one for one in judged if one.item.kind.startswith(CROSS)]
    kinds = sorted({(not one.item.wrong, one.item.kind) for one in judged})
    groups = {"English": "en", **{code: code for code in sorted({one.item.language for one in own} - {"en"})}}
    return {
        "one language": figures(own),
        "another language than the quotes": figures(across),
        "by author": {
            f"author {author}": figures([one for one in own if one.item.author == author])
            for author in sorted({one.item.author for one in own})
        },
        "by kind": {
            kind: share(sum(one.flagged == one.item.wrong for one in found), len(found))
            for _, kind in kinds
            if (found := [one for one in judged if one.item.kind == kind])
        },
        "by language": {
            name: figures([one for one in own if one.item.language == code]) for name, code in groups.items()
        },
    }, judged


def ablate(items: Iterable[Item], reader: Reader | None) -> dict[str, dict[str, int]]:
    """Return what leaving out each check does, and what it finds alone, without the reader's help."""
    items = [item for item in items if not item.kind.startswith(CROSS)]

    def errors(checks: Mapping[str, Check], own: Reader | None = reader) -> tuple[int, int]:
        judged = judge(items, own, checks)
        return sum(one.item.wrong and not one.flagged for one in judged), sum(
            not one.item.wrong and one.flagged for one in judged
        )

    shown, flagged = errors(CHECKS)
    found = {}
    for name in CHECKS:
        rest = {other: check for other, check in CHECKS.items() if other != name}
        without = errors(rest)
        alone = judge(items, _Credulous(), {name: CHECKS[name]})
        found[name] = {
            "wrong shown more": without[0] - shown,
            "right flagged fewer": flagged - without[1],
            "wrong found alone": sum(one.item.wrong and one.flagged for one in alone),
            "right flagged alone": sum(not one.item.wrong and one.flagged for one in alone),
        }
    shown, flagged = errors({}, reader)
    found["the reader alone"] = {"wrong shown": shown, "right flagged": flagged}
    return found


class _Credulous:
    """A reader that finds everything borne out: what is flagged is flagged by the other checks."""

    name = "credulous"

    def entails(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Entailment]:
        return [Entailment(1.0, 0.0, 0.0) for _ in pairs]

    def answers(self, question: str, passages: Sequence[str], before: Sequence[Sequence[str]] = ()) -> list[Answering]:
        return [Answering(1.0, None) for _ in passages]

    def sorts(self, lines: Sequence[str], statements: Sequence[str]) -> list[list[float]]:
        return [[1.0] * len(statements) for _ in lines]


def table(summaries: Mapping[str, Mapping[str, Any]], ablation: Mapping[str, Mapping[str, int]]) -> str:
    """Return the summary for people."""
    lines = []
    authors = dict.fromkeys(author for s in summaries.values() for author in s["by author"])
    groups = {
        "one language": [s["one language"] for s in summaries.values()],
        **{f"one language, {author}": [s["by author"].get(author) for s in summaries.values()] for author in authors},
        "another language than the quotes": [s["another language than the quotes"] for s in summaries.values()],
    }
    for group, found in groups.items():
        lines += [f"{group:34}" + "".join(f"{part:>28}" for part in summaries)]
        for name in next(one for one in found if one):
            lines.append(f"  {name:32}" + "".join(f"{_cell(one[name]) if one else '–':>28}" for one in found))
    lines += ["", f"{'judged rightly, by kind':34}" + "".join(f"{part:>28}" for part in summaries)]
    for kind in dict.fromkeys(kind for s in summaries.values() for kind in s["by kind"]):
        lines.append(f"  {kind:32}" + "".join(f"{_count(s['by kind'].get(kind)):>28}" for s in summaries.values()))
    lines += ["", f"{'by language':34}" + "".join(f"{part:>28}" for part in summaries)]
    for language in dict.fromkeys(name for s in summaries.values() for name in s["by language"]):
        for name in ("wrong shown as supported", "right flagged"):
            cells = [s["by language"].get(language, {}).get(name) for s in summaries.values()]
            lines.append(f"  {language + ', ' + name:32}" + "".join(f"{_count(cell):>28}" for cell in cells))
    if ablation:
        lines += ["", "without it: wrong shown more, right flagged fewer; alone: wrong found, right flagged"]
        for name, row in ablation.items():
            lines.append(f"  {name:32}" + "".join(f"{value:>8}" for value in row.values()))
    return "\n".join([*lines, "", "In brackets: 95 % Wilson intervals."])


def _cell(figure: Mapping[str, float]) -> str:
    return f"{figure['value']:.3f} ({figure['low']:.2f}–{figure['high']:.2f}) {figure['count']:.0f}/{figure['n']:.0f}"


def _count(figure: Mapping[str, float] | None) -> str:
    return f"{figure['count']:.0f} of {figure['n']:.0f}" if figure else "–"
