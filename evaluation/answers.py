"""Answers over a set: what was answered and refused, and whether every quote shown is on its page.

The check of quotes is independent of the product: it reads the PDFs again with pdfium and compares letters.
"""

from __future__ import annotations

import dataclasses
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.answers import Answer, AnswerStatus, Citation, Verdict
from app.assistant import ask
from app.cases import CaseSummary, countries_with_cases, summarise
from app.errors import ModelError
from app.messages import error_message
from evaluation.data_sets import Question, comparable
from evaluation.originals import original_text, text_without_marks
from evaluation.product import Product
from evaluation.retrieval import quote_figures
from ingest.documents import BlockKind, Status
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


_TEXTS = (original_text, text_without_marks)
_PIECE = 40
"""Letters of a part that cannot be on a page by chance."""


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """How one question of a set went."""

    id: str
    kind: str
    """ "answerable", "unanswerable" or "off the subject"."""
    status: AnswerStatus
    quotes: int
    evidence_shown: bool | None
    """Whether a page of the evidence is among the pages quoted; None where no evidence is known."""
    evidence_near: bool | None
    """The same, with the nearest passages that are shown where there is no answer."""
    figures: dict[str, float]
    """How the quotes cover the evidence (see ``evaluation.retrieval.quote_figures``)."""
    verdicts: tuple[Verdict, ...] = ()
    """Of its sentences."""
    rejected_quotes: int = 0
    """Of a chat model, that are not on the page."""
    unknown_citations: int = 0
    """Of a chat model: of passages that it was not given."""
    seconds: float = 0.0
    note: str = ""


@dataclass(slots=True)
class AnswerReport:
    """What was asked, and what the check of the quotes found."""

    outcomes: list[AnswerOutcome] = field(default_factory=list)
    answers: int = 0
    """With quotes; case summaries and questions about headings count as well."""
    quotes: int = 0
    wrong_quotes: list[str] = field(default_factory=list)
    read_from_pictures: int = 0
    """Quotes of pages that were read by OCR: not checked."""

    def statuses(self) -> dict[str, dict[str, int]]:
        """Return how many questions of each kind ended in each status."""
        counts: dict[str, dict[str, int]] = {}
        for outcome in self.outcomes:
            counts.setdefault(outcome.kind, {str(status): 0 for status in AnswerStatus})[outcome.status] += 1
        return counts

    def verdicts(self) -> dict[str, int]:
        """Return how many sentences have each verdict."""
        return dict(Counter(str(verdict) for outcome in self.outcomes for verdict in outcome.verdicts))


def wrong_quotes(folder: Path, citations: Iterable[Citation], interrupted: bool = False) -> list[str]:
    """Return a line for every citation whose quote is not verbatim on its page of the original file.

    Where it may be ``interrupted``, the file may hold a footnote or a box between two parts of it: see ``is_on_page``.
    """
    wrong = []
    for citation in citations:
        quote = comparable(citation.quote)
        # A quote leaves out the marks of notes. What is set as large as the words is no mark: a lost number is told.
        pages = (comparable(text(folder / citation.document, citation.page)) for text in _TEXTS)
        if not any(is_on_page(quote, page) if interrupted else quote in page for page in pages):
            wrong.append(f"{citation.document} p. {citation.page}: {citation.quote!r}")
    return wrong


def is_on_page(text: str, page: str) -> bool:
    """Return whether ``text`` is on ``page`` in one piece, or in two of ``_PIECE`` letters or more, in order."""
    if text in page:
        return True
    # The longer the beginning, the less is left: the longest one on the page is tried, found by halving.
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in page else (low, middle - 1)
    rest = text[low:]
    after = page.find(text[:low]) + low
    return low >= _PIECE and len(rest) >= _PIECE and rest in page[after:]


