"""What a chat model drafts, with the sentences of the reports that hold its quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.chat_models.drafting import draft_answer
from app.chat_models.stream import StopSign
from app.checking import Draft
from app.citations import CitationBook
from app.plain import without_marks
from app.verbatim import meant, quotes_in_a_row
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
        found = {(number, quote): book.sentences_with(quote, number, passages) for number, quote in draft.quotes}
        held = {sentence.id: sentence for sentences in found.values() for sentence in sentences}
        if not held:  # a model that copies a sentence may forget to quote it
            held = {sentence.id: sentence for sentence in book.sentences_with(draft.text, 0, passages)}
        first, *others = _apart(draft.text, tuple(held.values()))
        rejected = tuple(quote for number, quote in draft.quotes if not found[number, quote])
        unknown = tuple(number for number, _ in draft.quotes if not 1 <= number <= len(passages))
        yield replace(first, rejected=rejected, unknown=unknown)
        yield from others


def _apart(text: str, held: tuple[StoredSentence, ...]) -> list[Draft]:
    """Return ``text`` as one draft, or each sentence of the reports that it copies as its own, with its own place.

    Sentences from two places would say something else as one quote: who "he" is, what "this" was. And a number behind
    a copied sentence leads to no place but its own.
    """
    copied = _copied(text, [sentence.text for sentence in held])
    if not copied:
        return [Draft(text, held)]
    own = tuple(sentence for sentence in held if sentence.text in copied)
    if len({(sentence.document, sentence.whole) for sentence in own}) == 1:  # pieces of one long sentence
        return [Draft(text, own)]
    return [Draft(words, tuple(sentence for sentence in own if sentence.text == words)) for words in copied]


def _copied(text: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``quotes`` that ``text`` copies, or one that it copies a part of, whatever numbers it adds."""
    for tried in dict.fromkeys((text, without_marks(text))):
        if copied := quotes_in_a_row(tried, quotes):
            return copied
        if whole := meant(tried, quotes):
            return (whole,)
    return ()
