"""What a chat model drafts, with the sentences of the reports that hold its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from app.chat_models.drafting import draft_answer
from app.chat_models.stream import StopSign
from app.checking import Draft
from app.citations import CitationBook, locate_quote
from ingest.documents import Span
from vectorstore.records import StoredPassage, StoredSentence

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def model_drafts(
    book: CitationBook,
    model: BaseChatModel,
    question: str,
    passages: Sequence[StoredPassage],
    stop: StopSign | None = None,
) -> Iterator[Draft]:
    """Yield the model's sentences as it writes them; it is given ``passages``, numbered from 1.

    Raises:
        ModelError: the model cannot be used, or what it wrote is no answer.
        Stopped: ``stop`` was set.
    """
    for draft in draft_answer(model, question, [passage.text for passage in passages], stop):
        found = {(number, quote): _sentences_with(book, quote, number, passages) for number, quote in draft.quotes}
        held = {sentence.id: sentence for sentences in found.values() for sentence in sentences}
        if not held:  # a model that copies a sentence may forget to quote it
            held = {sentence.id: sentence for sentence in _sentences_with(book, draft.text, 0, passages)}
        yield Draft(
            draft.text,
            tuple(held.values()),
            tuple(quote for number, quote in draft.quotes if not found[number, quote]),
            tuple(number for number, _ in draft.quotes if not 1 <= number <= len(passages)),
        )


def _sentences_with(
    book: CitationBook, quote: str, number: int, passages: Sequence[StoredPassage]
) -> list[StoredSentence]:
    """Return the whole sentences that contain ``quote``: what a reader checks is a sentence, not a scrap of one.

    The passage that the model named is searched first. Small models mix up the numbers; what counts is where the words
    are.
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