def run(
    library: Library,
    folder: Path,
    questions: Sequence[Question],
    foreign: Sequence[Question],
    count: int,
    model: BaseChatModel | None = None,
    on_question: Callable[[int], None] = lambda done: None,
) -> AnswerReport:
    """Ask until ``count`` answers with quotes were shown, or the questions are used up; then check all quotes.

    Asked are the set's questions, over all documents or over the passages that they bring, ``foreign`` questions (off
    the subject: they show how often one is answered all the same), the case summary of every country, and, until
    ``count`` is reached, what the documents say about each of their own headings. A chat ``model`` is asked the
    questions alone.
    """
    report = AnswerReport()
    product = Product(library)
    ids = {document.name: document.id for document in library.catalogue.documents()}
    kinds = [(question, "answerable" if question.answerable else "unanswerable") for question in questions]
    for question, kind in [*kinds, *((question, "off the subject") for question in foreign)]:
        begun = time.perf_counter()
        scope = Scope(tuple(ids[name] for name in question.documents)) if question.alone else None
        answer = ask_or_note(library, question.text, model, scope)
        report.outcomes.append(_outcome(product, question, kind, answer, time.perf_counter() - begun))
        _check(report, library, folder, answer)
        on_question(len(report.outcomes))
    if model is not None:
        return report
    for country in countries_with_cases(library):
        _check(report, library, folder, summarise(library, country))
    for document in library.catalogue.documents(Status.READY):
        for heading in _headings(library, document):
            if report.answers >= count:
                return report
            answer = ask(library, f"What is said about {heading}?", Scope((document.id,)), model)
            _check(report, library, folder, answer)
    return report


def ask_or_note(library: Library, question: str, model: BaseChatModel | None, scope: Scope | None = None) -> Answer:
    """Return the answer; where a chat model fails, one that says why: a run of an hour goes on."""
    try:
        return ask(library, question, scope, model=model)
    except ModelError as error:
        print(f"{question}: {error}", file=sys.stderr)
        return Answer(question, AnswerStatus.RELATED, note=error_message(error))


def _outcome(product: Product, question: Question, kind: str, answer: Answer, seconds: float) -> AnswerOutcome:
    if kind == "off the subject":
        question = dataclasses.replace(question, evidence=(), answerable=False)
    located = [span for evidence in question.evidence if (span := product.locate(evidence)) is not None]
    figures = quote_figures(product.cited(answer), located) if located else {}
    shown = near = None
    if question.answerable and question.evidence:
        shown = _shows_evidence(answer.citations, question)
        near = _shows_evidence((*answer.citations, *answer.related), question)
    return AnswerOutcome(
        question.id,
        kind,
        answer.status,
        len(answer.citations),
        shown,
        near,
        figures,
        tuple(sentence.verdict for sentence in answer.sentences),
        answer.rejected_quotes,
        len(answer.unknown_citations),
        seconds,
        str(answer.note or ""),
    )


def _shows_evidence(citations: Iterable[Citation], question: Question) -> bool:
    pages = {(citation.document, citation.page) for citation in citations}
    gold = {(evidence.document, evidence.page or 1) for evidence in question.evidence}
    return bool(pages & gold)


def _headings(library: Library, document: DocumentRecord) -> list[str]:
    pages = [library.page(document.id, number) for number in range(1, document.pages + 1)]
    found = [page.text[b.start : b.end] for page in pages for b in page.blocks if b.kind is BlockKind.HEADING]
    return list(dict.fromkeys(" ".join(heading.split()) for heading in found))


def _check(report: AnswerReport, library: Library, folder: Path, answer: Answer | CaseSummary) -> None:
    """Check what is cited, and the related passages that are shown where nothing is.

    A passage is checked line by line: a page of several columns or boxes is read in another order than the file has it,
    and the file may hold a footnote in the midst of a paragraph that goes on in the next column.
    What was read from a picture is in no text that it could be compared with: it is counted, not checked.
    """
    report.answers += bool(answer.citations)
    related = answer.related if isinstance(answer, Answer) else ()
    lines = [replace(c, quote=line) for c in related for line in c.quote.splitlines() if line.strip()]
    for quotes, interrupted in ((list(answer.citations), False), (lines, True)):
        printed = [c for c in quotes if not library.page(c.document_id, c.page).words]
        report.read_from_pictures += len(quotes) - len(printed)
        report.quotes += len(printed)
        report.wrong_quotes += wrong_quotes(folder, printed, interrupted)
