"""Read evaluation sets: a folder with ``questions.jsonl`` and ``docs/``, or with passages in line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.errors import UsageError

_STRIPPED = re.compile(r"[\s\x02\ufffe\u00ad-]+")
"""White space and hyphens; two of these characters are what pdfium writes for a hyphen at a line's end."""
_QUOTES = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the answer is: 1-based page, None for files without pages.

    ``start`` and ``end`` are offsets in characters, into a text file's text or into what pdfium reads from a page.
    """

    document: str
    page: int | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a set."""

    id: str
    text: str
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    answerable: bool
    language: str
    alone: bool = False
    """Whether it brings its own passages, ``documents``, and is asked of them alone."""


def read_questions(folder: Path) -> list[Question]:
    """Return the questions of the set in ``folder``.

    Raises:
        UsageError: the folder holds no ``questions.jsonl``, or neither ``docs`` nor passages in line.
    """
    path = folder / "questions.jsonl"
    rows = read_rows(path.read_text(encoding="utf-8")) if path.is_file() else []
    if not rows or not ((folder / "docs").is_dir() or "passages" in rows[0]):
        raise UsageError(f"{folder} is no evaluation set: it must hold questions.jsonl and the folder docs.")
    return [
        Question(
            row["id"],
            row["question"],
            (passages_file(row["id"]),) if "passages" in row else tuple(row.get("docs", ())),
            tuple(_evidence(e) for e in row.get("evidence", ()) if _has_place(e)),
            row["answerable"],
            row.get("lang", "en"),
            "passages" in row,
        )
        for row in rows
    ]


def read_rows(text: str) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def new_set(out: Path) -> Path:
    """Make the folders of a new set; return that of its documents.

    Raises:
        UsageError: ``out`` holds something already.
    """
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out} is not empty: name a new folder.")
    (out / "docs").mkdir(parents=True, exist_ok=True)
    return out / "docs"


def write_questions(out: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a set's ``questions.jsonl``."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / "questions.jsonl").write_text(lines, encoding="utf-8")


def _has_place(data: dict[str, Any]) -> bool:
    """Return whether a page is known, or where in a text file: evidence of neither is none to measure by."""
    return data["page"] is not None or data["start"] is not None


def _evidence(data: dict[str, Any]) -> Evidence:
    return Evidence(data["doc"], data["page"], data["text"], data["start"], data["end"])


def documents_of(folder: Path, work: Path) -> Path:
    """Return the folder of a set's documents: ``docs``, or passages in line written as files into ``work``."""
    if (folder / "docs").is_dir():
        return folder / "docs"
    target = work / f"{folder.resolve().name}-passages"
    target.mkdir(parents=True, exist_ok=True)
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = "\n\n".join(passage["text"] for passage in row["passages"])
        (target / passages_file(row["id"])).write_text(text, encoding="utf-8")
    return target


def passages_file(question: str) -> str:
    """Return the name of the file with the passages that the question ``question`` (id) brings."""
    return f"{question}.txt"


def with_evidence(questions: Iterable[Question]) -> list[Question]:
    """Return the questions that retrieval can be measured by: answerable, and it is known where the answer is."""
    return [question for question in questions if question.answerable and question.evidence]


def comparable(text: str) -> str:
    """Return ``text`` without white space, hyphens and curly quotation marks: how extractors may differ."""
    for curly, plain in _QUOTES:
        text = text.replace(curly, plain)
    return _STRIPPED.sub("", text)
