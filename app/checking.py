"""Check drafts: every sentence of an answer, whoever wrote it, is compared with its quotes on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.answers import AnswerSentence, Citation, Verdict
from app.citations import CitationBook
from app.differences import mark_differences
from app.errors import UnusableReply
from app.messages import Message, error_message
from app.omission import shortened
from app.plain import one_line, without_marks
from app.verbatim import meant, squeeze
from app.verification import verify_sentence
from ingest.documents import Span
from vectorstore.records import StoredSentence

Step = AnswerSentence | Citation
"""What an answer streams while it is made: each sentence's new citations, then the sentence."""


class Source(Protocol):
    """A place that a sentence rests on."""

    @property
    def document(self) -> str:
        """The document's id."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where in the document, in reading order."""

    @property
    def whole(self) -> tuple[Span, ...]:
        """Where the whole sentence is, if this is a piece of one; else the same."""

    @property
    def paragraph(self) -> str:
        """The number of its paragraph; empty where there is none."""

    @property
    def header(self) -> str:
        """The line that opens its list, or what heads its table."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that an answerer proposes."""

    text: str
    sources: tuple[StoredSentence, ...]
    """The sentences of the reports that hold its quotes."""
    rejected: tuple[str, ...] = ()
    """Its quotes that are not on the page."""
    unknown: tuple[int, ...] = ()
    """Passage numbers that it cites and that the model was not given; 0: a citation without a number."""


@dataclass(frozen=True, slots=True)
class Checked:
    """All sentences of an answer, checked."""

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    sources: tuple[StoredSentence, ...]
    rejected: int
    unknown: tuple[int, ...]
    problem: Message | None = None
    """Why the answerer ended early."""

    @property
    def verified(self) -> bool:
        """Whether the checks of facts passed for one sentence at least."""
        return any(s.verdict is not Verdict.UNVERIFIED or s.reworded for s in self.sentences)


def check_drafts(book: CitationBook, drafts: Iterable[Draft], on_step: Callable[[Step], None] | None = None) -> Checked:
    """Return the drafts checked; ``on_step`` gets every citation and sentence as soon as it is checked."""
    sentences: list[AnswerSentence] = []
    done: list[Draft] = []
    problem, announced = None, len(book.citations)
    try:
        for draft in drafts:
            sentence = check_sentence(book, draft.text, draft.sources)
            if on_step is not None:
                for citation in book.citations[announced:]:
                    on_step(citation)
                on_step(sentence)
            announced = len(book.citations)
            sentences.append(sentence)
            done.append(draft)
    except UnusableReply as error:
        problem = error_message(error)
    return Checked(
        mark_differences(sentences, book.citations, book.languages()),
        tuple(book.citations),
        tuple(source for draft in done for source in draft.sources),
        sum(len(draft.rejected) for draft in done),
        tuple(number for draft in done for number in draft.unknown),
        problem,
    )


def check_sentence(book: CitationBook, text: str, sources: Iterable[Source]) -> AnswerSentence:
    """Return a sentence with its verdict, against what its sources say on the page, and its citations' numbers.

    Of a quoted sentence the page's own words are shown, whatever the answerer's spelling of them was: a sign that it
    lost comes back, and so does the rest of a sentence that was cut. Where it quotes pieces of one long sentence, it
    gets marks of omission; its citation is the whole. Numbers of citations that the answerer wrote are left out.
    """
    text = one_line(text)
    quotes, numbers, rests_on = [], list[int](), list(sources)
    for source in rests_on:
        pages = {span.page: book.page_text(source.document, span.page) for span in source.spans}
        quotes.append(" ".join(pages[span.page][span.start : span.end] for span in source.spans))
        numbers += book.cite(source.document, source.whole, source.paragraph, source.header)
    reader = book.library.reader
    checked = verify_sentence(text, quotes, reader)
    if checked.verdict is not Verdict.QUOTED and (marked := without_marks(text)) != text:
        text, checked = marked, verify_sentence(marked, quotes, reader)
    if checked.verdict is Verdict.UNVERIFIED and (quote := meant(text, quotes)):
        checked = verify_sentence(quote, quotes, reader)
    if checked.verdict is Verdict.QUOTED:
        text = one_line(_with_omissions(book, checked.words, rests_on))
    return AnswerSentence(
        text, checked.verdict, tuple(dict.fromkeys(numbers)), checked.reasons, reworded=checked.reworded
    )


def _with_omissions(book: CitationBook, words: str, sources: Sequence[Source]) -> str:
    """Return quoted words with marks where they leave out parts of the sentence that they are pieces of."""
    first = sources[0]
    pieces = [s for s in sources if (s.document, s.whole) == (first.document, first.whole)]  # others are its repeats
    if squeeze(words) != squeeze(" ".join(piece.text for piece in pieces)):
        return words
    pages = ((book.page_text(first.document, span.page), span) for span in first.whole)
    return shortened(pieces, " ".join(text[span.start : span.end] for text, span in pages))
