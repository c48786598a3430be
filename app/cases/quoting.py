"""Show lines of a case as verified quotes: the same check runs over them as over a chat model's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.answers import AnswerSentence
from app.assistant import CitationBook
from app.cases.reading import Line
from app.messages import Message
from app.verification import verify_sentence


def quote_lines(book: CitationBook, lines: Iterable[Line]) -> Iterator[AnswerSentence]:
    """Yield a sentence for every line, with the numbers of its citations, made where they are new."""
    for line in lines:
        spans = line.spans
        pages = {span.page: book.page_text(line.document, span.page) for span in spans}
        slices = [pages[span.page][span.start : span.end] for span in spans]
        found = verify_sentence(line.text, slices)
        yield AnswerSentence(
            line.text,
            found.verdict,
            book.cite(line.document, spans, line.paragraph),
            tuple(map(Message, found.reasons)),
        )
