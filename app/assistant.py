"""The assistant: retrieve, answer, verify. Every answer of the product is made here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.answers import Answer, AnswerSentence, AnswerStatus, Citation, Elsewhere, Verdict
from app.chat_models.drafting import draft_answer
from app.chat_models.stream import StopSign
from app.citations import locate_quote
from app.errors import UnusableReply
from app.extractive import choose_sentences
from app.messages import Message, error_message
from app.refusal.evidence import Evidence, weigh_evidence
from app.refusal.explanation import explained, places_elsewhere, shown_sentences, speaks_past
from app.refusal.uncovered import find_gaps
from app.verification import verify_sentence
from ingest.documents import CaseSource, Page, Span
from ingest.language.countries import find_countries
from ingest.sentences import is_prose
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope, StoredPassage, StoredSentence
from vectorstore.retriever import Retrieval, ScoredSentence, retrieve

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_PASSAGES_FOR_MODEL = 8
_RELATED = 3
_RELATED_CANDIDATES = 20
Step = AnswerSentence | Citation
"""What streams out while an answer is made: each sentence's new citations, then the sentence."""


@dataclass(slots=True)
class CitationBook:
    """Numbers the quotes of one answer or summary; the same quote keeps its number."""

    library: Library
    citations: list[Citation] = field(default_factory=list)
    _documents: dict[str, DocumentRecord] = field(default_factory=dict)
    _pages: dict[tuple[str, int], Page] = field(default_factory=dict)

    def cite(self, document_id: str, spans: Iterable[Span], paragraph: str = "") -> tuple[int, ...]:
        """Return the numbers of the citations of ``spans``, one a page, made where they are new."""
        return tuple(self._number(document_id, span, paragraph) for span in spans)

    def page_text(self, document_id: str, number: int) -> str:
        """Return a page's stored text."""
        return self._page(document_id, number).text

    def _number(self, document_id: str, span: Span, paragraph: str) -> int:
        for known in self.citations:
            if (known.document_id, known.page, known.start, known.end) == (
                document_id,
                span.page,
                span.start,
                span.end,
            ):
                return known.number
        document, page = self._document(document_id), self._page(document_id, span.page)
        self.citations.append(
            Citation(
                len(self.citations) + 1,
                document_id,
                document.name,
                document.title,
                document.author,
                document.year,
                span.page,
                page.label,
                paragraph,
                span.start,
                span.end,
                page.text[span.start : span.end],
            )
        )
        return len(self.citations)

    def _document(self, document_id: str) -> DocumentRecord:
        if document_id not in self._documents:
            self._documents |= {document.id: document for document in self.library.catalogue.documents()}
        return self._documents[document_id]

    def _page(self, document_id: str, number: int) -> Page:
        key = (document_id, number)
        if key not in self._pages:
            self._pages[key] = self.library.page(document_id, number)
        return self._pages[key]


def ask(
    library: Library,
    question: str,
    scope: Scope | None = None,
    model: BaseChatModel | None = None,
    on_step: Callable[[Step], None] | None = None,
    stop: StopSign | None = None,
) -> Answer:
    """Answer ``question`` from the library.

    Args:
        library: Where to look.
        question: In the user's own words.
        scope: Documents and countries to keep to.
        model: A chat model; verbatim sentences where none is given.
        on_step: Called with every citation and sentence as soon as it is verified.
        stop: Set it, from any thread, to end a chat model's answer.

    Raises:
        ModelError: the chat model cannot be used.
        Stopped: ``stop`` was set.
    """
    retrieval = retrieve(library, question, scope)
    book = CitationBook(library)
    evidence = weigh_evidence(library, question, retrieval, scope)
    within = scope or Scope()

    rejected: list[str] = []
    unknown: list[int] = []

    def refused(status: AnswerStatus, note: Message | None = None) -> Answer:
        counts = (len(rejected), tuple(unknown))
        answer = Answer(question, status, (), (), _related(library, retrieval), *counts, note=note)
        return explained(library, answer, retrieval, within, _elsewhere(library, question, within))

    if evidence is Evidence.NONE:
        return refused(AnswerStatus.NOT_FOUND)
    if model is not None:
        steps = _model_sentences(book, model, question, retrieval, rejected, unknown, stop)
    elif evidence is Evidence.STRONG:
        chosen = choose_sentences(sentences_about(library, retrieval.sentences, within))
        steps = iter(()) if _past(library, question, chosen) else quote_sentences(book, chosen)
    else:
        steps = iter(())
    sentences: list[AnswerSentence] = []
    announced, note = 0, None
    try:
        for sentence in steps:
            if on_step is not None:
                for citation in book.citations[announced:]:
                    on_step(citation)
                on_step(sentence)
            announced = len(book.citations)
            sentences.append(sentence)
    except UnusableReply as error:
        note = error_message(error)
    verified = any(sentence.verdict is not Verdict.UNVERIFIED for sentence in sentences)
    if not verified:
        silent = model is not None and not sentences and not note
        return refused(AnswerStatus.NOT_FOUND if silent else AnswerStatus.RELATED, note)
    shown = (tuple(sentences), tuple(book.citations), ())
    answer = Answer(question, AnswerStatus.ANSWERED, *shown, len(rejected), tuple(unknown))
    return explained(library, answer, retrieval, within)


