"""What is shown in place of an answer: excerpts of the nearest passages, around the sentence that is nearest."""

from __future__ import annotations

from collections.abc import Sequence

from app.answers import Citation
from app.citations import CitationBook
from ingest.documents import BlockKind, Span
from ingest.sentences import is_prose
from vectorstore.library import Library
from vectorstore.records import StoredSentence
from vectorstore.retrieval import Retrieval

EXCERPTS = 3
_CANDIDATES = 20
_CHARACTERS = 300
"""Of an excerpt, unless one sentence is longer: what a glance takes in."""


def nearest_excerpts(library: Library, retrieval: Retrieval) -> tuple[Citation, ...]:
    """Return the nearest places that hold prose, one a page: lists and notes do not help.

    Each is the best sentence of its passage with as many of its neighbours as a glance takes in.
    """
    nearest = retrieval.best(_CANDIDATES)
    scores = {item.sentence.id: item.score for item in retrieval.sentences}
    passages: dict[int, list[StoredSentence]] = {item.passage.id: [] for item in nearest}
    for sentence in library.catalogue.sentences_of(passages):
        passages[sentence.passage].append(sentence)
    book = CitationBook(library)
    for item in nearest:
        sentences = passages[item.passage.id]
        prose = [n for n, sentence in enumerate(sentences) if is_prose(sentence.text, sentence.kind)]
        if prose:
            best = max(prose, key=lambda n: scores.get(sentences[n].id, 0.0))
            book.cite(item.passage.document, [_excerpt(sentences, best)], sentences[best].paragraph)
        if len(book.citations) == EXCERPTS:
            break
    return tuple(book.citations)


def _excerpt(sentences: Sequence[StoredSentence], best: int) -> Span:
    """Return the place of a sentence and of its neighbours on the same page, as many as fit."""
    first = last = best
    while grown := next(
        (
            (low, high)
            for low, high in ((first, last + 1), (first - 1, last))
            if low >= 0 and high < len(sentences) and _fits(sentences[low : high + 1])
        ),
        None,
    ):
        first, last = grown
    part = sentences[first : last + 1]
    return Span(part[0].spans[0].page, part[0].spans[0].start, part[-1].spans[0].end)


def _fits(part: Sequence[StoredSentence]) -> bool:
    spans = [span for sentence in part for span in sentence.spans]
    if any(sentence.kind is BlockKind.HEADING for sentence in part) or len({one.paragraph for one in part}) > 1:
        return False
    return len({span.page for span in spans}) == 1 and spans[-1].end - spans[0].start <= _CHARACTERS
