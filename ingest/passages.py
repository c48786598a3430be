"""Group a document's sentences into passages, the unit of retrieval."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.documents import Block, BlockKind, Document, Page, Passage, Sentence, Span
from ingest.lists import Lists
from ingest.sections import starts_of_sections
from ingest.sentences import cut_long, ends_sentence, paragraph_number, split_sentences

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


def split_passages(document: Document, on_block: Callable[[], None] = lambda: None) -> list[Passage]:
    """Return the document's passages in reading order; ``on_block`` is called for every block that was split.

    A passage holds whole sentences up to about 1,200 characters and ends with its page, but for a sentence that runs
    over the page break: it stays whole, in the passage that it began in. Footnotes make passages of their own. None
    runs from one country's section into what follows it.
    """
    pages = {page.number: page for page in document.pages}
    return [make_passage(group, pages) for group in _groups(document, on_block)]


def document_sentences(document: Document, on_block: Callable[[], None] = lambda: None) -> list[Sentence]:
    """Return the document's sentences in reading order; running headers and footers are left out.

    A long one comes in pieces, each of which knows where the whole is.
    """
    return [piece for sentence in _whole_sentences(document, on_block) for piece in _pieces(sentence)]


def _whole_sentences(document: Document, on_block: Callable[[], None]) -> list[Sentence]:
    position, lists = _Position(), Lists()
    sentences: list[Sentence] = []
    last_body = -1
    for page in document.pages:
        found = list(_page_sentences(page, position, lists, document.language, on_block))
        if found and last_body >= 0 and _runs_over(sentences[last_body], found[0]):
            sentences[last_body] = _join(sentences[last_body], found.pop(0))
        for sentence in found:
            sentences.append(sentence)
            if sentence.kind is not BlockKind.FOOTNOTE:
                last_body = len(sentences) - 1
    return sentences


def _page_sentences(
    page: Page, position: _Position, lists: Lists, language: str, on_block: Callable[[], None]
) -> Iterator[Sentence]:
    notes = deque(sorted(page.notes))
    for block in lists.blocks_of(page):
        on_block()
        if block.kind is BlockKind.FURNITURE:
            continue
        text = page.text[block.start : block.end]
        lead = _move(position, block, text)
        begin = block.start + lead
        while notes and notes[0][0] < block.start:
            notes.popleft()
        marks = list[tuple[int, int]]()
        while notes and notes[0][0] < block.end:
            first, last = notes.popleft()
            marks.append((first - begin, last - begin))
        for start, end in split_sentences(text[lead:], marks, language):
            piece = text[lead + start : lead + end]
            if any(char.isalpha() for char in piece):
                span = Span(page.number, begin + start, begin + end)
                paragraph = block.number or position.paragraph
                yield Sentence((span,), piece, block.kind, paragraph, position.section, block.header)


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence, or the pieces of a long one."""
    cuts = list(cut_long(sentence.text, 0, len(sentence.text)))
    if len(cuts) < 2:
        yield sentence
        return
    for start, end in cuts:
        spans, offset = list[Span](), 0
        for span in sentence.spans:
            length = span.end - span.start
            first, last = max(start - offset, 0), min(end - offset, length)
            if first < last:
                spans.append(Span(span.page, span.start + first, span.start + last))
            offset += length + 1  # the blank between two pages' parts
        yield replace(sentence, spans=tuple(spans), text=sentence.text[start:end], whole=sentence.spans)


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


def _runs_over(last: Sentence, first: Sentence) -> bool:
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


def _groups(document: Document, on_block: Callable[[], None]) -> Iterator[list[Sentence]]:
    parted = _Borders(document)
    group: list[Sentence] = []
    size = 0
    for sentence in document_sentences(document, on_block):
        if group and (parted.between(group[-1], sentence) or _starts_passage(group, size, sentence)):
            yield group
            group, size = [], 0
        group.append(sentence)
        size += len(sentence.text) + 1
    if group:
        yield group


class _Borders:
    """Places that no passage runs over: text that belongs to none, and the borders of countries' sections."""

    def __init__(self, document: Document) -> None:
        """Find the places of ``document``."""
        places = starts_of_sections(document)
        for page in document.pages:
            places += ((page.number, b.start) for b in page.blocks if b.kind is BlockKind.FURNITURE)
        self._places = deque(sorted(places))

    def between(self, last: Sentence, sentence: Sentence) -> bool:
        """Return whether one is between two sentences of a page; they come in reading order."""
        end, start = last.spans[-1], sentence.spans[0]
        while self._places and self._places[0] < (end.page, end.end):
            self._places.popleft()
        return bool(self._places) and self._places[0] <= (start.page, start.start)


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
    )


def make_passage(group: Sequence[Sentence], pages: Mapping[int, Page]) -> Passage:
    """Return the passage of sentences that follow each other; ``pages`` are the document's, by number."""
    by_page: dict[int, list[Span]] = {}
    for sentence in group:
        for span in sentence.spans:
            by_page.setdefault(span.page, []).append(span)
    spans = tuple(Span(page, found[0].start, found[-1].end) for page, found in by_page.items())
    text = " ".join(pages[span.page].text[span.start : span.end] for span in spans)
    lines = {" ".join(sentence.text.split()) for sentence in group if sentence.kind is not BlockKind.TABLE}
    context = " ".join(dict.fromkeys(s.header for s in group if s.header and s.header not in lines))
    return Passage(tuple(group), spans, text, group[0].section, context)


def embedding_texts(section: str, sentences: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return what stands for each sentence ``(text, kind, header)`` of a passage when its meaning is embedded.

    A sentence stands for itself, an item of a list behind the line that opens the list. A table's row means little
    alone, and its figures mean nothing to an embedder: all rows of a passage share one text, the heading and header
    over them and their labels.
    """
    rows = [(text, header) for text, kind, header in sentences if kind == BlockKind.TABLE]
    heads = " ".join(dict.fromkeys(header for _, header in rows if header))
    table = f"{heads or section}: {'; '.join(_label(text) for text, _ in rows)}"[:_MAX_TABLE_CHARACTERS]
    return [_embedding_text(text, kind, header, table) for text, kind, header in sentences]


def _embedding_text(text: str, kind: str, header: str, table: str) -> str:
    if kind == BlockKind.TABLE:
        return table
    return f"{header} {text}" if kind == BlockKind.ITEM and header else text


def _label(row: str) -> str:
    return " ".join(_FIGURES.sub(" ", row).split())