def _past(library: Library, question: str, chosen: Sequence[StoredSentence]) -> bool:
    """Return whether the chosen sentences leave out something that the question names."""
    return speaks_past(find_gaps(question, shown_sentences(library, chosen)))


def _elsewhere(library: Library, question: str, scope: Scope) -> tuple[Elsewhere, ...]:
    """Return the best quotes outside ``scope``, when they would be an answer there."""
    if not scope:
        return ()
    retrieval = retrieve(library, question)
    if weigh_evidence(library, question, retrieval) is not Evidence.STRONG:
        return ()
    inside = set(library.catalogue.passage_ids(scope))
    chosen = choose_sentences(retrieval.sentences, _RELATED)
    outside = [sentence for sentence in chosen if sentence.passage not in inside]
    book = CitationBook(library)
    for sentence in outside:
        book.cite(sentence.document, sentence.spans[:1], sentence.paragraph)
    return places_elsewhere(library, book.citations, [sentence.passage for sentence in outside])


def sentences_about(library: Library, sentences: Iterable[ScoredSentence], scope: Scope) -> Iterator[ScoredSentence]:
    """Yield the sentences that are about the countries of ``scope``; all of them when it names none.

    A passage may speak of several countries. A sentence that names any must name one of these; a sentence that names
    none must stand in a section of theirs.
    """
    sections = library.catalogue.case_passages(scope.countries, CaseSource.SECTION)
    for item in sentences:
        named = find_countries(item.sentence.text) if scope.countries else ()
        if (
            not scope.countries
            or set(named) & set(scope.countries)
            or (not named and item.sentence.passage in sections)
        ):
            yield item


def quote_sentences(book: CitationBook, sentences: Iterable[StoredSentence]) -> Iterator[AnswerSentence]:
    """Yield stored sentences as verified quotes: the same check runs over them as over a model's."""
    for sentence in sentences:
        pages = {span.page: book.page_text(sentence.document, span.page) for span in sentence.spans}
        slices = [pages[span.page][span.start : span.end] for span in sentence.spans]
        checked = verify_sentence(sentence.text, [" ".join(slices)])
        numbers = book.cite(sentence.document, sentence.spans, sentence.paragraph)
        yield AnswerSentence(
            " ".join(sentence.text.split()), checked.verdict, numbers, tuple(map(Message, checked.reasons))
        )


def _model_sentences(
    book: CitationBook,
    model: BaseChatModel,
    question: str,
    retrieval: Retrieval,
    rejected: list[str],
    unknown: list[int],
    stop: StopSign | None,
) -> Iterator[AnswerSentence]:
    passages = [item.passage for item in retrieval.passages[:_PASSAGES_FOR_MODEL]]
    for draft in draft_answer(model, question, [passage.text for passage in passages], stop):
        held: dict[int, StoredSentence] = {}
        for number, quote in draft.quotes:
            if not 1 <= number <= len(passages):
                unknown.append(number)
            found = _sentences_with(book, quote, number, passages)
            if not found:
                rejected.append(quote)
            held |= {sentence.id: sentence for sentence in found}
        if not held:  # a model that copies a sentence may forget to quote it
            held = {sentence.id: sentence for sentence in _sentences_with(book, draft.text, 0, passages)}
        numbers = [
            n for sentence in held.values() for n in book.cite(sentence.document, sentence.spans, sentence.paragraph)
        ]
        checked = verify_sentence(draft.text, [sentence.text for sentence in held.values()])
        yield AnswerSentence(
            draft.text, checked.verdict, tuple(dict.fromkeys(numbers)), tuple(map(Message, checked.reasons))
        )


def _sentences_with(
    book: CitationBook, quote: str, number: int, passages: Sequence[StoredPassage]
) -> list[StoredSentence]:
    """Return the whole sentences in which ``quote`` stands: what a reader checks is a sentence, not a scrap of one.

    The passage that the model named is searched first. Small models mix up the numbers; what counts is where the words
    stand.
    """
    named = passages[number - 1 : number] if number > 0 else []
    for passage in [*named, *passages]:
        pages = {span.page: book.page_text(passage.document, span.page) for span in passage.spans}
        spans = locate_quote(quote, passage.spans, pages)
        if spans:
            sentences = book.library.catalogue.sentences_of([passage.id])
            return [sentence for sentence in sentences if _overlap(sentence.spans, spans)]
    return []


def _overlap(one: Iterable[Span], other: Sequence[Span]) -> bool:
    return any(a.page == b.page and a.start < b.end and b.start < a.end for a in one for b in other)


def _related(library: Library, retrieval: Retrieval) -> tuple[Citation, ...]:
    """Return the nearest passages that hold prose, one a page: lists and notes help nobody on."""
    catalogue = library.catalogue
    prose = {
        sentence.passage
        for sentence in catalogue.sentences_of(item.passage.id for item in retrieval.passages[:_RELATED_CANDIDATES])
        if is_prose(sentence.text, sentence.kind)
    }
    book = CitationBook(library)
    for item in retrieval.best(_RELATED_CANDIDATES):
        if item.passage.id in prose and len(book.citations) < _RELATED:
            book.cite(item.passage.document, item.passage.spans[:1])
    return tuple(book.citations)
