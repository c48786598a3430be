"""Show lines of a case as checked quotes: the same check runs over them as over a chat model's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.answers import AnswerSentence
from app.cases.reading import Line
from app.checking import check_sentence
from app.citations import CitationBook


def quote_lines(book: CitationBook, lines: Iterable[Line]) -> Iterator[AnswerSentence]:
    """Yield a sentence for every line, with the numbers of its citations, new ones where needed."""
    for line in lines:
        yield check_sentence(book, line.text, [line])
