"""Refusal: off-topic questions, questions that the reports do not answer, and what an answer says of its own gaps.

Every question is asked once; its signals give the areas under the curve, its status the working point.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.answers import AnswerStatus
from app.assistant import ask
from app.refusal.evidence import answerability, measure_evidence, subject
from evaluation.data_sets import passages_file, read_rows
from evaluation.errors import UsageError
from evaluation.significance import area_under_curve, wilson_interval
from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import retrieve

ANSWERABLE, UNANSWERABLE, OFF_TOPIC = "answerable", "unanswerable", "off-topic"
SIGNALS = ("cosine", "coverage", "subject", "answer")
"""The plain cosine; coverage; the score for what is off the subject; the score for an answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask. ``file`` is the document to keep to, where it is asked of one alone."""

    id: str
    text: str
    language: str
    kind: str
    split: str
    """"fit": lines may be drawn by it; "test": they may not."""
    file: str = ""


@dataclass(frozen=True, slots=True)
class RefusalOutcome:
    """How a question went."""

    set: str
    id: str
    language: str
    kind: str
    split: str
    own_language: bool
    status: AnswerStatus
    cosine: float
    coverage: float
    subject: float
    answer: float
    gaps: tuple[str, ...]
    """The kinds of what no quote covers."""
    named: bool
    """Whether the answer names something that no quote covers, or that the reports never mention."""


def ask_all(name: str, library: Library, questions: Iterable[Asked]) -> list[RefusalOutcome]:
    """Ask ``questions`` of ``library``, which holds the set called ``name``."""
    ids = {document.name: document.id for document in library.catalogue.documents()}
    outcomes = []
    for question in questions:
        scope = Scope((ids[question.file],)) if question.file else Scope()
        signals = measure_evidence(library, question.text, retrieve(library, question.text, scope), scope)
        if signals is None:
            raise UsageError(f"The library of {name} finds nothing at all for {question.text!r}: is it empty?")
        answer = ask(library, question.text, scope)
        outcomes.append(
            RefusalOutcome(
                name,
                question.id,
                question.language,
                question.kind,
                question.split,
                signals.own_language,
                answer.status,
                signals.cosine,
                signals.coverage,
                subject(library, signals),
                answerability(library, signals),
                tuple(gap.kind for gap in answer.uncovered),
                bool(answer.uncovered or answer.unmentioned),
            )
        )
    return outcomes


def read_set(folder: Path) -> list[Asked]:
    """Return a set's questions; every second one is for testing. Questions with passages of their own keep to them."""
    path = folder / "questions.jsonl"
    if not path.is_file():
        raise UsageError(f"{folder} is no evaluation set: it holds no questions.jsonl.")
    rows = read_rows(path.read_text(encoding="utf-8"))
    return [
        Asked(
            row["id"],
            row["question"],
            row.get("lang", "en"),
            ANSWERABLE if row["answerable"] else UNANSWERABLE,
            ("fit", "test")[number % 2],
            passages_file(row["id"]) if "passages" in row else "",
        )
        for number, row in enumerate(rows)
    ]


def off_topic(languages: Sequence[str] = ()) -> list[Asked]:
    """Return the project's own questions off the subject, in all their languages or in ``languages``."""
    return _translated("off_topic.jsonl", languages)


def sample_translated(languages: Sequence[str] = ()) -> list[Asked]:
    """Return the sample report's questions in other languages."""
    return _translated("sample_translated.jsonl", languages)


def reports_translated(questions: Iterable[Asked], languages: Sequence[str] = ()) -> list[Asked]:
    """Return those of a set's ``questions`` that the project has in other languages."""
    known = {question.id for question in questions}
    return [q for q in _translated("reports_translated.jsonl", languages) if q.id.rsplit("-", 1)[0] in known]


def as_off_topic(questions: Iterable[Asked]) -> list[Asked]:
    """Return another set's questions as questions off the subject."""
    return [dataclasses.replace(question, kind=OFF_TOPIC, file="") for question in questions]


def summarise(outcomes: Sequence[RefusalOutcome]) -> dict[str, Any]:
    """Return the figures: areas under the curve, shares refused with 95 % Wilson intervals, gaps."""
    return {"off_topic": _off_topic(outcomes), "on_topic": _on_topic(outcomes), "gaps": _gaps(outcomes)}


