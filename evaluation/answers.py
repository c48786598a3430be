"""Answers over a set: what was answered and refused, and whether every quote shown stands on its page.

The check of quotes is independent of the product: it reads the PDFs anew with pdfium and compares letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.answers import Answer, AnswerStatus, Citation
from app.assistant import ask
from app.cases import countries_with_cases, summarise
from evaluation.data_sets import Question, comparable
from ingest.documents import BlockKind, Status
from ingest.flowing import decode
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope


@dataclass(slots=True)
class AnswerReport:
    """Counts over a set."""

    answers: int = 0
    quotes: int = 0
    wrong_quotes: list[str] = field(default_factory=list)
    statuses: dict[str, dict[str, int]] = field(default_factory=dict)
    """By "answerable" and "unanswerable"."""
    evidence_shown: int = 0
    evidence_asked: int = 0


@cache
def raw_page(path: Path, number: int) -> str:
    """Return a page's text straight from pdfium, or a text file's whole text."""
    if path.suffix.lower() != ".pdf":
        return decode(path)
    import pypdfium2

    page = pypdfium2.PdfDocument(path)[number - 1]
    return str(page.get_textpage().get_text_range())


def wrong_quotes(folder: Path, citations: Iterable[Citation]) -> list[str]:
    """Return a line for every citation whose quote does not stand verbatim on its page of the original file."""
    wrong = []
    for citation in citations:
        page = raw_page(folder / citation.document, citation.page)
        if comparable(citation.quote) not in comparable(page):
            wrong.append(f"{citation.document} p. {citation.page}: {citation.quote!r}")
    return wrong


def run(
    library: Library, folder: Path, questions: Sequence[Question], foreign: Sequence[Question], count: int
) -> AnswerReport:
    """Ask until ``count`` answers with quotes were shown, or the questions are used up; then check all quotes.

    Asked are the set's questions over all documents, ``foreign`` questions (off the subject: they show how often one
    is answered all the same), the case summary of every country, and, until ``count`` is reached, what the documents
    say about each of their own headings.
    """
    report = AnswerReport()
    for question in questions:
        answer = ask(library, question.text)
        _count(report, "answerable" if question.answerable else "unanswerable", answer)
        _check(report, folder, answer.citations)
        if question.answerable and question.evidence:
            report.evidence_asked += 1
            report.evidence_shown += _shows_evidence(answer, question)
    for question in foreign:
        answer = ask(library, question.text)
        _count(report, "off the subject", answer)
        _check(report, folder, answer.citations)
    for country in countries_with_cases(library):
        _check(report, folder, summarise(library, country).citations)
    for document in library.catalogue.documents(Status.READY):
        for heading in _headings(library, document):
            if report.answers >= count:
                return report
            answer = ask(library, f"What is said about {heading}?", Scope((document.id,)))
            _check(report, folder, answer.citations)
    return report


def _headings(library: Library, document: DocumentRecord) -> list[str]:
    pages = [library.page(document.id, number) for number in range(1, document.pages + 1)]
    found = [page.text[b.start : b.end] for page in pages for b in page.blocks if b.kind is BlockKind.HEADING]
    return list(dict.fromkeys(" ".join(heading.split()) for heading in found))


def _count(report: AnswerReport, kind: str, answer: Answer) -> None:
    counts = report.statuses.setdefault(kind, dict.fromkeys(AnswerStatus, 0))
    counts[answer.status] += 1


def _check(report: AnswerReport, folder: Path, citations: Sequence[Citation]) -> None:
    report.answers += bool(citations)
    report.quotes += len(citations)
    report.wrong_quotes += wrong_quotes(folder, citations)


def _shows_evidence(answer: Answer, question: Question) -> bool:
    pages = {(citation.document, citation.page) for citation in answer.citations}
    gold = {(evidence.document, evidence.page or 1) for evidence in question.evidence}
    return bool(pages & gold)
