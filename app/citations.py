"""Find quotes in page texts, by pure functions and nothing fuzzy; and number the citations of an answer.

A quote is found when the same letters are in the same order: white space, hyphenation and the shape of quotation
marks aside. Models alter quotes (one in ten, by a published count), so what is not found is rejected, not repaired.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.answers import Citation
from ingest.documents import Page, Span
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, StoredPassage, StoredSentence

_SAME = dict.fromkeys("’‘‚", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—‑", "-")
_DROPPED = "\u00ad\u200b\u200c\u200d\ufeff\ufffe"
_MIN_LETTERS = 12

Letters = list[tuple[str, int, int]]
"""Squeezed text: character, page, offset."""


def squeeze(text: str) -> str:
    """Return what of ``text`` must match: no white space, hyphens between digits only, plain quotation marks."""
    return "".join(char for char, _, _ in _letters(text, 0, 0))


def _letters(text: str, page: int, offset: int) -> Letters:
    found: Letters = []
    for index, raw in enumerate(text):
        if raw.isspace() or raw in _DROPPED:
            continue
        char = _SAME.get(raw, raw)
        if char == "-" and not (_digit(text, index - 1) and _digit(text, index + 1)):
            continue
        found += [(piece, page, offset + index) for piece in unicodedata.normalize("NFKD", char)]
    return found


def _digit(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isdigit()


def locate_quote(quote: str, spans: Sequence[Span], pages: dict[int, str]) -> tuple[Span, ...]:
    """Return where ``quote`` is within ``spans``: one span a page, none when it is not there.

    Args:
        quote: The words to find; fewer than twelve letters find nothing, they would stand anywhere.
        spans: Where to look, in reading order; a quote may run from one into the next.
        pages: The text of every page that ``spans`` name.
    """
    needle = squeeze(quote.strip().strip("\"'“”‘’«»…. "))
    if sum(char.isalnum() for char in needle) < _MIN_LETTERS:
        return ()
    hay = [
        letter for span in spans for letter in _letters(pages[span.page][span.start : span.end], span.page, span.start)
    ]
    text = "".join(char for char, _, _ in hay)
    start = text.find(needle)
    while start >= 0:
        found = hay[start : start + len(needle)]
        if _whole_words(found, pages):
            return _spans(found, pages)
        start = text.find(needle, start + 1)
    return ()


def _whole_words(found: Letters, pages: dict[int, str]) -> bool:
    (_, first_page, first), (_, last_page, last) = found[0], found[-1]
    before = pages[first_page][first - 1 : first]
    after = pages[last_page][last + 1 : last + 2]
    inner = _in_word(pages[first_page][first]) and _in_word(before)
    return not inner and not (_in_word(pages[last_page][last]) and _in_word(after))


def _in_word(char: str) -> bool:
    """Whether a character belongs to a word: letters, digits, and the marks that are written as part of letters."""
    return char.isalnum() or unicodedata.category(char or " ").startswith("M")


def _spans(found: Letters, pages: dict[int, str]) -> tuple[Span, ...]:
    by_page: dict[int, list[int]] = {}
    for _, page, offset in found:
        by_page.setdefault(page, []).append(offset)
    spans = []
    for page, offsets in by_page.items():
        end = offsets[-1] + 1
        # The closing stop and quotation mark belong to the quote that they end.
        while end < len(pages[page]) and pages[page][end] in ".!?\"'”’»":
            end += 1
        spans.append(Span(page, offsets[0], end))
    return tuple(spans)


def _overlap(one: Iterable[Span], other: Sequence[Span]) -> bool:
    return any(a.page == b.page and a.start < b.end and b.start < a.end for a in one for b in other)


@dataclass(slots=True)
class CitationBook:
    """Numbers the quotes of one answer or summary; the same quote keeps its number."""

    library: Library
    citations: list[Citation] = field(default_factory=list)
    _documents: dict[str, DocumentRecord] = field(default_factory=dict)
    _pages: dict[tuple[str, int], Page] = field(default_factory=dict)

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
