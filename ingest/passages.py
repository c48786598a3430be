"""Group a document's sentences into passages, the unit of retrieval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents import Block, BlockKind, Document, Page, Passage, Sentence, Span
from ingest.language.countries import find_countries
from ingest.sentences import ends_sentence, paragraph_number, split_sentences

TARGET_CHARACTERS = 1_200
"""About 260 tokens of English. Smaller ones lose recall, larger ones point less well (docs/retrieval.md)."""
TABLE_CHARACTERS = 2_000
"""Of a passage that holds rows of a table: half a page of them."""
_HEADING_STARTS_AFTER = 500
_TABLE_STARTS_AFTER = 300
_MAX_TABLE_CHARACTERS = 1_000
_FIGURES = re.compile(r"(?<![^\W\d_])[$€£(]*\d[\d.,]*\)?%?|(?:^|\s)[-–—$](?=\s|$)")


@dataclass(slots=True)
class _Position:
    """Where the reading stands: headings and the printed paragraph number."""

    section: str = ""
    paragraph: str = ""


def split_passages(document: Document) -> list[Passage]:
    """Return the document's passages in reading order.

    A passage holds whole sentences up to about 1,200 characters and ends with its page, but for a sentence that runs
    over the page break: it stays whole, in the passage that it began in. Footnotes make passages of their own.
    """
    pages = {page.number: page.text for page in document.pages}
    left_out = [
        Span(page.number, block.start, block.end)
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.FURNITURE
    ]
    return [_passage(group, pages) for group in _groups(document_sentences(document), left_out)]


def document_sentences(document: Document) -> list[Sentence]:
    """Return the document's sentences in reading order; running headers and footers are left out."""
    position = _Position()
    sentences: list[Sentence] = []
    for page in document.pages:
        found = list(_page_sentences(page, position))
        if found and sentences and _runs_over(sentences, found[0]):
            index = _last_body(sentences)
            sentences[index] = _join(sentences[index], found[0])
            found = found[1:]
        sentences += found
    return sentences


def _page_sentences(page: Page, position: _Position) -> Iterator[Sentence]:
    for block in page.blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        text = page.text[block.start : block.end]
        lead = _move(position, block, text)
        notes = [
            (a - block.start - lead, b - block.start - lead) for a, b in page.notes if block.start <= a < block.end
        ]
        for start, end in split_sentences(text[lead:], notes):
            piece = text[lead + start : lead + end]
            if any(char.isalpha() for char in piece):
                span = Span(page.number, block.start + lead + start, block.start + lead + end)
                yield Sentence((span,), piece, block.kind, position.paragraph, position.section, block.header)


def _move(position: _Position, block: Block, text: str) -> int:
    """Note headings and paragraph numbers on the way; return where the block's own words begin."""
    if block.kind is BlockKind.HEADING:
        position.section = " ".join(text.split())
        position.paragraph = ""
        return 0
    if block.kind is not BlockKind.BODY:
        return 0
    number, lead = paragraph_number(text)
    position.paragraph = number or position.paragraph
    return lead


def _last_body(sentences: list[Sentence]) -> int:
    return next((i for i in range(len(sentences) - 1, -1, -1) if sentences[i].kind is not BlockKind.FOOTNOTE), -1)


def _runs_over(sentences: list[Sentence], first: Sentence) -> bool:
    index = _last_body(sentences)
    if index < 0:
        return False
    last = sentences[index]
    return (
        last.kind is BlockKind.BODY
        and first.kind is BlockKind.BODY
        and last.spans[-1].page == first.spans[0].page - 1
        and len(last.spans) == 1
        and not ends_sentence(last.text)
        and first.text[:1].islower()
    )


def _join(last: Sentence, first: Sentence) -> Sentence:
    return replace(last, spans=last.spans + first.spans, text=f"{last.text} {first.text}")


def _groups(sentences: list[Sentence], left_out: list[Span]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    size = 0
    for sentence in sentences:
        if group and (_starts_passage(group, size, sentence) or _parted(group[-1], sentence, left_out)):
            yield group
            group, size = [], 0
        group.append(sentence)
        size += len(sentence.text) + 1
    if group:
        yield group


def _starts_passage(group: list[Sentence], size: int, sentence: Sentence) -> bool:
    last = group[-1]
    in_table = sentence.kind is BlockKind.TABLE
    return (
        size + len(sentence.text) > (TABLE_CHARACTERS if in_table else TARGET_CHARACTERS)
        or (in_table != (last.kind is BlockKind.TABLE) and size > _TABLE_STARTS_AFTER)
        or sentence.spans[0].page != last.spans[0].page
        or len(last.spans) > 1
        or (sentence.kind is BlockKind.FOOTNOTE) != (last.kind is BlockKind.FOOTNOTE)
        or (sentence.kind is BlockKind.HEADING and last.kind is not BlockKind.HEADING and size > _HEADING_STARTS_AFTER)
        # A passage that began in one country's section must not end in another's.
        or (sentence.kind is BlockKind.HEADING and bool(find_countries(sentence.text)))
    )


def _parted(last: Sentence, sentence: Sentence, left_out: list[Span]) -> bool:
    """Return whether text that belongs to no passage is between two sentences of a page."""
    end, start = last.spans[-1], sentence.spans[0]
    return any(span.page == end.page == start.page and end.end <= span.start < start.start for span in left_out)


def _passage(group: list[Sentence], pages: dict[int, str]) -> Passage:
    by_page: dict[int, list[Span]] = {}
    for sentence in group:
        for span in sentence.spans:
            by_page.setdefault(span.page, []).append(span)
    spans = tuple(Span(page, found[0].start, found[-1].end) for page, found in by_page.items())
    text = " ".join(pages[span.page][span.start : span.end] for span in spans)
    context = " ".join(dict.fromkeys(sentence.header for sentence in group if sentence.header))
    return Passage(tuple(group), spans, text, group[0].section, context)


def embedding_texts(section: str, context: str, sentences: Sequence[tuple[str, str]]) -> list[str]:
    """Return what stands for each sentence ``(text, kind)`` of a passage when its meaning is embedded.

    A sentence stands for itself. A table's row means little alone, and its figures mean nothing to an embedder: all
    rows of a passage share one text, the heading and header over them and their labels.
    """
    labels = "; ".join(_label(text) for text, kind in sentences if kind == BlockKind.TABLE)
    table = f"{context or section}: {labels}"[:_MAX_TABLE_CHARACTERS]
    return [table if kind == BlockKind.TABLE else text for text, kind in sentences]


def _label(row: str) -> str:
    return " ".join(_FIGURES.sub(" ", row).split())
