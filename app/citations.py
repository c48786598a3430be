"""Find quotes in page texts and number the citations of an answer.

Models alter quotes (one in ten, by a published count), so what is not found is rejected, not repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.answers import Citation
from app.verbatim import find_words, squeeze
from app.versions import versions
from ingest.documents import Page, Span
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, StoredPassage, StoredSentence

_MIN_LETTERS = 12


def locate_quote(quote: str, spans: Sequence[Span], pages: dict[int, str]) -> tuple[Span, ...]:
    """Return where ``quote`` is within ``spans``: one span a page, none when it is not there.

    Args:
        quote: The words to find; fewer than twelve letters find nothing, they would stand anywhere.
        spans: Where to look, in reading order; a quote may run from one into the next.
        pages: The text of every page that ``spans`` name.
    """
    if sum(char.isalnum() for char in squeeze(quote)) < _MIN_LETTERS:
        return ()
    found = find_words(quote, [pages[span.page][span.start : span.end] for span in spans])
    return tuple(Span(spans[n].page, spans[n].start + start, spans[n].start + end) for n, start, end in found)


def _overlap(one: Iterable[Span], other: Sequence[Span]) -> bool:
    return any(a.page == b.page and a.start < b.end and b.start < a.end for a in one for b in other)


@dataclass(slots=True)
class CitationBook:
    """Numbers the quotes of one answer or summary; the same quote keeps its number."""

    library: Library
    citations: list[Citation] = field(default_factory=list)
    _documents: dict[str, DocumentRecord] = field(default_factory=dict)
    _pages: dict[tuple[str, int], Page] = field(default_factory=dict)
    _versions: dict[str, str] = field(default_factory=dict)

    def cite(self, document_id: str, spans: Iterable[Span], paragraph: str = "", lead: str = "") -> tuple[int, ...]:
        """Return the numbers of the citations of ``spans``, one a page, new ones where needed."""
        return tuple(self._number(document_id, span, paragraph, lead) for span in spans)

    def sentences_with(self, quote: str, number: int, passages: Sequence[StoredPassage]) -> list[StoredSentence]:
        """Return the whole sentences that contain ``quote``: what a reader checks is a sentence, not a scrap of one.

        The passage that a model named by its ``number``, from 1, is searched first. Small models mix up the numbers;
        what counts is where the words are.
        """
        named = passages[number - 1 : number] if number > 0 else []
        for passage in [*named, *passages]:
            pages = {span.page: self.page_text(passage.document, span.page) for span in passage.spans}
            found = locate_quote(quote, passage.spans, pages)
            if found:
                sentences = self.library.catalogue.sentences_of([passage.id])
                return [sentence for sentence in sentences if _overlap(sentence.spans, found)]
        return []

    def languages(self) -> dict[str, str]:
        """Return the language of each document (id) of the library, ISO 639-1; empty where it is not known."""
        return {document.id: document.language for document in self.library.catalogue.documents()}

    def page_text(self, document_id: str, number: int) -> str:
        """Return a page's stored text."""
        return self._page(document_id, number).text

    def _number(self, document_id: str, span: Span, paragraph: str, lead: str) -> int:
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
                document.unit,
                lead,
                self._version(document),
                document.publisher,
                document.symbol,
                document.date,
                document.case,
            )
        )
        return len(self.citations)

    def _document(self, document_id: str) -> DocumentRecord:
        if document_id not in self._documents:
            records = self.library.catalogue.documents()
            self._documents |= {document.id: document for document in records}
            self._versions = versions(records)
        return self._documents[document_id]

    def _version(self, document: DocumentRecord) -> str:
        return self._versions.get(document.id, "")

    def _page(self, document_id: str, number: int) -> Page:
        key = (document_id, number)
        if key not in self._pages:
            self._pages[key] = self.library.page(document_id, number)
        return self._pages[key]
