"""The sample report's own questions: which facts the quotes show, which unanswerable ones are refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.answers import AnswerStatus
from app.assistant import ask
from vectorstore.library import Library


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """How one question went."""

    id: str
    question: str
    answerable: bool
    status: AnswerStatus
    facts: int
    facts_shown: int

    @property
    def right(self) -> bool:
        """An unanswerable question is right when refused; an answerable one when a fact it asks for is quoted."""
        if not self.answerable:
            return self.status is not AnswerStatus.ANSWERED
        return self.status is AnswerStatus.ANSWERED and self.facts_shown > 0

    @property
    def complete(self) -> bool:
        """Every fact that the question asks for is quoted."""
        return self.right and self.facts_shown == self.facts


def run(library: Library, questions: Path) -> list[SampleOutcome]:
    """Ask the questions in ``questions`` (see data/SOURCES.md) of a library with the sample report."""
    outcomes = []
    for line in questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answer = ask(library, row["question"])
        shown = " ".join(" ".join(citation.quote.split()) for citation in answer.citations)
        groups = row.get("must_contain", [])
        hits = sum(any(text in shown for text in group) for group in groups)
        outcomes.append(SampleOutcome(row["id"], row["question"], row["answerable"], answer.status, len(groups), hits))
    return outcomes
