"""The assistant: every answer of the product is made here, in six steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from app.answers import Answer, AnswerStatus, Citation
from app.arrangement import Arrangement
from app.chat_models.quoting import model_drafts
from app.chat_models.stream import StopSign
from app.checking import Checked, Draft, Step, check_drafts
from app.citations import CitationBook
from app.extractive import arranged_quotes, quote_drafts
from app.refusal.evidence import Evidence, Found, find_evidence
from app.refusal.explanation import explain
from vectorstore.library import Library
from vectorstore.question import Question, read_question
from vectorstore.records import Scope

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["Step", "ask"]
_PASSAGES_FOR_MODEL = 8


def ask(
    library: Library,
    question: Question | str,
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
        on_step: Called with every citation, and every sentence that is shown at once, as soon as it is checked.
        stop: Set it, from any thread, to end a chat model's answer.

    Raises:
        ModelError: the chat model cannot be used.
        Stopped: ``stop`` was set.
    """
    asked, within = read_question(question), scope or Scope()
    found = find_evidence(library, asked, within)
    book = CitationBook(library)
    quotes = Arrangement()
    if model is None and found.evidence is Evidence.STRONG:
        quotes = arranged_quotes(library, asked, within, found.retrieval)
    drafts = quote_drafts(library, quotes.quotes) if model is None else _written(book, asked, found, model, stop)
    checked = check_drafts(book, drafts, on_step and _unfolded(on_step, quotes))
    answer = explain(library, asked, within, found, checked, _status(found.evidence, checked, model))
    return _arranged(answer, quotes)


def _written(
    book: CitationBook, asked: Question, found: Found, model: BaseChatModel, stop: StopSign | None
) -> Iterator[Draft]:
    """Return what a chat model proposes: nothing without evidence."""
    if found.evidence is Evidence.NONE:
        return iter(())
    passages = [item.passage for item in found.retrieval.passages[:_PASSAGES_FOR_MODEL]]
    return model_drafts(book, model, asked.text, passages, stop)


def _unfolded(on_step: Callable[[Step], None], quotes: Arrangement) -> Callable[[Step], None]:
    """Return ``on_step`` without the sentences that are folded: none may be seen to come and go."""
    places = count()

    def shown(step: Step) -> None:
        if isinstance(step, Citation) or next(places) not in quotes.folds:
            on_step(step)

    return shown


def _arranged(answer: Answer, quotes: Arrangement) -> Answer:
    """Return an answer of quotes with what is shown at once, and which quote is the best."""
    if not answer.sentences:
        return answer
    return replace(answer, folds=quotes.folds, best=answer.sentences[quotes.best].citations[0])


def _status(evidence: Evidence, checked: Checked, model: BaseChatModel | None) -> AnswerStatus:
    if evidence is not Evidence.NONE and checked.verified:
        return AnswerStatus.ANSWERED
    said_nothing = model is not None and not checked.sentences and checked.problem is None
    return AnswerStatus.NOT_FOUND if evidence is Evidence.NONE or said_nothing else AnswerStatus.RELATED
