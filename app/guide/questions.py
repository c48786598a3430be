"""Questions that a report answers well: formed from its headings, each asked before it is offered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from app.answers import Answer, AnswerStatus
from app.cases.reading import lines_of
from app.guide.headings import heading_subject, small_words
from app.translations import ENGLISH, LANGUAGES, N_, translate_into
from ingest.documents import Span
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope

SUBJECT = N_("What do the reports say about “{subject}”?")
_MOST_TRIED = 10
"""Headings that are asked about for six questions: asking is what takes the time."""
_QUESTION_MARKS = ("?", "؟", "？")
Ask = Callable[[Library, str, Scope], Answer]
"""Answers a question within a scope, as ``app.assistant.ask`` does."""


def answered_questions(library: Library, document: DocumentRecord, count: int, answer: Ask) -> tuple[str, ...]:
    """Return questions whose answers quote what is under the heading that they were formed from.

    Args:
        library: Where the report is.
        document: The report.
        count: How many questions at the most.
        answer: Asks one.

    Returns:
        The questions, in the order of the report and in its language, or in English where the screen has not got that.
    """
    scope = Scope((document.id,))
    places = _places_by_subject(library, document)
    order = {subject: number for number, subject in enumerate(places)}
    longest = sorted(places, key=lambda subject: (-len(places[subject]), order[subject]))[:_MOST_TRIED]
    code = document.language if document.language in LANGUAGES else ENGLISH
    kept = islice((s for s in longest if _holds(answer(library, question_on(s, code), scope), places[s])), count)
    return tuple(question_on(subject, code) for subject in sorted(kept, key=order.__getitem__))


def question_on(subject: str, code: str) -> str:
    """Return the question about a heading in the language ``code``; the heading itself where it is a question."""
    return subject if subject.endswith(_QUESTION_MARKS) else translate_into(code, SUBJECT, subject=subject)


def _places_by_subject(library: Library, document: DocumentRecord) -> dict[str, list[Span]]:
    """Return where the sentences under each heading are that names a subject, in the order of the headings."""
    passages = library.catalogue.passages_of(document.id)
    sentences = library.catalogue.sentences_of(passage.id for passage in passages)
    sections = {passage.id: passage.section for passage in passages}
    lines = list(lines_of(sentences, sections, lists=True))
    language = document.language or ENGLISH
    words = small_words(" ".join(line.text for line in lines))
    places: dict[str, list[Span]] = defaultdict(list)
    for line in lines:
        if subject := heading_subject(line.section, language, words):
            places[subject] += line.spans
    return places


def _holds(answer: Answer, places: Sequence[Span]) -> bool:
    """Return whether an answer shows at once a quote that overlaps one of ``places``."""
    return answer.status is AnswerStatus.ANSWERED and any(
        span.page == place.page and span.start < place.end and place.start < span.end
        for span in _shown(answer)
        for place in places
    )


def _shown(answer: Answer) -> Iterator[Span]:
    numbers = {number for sentence in answer.shown for number in sentence.citations}
    return (Span(c.page, c.start, c.end) for c in answer.citations if c.number in numbers)
