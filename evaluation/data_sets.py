"""Read evaluation sets: a folder with ``questions.jsonl`` and ``docs/``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

_STRIPPED = re.compile(r"[\s\ufffe\u00ad-]+")
_QUOTES = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the answer stands: 1-based page, None for files without pages."""

    document: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a set."""

    id: str
    text: str
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    answerable: bool
    language: str


def read_questions(folder: Path) -> list[Question]:
    """Return the questions of the set in ``folder``.

    Raises:
        FileNotFoundError: the folder holds no ``questions.jsonl``.
    """
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Question(
            row["id"],
            row["question"],
            tuple(row.get("docs", ())),
            tuple(Evidence(e["doc"], e["page"], e["text"]) for e in row.get("evidence", ())),
            row["answerable"],
            row.get("lang", "en"),
        )
        for row in rows
    ]


def comparable(text: str) -> str:
    """Return ``text`` without white space, hyphens and curly quotation marks: how extractors may differ."""
    for curly, plain in _QUOTES:
        text = text.replace(curly, plain)
    return _STRIPPED.sub("", text)
