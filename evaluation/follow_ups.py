"""Follow-up questions: do they find the same page as the complete question?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.follow_ups.reading import Reading, read_question
from vectorstore.library import Library
from vectorstore.retriever import retrieve

STANDS_ALONE = "alone"
"""The kind of a question that must be left as it is."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that was asked after others, and what it means."""

    id: str
    split: str
    """ "dev", which the rules were made on, or "test"."""
    language: str
    kind: str
    history: tuple[str, ...]
    asked: str
    standalone: tuple[str, ...]
    """What it means, in acceptable wordings; the same as ``asked`` where that stands alone."""


@dataclass(frozen=True, slots=True)
class FollowUpOutcome:
    """How one follow-up was read, and whether its first page is that of a standalone wording."""

    id: str
    split: str
    language: str
    kind: str
    asked: str
    read_as: str
    same_page: bool
    same_page_as_typed: bool
    """As if there were no conversation."""


def read_follow_ups(path: Path) -> list[FollowUp]:
    """Return the questions of a file, one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        FollowUp(
            row["id"],
            row["split"],
            row["lang"],
            row["kind"],
            tuple(row["history"]),
            row["follow_up"],
            tuple(row["standalone"]),
        )
        for row in rows
    ]


def run_follow_ups(
    library: Library,
    questions: Sequence[FollowUp],
    read: Callable[[str, Sequence[str]], Reading] = read_question,
) -> list[FollowUpOutcome]:
    """Read every follow-up, search for it, and compare the first page."""
    outcomes = []
    for question in questions:
        reading = read(question.asked, question.history)
        wanted = {_first_page(library, wording) for wording in question.standalone}
        outcomes.append(
            FollowUpOutcome(
                question.id,
                question.split,
                question.language,
                question.kind,
                question.asked,
                reading.question,
                _first_page(library, reading.question) in wanted,
                _first_page(library, question.asked) in wanted,
            )
        )
    return outcomes


def shares(outcomes: Iterable[FollowUpOutcome], key: str) -> dict[str, dict[str, Any]]:
    """Return, for every value of the field ``key``, how many find the page, read and as typed; follow-ups alone."""
    groups: dict[str, list[FollowUpOutcome]] = {}
    for outcome in outcomes:
        if outcome.kind != STANDS_ALONE:
            groups.setdefault(getattr(outcome, key), []).append(outcome)
    return {
        group: {
            "questions": len(members),
            "same_page": sum(o.same_page for o in members),
            "same_page_as_typed": sum(o.same_page_as_typed for o in members),
        }
        for group, members in groups.items()
    }


def rewritten_in_error(outcomes: Iterable[FollowUpOutcome]) -> list[FollowUpOutcome]:
    """Return those that stand alone and were rewritten."""
    return [o for o in outcomes if o.kind == STANDS_ALONE and o.read_as != o.asked]


def untouched(questions: Sequence[str]) -> list[tuple[str, str]]:
    """Ask standalone questions one after another; return those that were rewritten, with what they became."""
    changed = []
    for previous, asked in pairwise(questions):
        plain = " ".join(asked.split())
        reading = read_question(plain, [previous])
        if reading.rewritten:
            changed.append((plain, reading.question))
    return changed


def follow_up_table(columns: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """Return a row for every group, in blocks of fields."""
    lines = [f"{'':16}{'questions':>12}{'read':>12}{'as typed':>12}"]
    for block in columns.values():
        lines += [
            f"{name:16}{row['questions']:>12}{row['same_page']:>12}{row['same_page_as_typed']:>12}"
            for name, row in block.items()
        ] + [""]
    return lines


def _first_page(library: Library, question: str) -> tuple[str, int] | None:
    best = retrieve(library, question).best(1)
    return (best[0].passage.document, best[0].passage.page) if best else None
