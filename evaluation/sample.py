"""The sample report's own questions: which facts the quotes show, which unanswerable ones are refused."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.answers import AnswerStatus, Citation, Verdict
from evaluation.answers import ask_or_note
from vectorstore.library import Library

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """How one question went."""

    id: str
    question: str
    answerable: bool
    status: AnswerStatus
    facts: int
    facts_shown: int
    citations: tuple[Citation, ...]
    verdicts: tuple[Verdict, ...]
    rejected_quotes: int
    seconds: float
    note: str

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


def run(
    library: Library,
    questions: Path,
    model: BaseChatModel | None = None,
    on_question: Callable[[int], None] = lambda done: None,
) -> list[SampleOutcome]:
    """Ask the questions in ``questions`` (see data/SOURCES.md) of a library with the sample report."""
    outcomes: list[SampleOutcome] = []
    for line in questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        begun = time.perf_counter()
        answer = ask_or_note(library, row["question"], model)
        seconds = time.perf_counter() - begun
        shown = " ".join(" ".join(citation.quote.split()) for citation in answer.citations)
        groups = row.get("must_contain", [])
        hits = sum(any(text in shown for text in group) for group in groups)
        outcomes.append(
            SampleOutcome(
                row["id"],
                row["question"],
                row["answerable"],
                answer.status,
                len(groups),
                hits,
                answer.citations,
                tuple(sentence.verdict for sentence in answer.sentences),
                answer.rejected_quotes,
                seconds,
                str(answer.note or ""),
            )
        )
        on_question(len(outcomes))
    return outcomes
