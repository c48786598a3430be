"""Show lines of a case as checked quotes: the same check runs over them as over a chat model's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from app.answers import AnswerSentence
from app.cases.reading import Line
from app.checking import check_sentence
from app.citations import CitationBook
from app.repeats import Key, words_in_order


def quote_lines(
    book: CitationBook, lines: Iterable[Line], repeats: Mapping[Key, Sequence[Line]] = MappingProxyType({})
) -> Iterator[AnswerSentence]:
    """Yield a sentence for every line, with the numbers of its citations, new ones where needed.

    ``repeats`` are lines by their words (``app.repeats.group_repeats``): those that repeat a line are its other places.
    """
    for line in lines:
        others = (
            other
            for other in repeats.get(words_in_order(line.text), ())
            if other.spans != line.spans or other.document != line.document
        )
        yield check_sentence(book, line.text, [line, *others])
