"""Precision and recall of the recommendation finder, against pages that were read and marked by hand.

The marks ship without the reports' words, which belong to their publishers: a mark is the page, a digest of the first
letters of the recommendation, and whom it is made to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.cases.recommendations import Found, every_line, find_recommendations
from vectorstore.library import Library
from vectorstore.records import Scope

MARKS = Path(__file__).with_name("recommendation_marks.json")
_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A recommendation that a person marked."""

    page: int
    digest: str
    addressee: str


@dataclass(frozen=True, slots=True)
class MarkedReport:
    """A report of which some pages were read, and every recommendation on them marked."""

    document: str
    pages: frozenset[int]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the finder did on one report."""

    document: str
    marked: int
    found: int
    right: int
    addressee_right: int
    """Of the right ones, those whose addressee is right as well."""
    wrong: tuple[str, ...]
    """What was found and is no recommendation, for a person to disagree."""
    missed: tuple[str, ...]
    misaddressed: tuple[str, ...] = ()


def read_marks(path: Path = MARKS) -> list[MarkedReport]:
    """Return the marked reports."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        MarkedReport(row["document"], frozenset(row["pages"]), tuple(Mark(**mark) for mark in row["marks"]))
        for row in rows
    ]


def digest(text: str) -> str:
    """Return what a recommendation is known by: a digest of its first letters."""
    letters = "".join(char for char in text.casefold() if char.isalnum())[:_LETTERS]
    return hashlib.blake2b(letters.encode(), digest_size=6).hexdigest()


def measure(library: Library, reports: Iterable[MarkedReport]) -> list[Outcome]:
    """Return how the finder did on every marked report that the library holds."""
    ids = {document.name: document.id for document in library.catalogue.documents()}
    outcomes = []
    for report in reports:
        if report.document in ids:
            lines = every_line(library, Scope((ids[report.document],)))
            found = [f for f in find_recommendations(lines) if f.line.spans[0].page in report.pages]
            texts = {digest(line.text): line.text for line in lines}
            outcomes.append(_compare(report, found, texts))
    return outcomes


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes for people, with what was wrong and what was missed."""
    lines = []
    for o in outcomes:
        lines.append(
            f"{o.document}: {o.marked} marked, {o.found} found, {o.right} right, {o.addressee_right} addressed"
        )
        lines += [f"  wrong: {text[:110]}" for text in o.wrong]
        lines += [f"  missed: {text[:110]}" for text in o.missed]
        lines += [f"  addressee: {text[:110]}" for text in o.misaddressed]
    figures = summary(outcomes)
    return "\n".join([*lines, "", *(f"{name:12}{value:.3f}" for name, value in figures.items())])


def summary(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return precision and recall over all reports, and the share of right ones whose addressee is right."""
    marked, found, right, addressed = (
        sum(getattr(outcome, name) for outcome in outcomes) for name in ("marked", "found", "right", "addressee_right")
    )
    return {
        "precision": right / found if found else 0.0,
        "recall": right / marked if marked else 0.0,
        "addressee": addressed / right if right else 0.0,
    }


def _compare(report: MarkedReport, found: Sequence[Found], texts: dict[str, str]) -> Outcome:
    marks = {(mark.page, mark.digest): mark for mark in report.marks}
    pairs = [((item.line.spans[0].page, digest(item.line.text)), item) for item in found]
    right = {key: item for key, item in pairs if key in marks}
    agreed = {key for key, item in right.items() if item.addressee == marks[key].addressee}
    return Outcome(
        report.document,
        len(marks),
        len(found),
        len(right),
        len(agreed),
        tuple(item.line.text for key, item in pairs if key not in marks),
        tuple(texts.get(key[1], f"page {key[0]}, not found as a line") for key in marks if key not in right),
        tuple(
            f"{item.addressee}, marked {marks[key].addressee}: {item.line.text}"
            for key, item in right.items()
            if key not in agreed
        ),
    )