def curve(positive: Sequence[float], negative: Sequence[float]) -> list[tuple[float, float]]:
    """Return (falsely refused, refused) for every line that could be drawn, from none refused to all."""
    lines = sorted({*positive, *negative, float("inf")})
    return [
        (sum(v < line for v in positive) / len(positive), sum(v < line for v in negative) / len(negative))
        for line in lines
    ]


def _off_topic(outcomes: Sequence[RefusalOutcome]) -> list[dict[str, Any]]:
    rows = []
    for name in dict.fromkeys(o.set for o in outcomes if o.kind == OFF_TOPIC):
        for language in dict.fromkeys(o.language for o in outcomes if o.set == name):
            for split in ("fit", "test"):
                here = [o for o in outcomes if (o.set, o.language, o.split) == (name, language, split)]
                off = [o for o in here if o.kind == OFF_TOPIC]
                kept = [o for o in here if o.kind == ANSWERABLE]
                if off:
                    rows.append({"set": name, "language": language, "split": split} | _figures(kept, off, _not_found))
    return rows


def _on_topic(outcomes: Sequence[RefusalOutcome]) -> list[dict[str, Any]]:
    rows = []
    for name in dict.fromkeys(o.set for o in outcomes if o.kind == UNANSWERABLE):
        asked = [o for o in outcomes if o.set == name]
        for language in dict.fromkeys(o.language for o in asked if o.kind == UNANSWERABLE):
            for split in ("fit", "test"):
                here = [o for o in asked if (o.language, o.split) == (language, split)]
                kept, left_open = ([o for o in here if o.kind == kind] for kind in (ANSWERABLE, UNANSWERABLE))
                row = {"set": name, "language": language, "split": split}
                rows.append(row | _figures(kept, left_open, _unanswered))
    return rows


def _gaps(outcomes: Sequence[RefusalOutcome]) -> list[dict[str, Any]]:
    rows = []
    for name in dict.fromkeys(o.set for o in outcomes if o.kind == UNANSWERABLE):
        for kind in (UNANSWERABLE, ANSWERABLE):
            here = [o for o in outcomes if (o.set, o.language, o.kind) == (name, "en", kind)]
            answered = [o for o in here if o.status is AnswerStatus.ANSWERED]
            kinds = sorted({gap for o in here for gap in o.gaps})
            rows.append(
                {
                    "set": name,
                    "kind": kind,
                    "named": _share([o.named for o in here]),
                    "named_of_answered": _share([o.named for o in answered]),
                    "kinds": {gap: sum(gap in o.gaps for o in here) for gap in kinds},
                }
            )
    return rows


def _figures(kept: Sequence[RefusalOutcome], refused: Sequence[RefusalOutcome], test: Any) -> dict[str, Any]:
    return {
        "auc": {
            signal: area_under_curve([getattr(o, signal) for o in kept], [getattr(o, signal) for o in refused])
            for signal in SIGNALS
        }
        if kept
        else {},
        "refused": _share([test(o) for o in refused]),
        "falsely_refused": _share([test(o) for o in kept]),
    }


def _not_found(outcome: RefusalOutcome) -> bool:
    return outcome.status is AnswerStatus.NOT_FOUND


def _unanswered(outcome: RefusalOutcome) -> bool:
    return outcome.status is not AnswerStatus.ANSWERED


def _share(values: Sequence[bool]) -> dict[str, Any]:
    low, high = wilson_interval(sum(values), len(values))
    return {"count": sum(values), "of": len(values), "low": low, "high": high}


def _translated(name: str, languages: Sequence[str]) -> list[Asked]:
    """Return the questions of a file of the project's own; one that says nothing of answers is off the subject."""
    rows = read_rows(files("evaluation").joinpath(name).read_text(encoding="utf-8"))
    kinds = {True: ANSWERABLE, False: UNANSWERABLE, None: OFF_TOPIC}
    return [
        Asked(f"{row['id']}-{language}", text, language, kinds[row.get("answerable")], row["split"])
        for row in rows
        for language, text in row["question"].items()
        if not languages or language in languages
    ]
