"""Passages as the reading process sends them to its parent: places and kinds in JSON, no words.

The parent cuts the words from the pages, so that nothing a hostile file made of the process can put words into a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.documents import BlockKind, CaseSource, Page, Passage, Sentence, Span
from ingest.passages import make_passage


def passage_rows(passage: Passage) -> dict[str, Any]:
    """Return ``passage`` as JSON takes it."""
    return {
        "sentences": [
            (_span_rows(s.spans), s.kind, s.paragraph, s.section, s.header, _span_rows(s.whole))
            for s in passage.sentences
        ],
        "countries": passage.countries,
    }


def read_passage_rows(rows: dict[str, Any], pages: Mapping[int, Page]) -> Passage:
    """Return the passage of its rows; ``pages`` are the document's, by number.

    Raises:
        KeyError, TypeError, ValueError, OverflowError: these are not the rows of a passage of these pages.
    """
    sentences = [
        _sentence(_spans(spans, pages), BlockKind(kind), str(paragraph), str(section), str(header), whole, pages)
        for spans, kind, paragraph, section, header, whole in rows["sentences"]
    ]
    if not sentences:
        raise ValueError("a passage without sentences")
    passage = make_passage(sentences, pages)
    _check(passage.spans, pages)
    passage.countries.update({str(code): CaseSource(source) for code, source in rows["countries"].items()})
    return passage


def _sentence(
    spans: tuple[Span, ...],
    kind: BlockKind,
    paragraph: str,
    section: str,
    header: str,
    whole: Sequence[Sequence[int]],
    pages: Mapping[int, Page],
) -> Sentence:
    if not spans:
        raise ValueError("a sentence without a place")
    text = " ".join(pages[span.page].text[span.start : span.end] for span in spans)
    return Sentence(spans, text, kind, paragraph, section, header, _spans(whole, pages))


def _span_rows(spans: Sequence[Span]) -> list[tuple[int, int, int]]:
    return [(span.page, span.start, span.end) for span in spans]


def _spans(rows: Sequence[Sequence[int]], pages: Mapping[int, Page]) -> tuple[Span, ...]:
    spans = tuple(Span(int(page), int(start), int(end)) for page, start, end in rows)
    _check(spans, pages)
    return spans


def _check(spans: Sequence[Span], pages: Mapping[int, Page]) -> None:
    for span in spans:
        if not 0 <= span.start < span.end <= len(pages[span.page].text):
            raise ValueError(f"no place on page {span.page}: {span.start} to {span.end}")
