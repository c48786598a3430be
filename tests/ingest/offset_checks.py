"""What must hold of the offsets of every document, whatever it is made of."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

from ingest.documents import BlockKind, Document, FileType, Page, Passage, Sentence, Span
from ingest.limits import Limits
from ingest.messages import Message
from ingest.passages import document_sentences, split_passages
from ingest.pdf.reader import read_pages


def slices(document: Document, spans: tuple[Span, ...]) -> str:
    """Return the text that ``spans`` name, joined as passages are."""
    pages = {page.number: page.text for page in document.pages}
    return " ".join(pages[span.page][span.start : span.end] for span in spans)


def check_offsets(document: Document) -> None:
    """Passages and sentences are verbatim slices; sentences are in order and hold every letter exactly once."""
    passages = split_passages(document)
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    assert sentences == document_sentences(document)
    items: list[Passage | Sentence] = [*passages, *sentences]
    for item in items:
        assert slices(document, item.spans) == item.text
        assert item.text == item.text.strip()
        assert all(span.start < span.end for span in item.spans)
    spans = [span for sentence in sentences for span in sentence.spans]
    held: Counter[tuple[int, int]] = Counter()
    for page in document.pages:
        here = [span for span in spans if span.page == page.number]
        assert all(a.end <= b.start for a, b in pairwise(here))
        held.update((page.number, place) for span in here for place in range(span.start, span.end))
        for block in page.blocks:
            wanted = 0 if block.kind is BlockKind.FURNITURE else 1
            for place in range(block.start, block.end):
                if page.text[place].isalpha():
                    assert held[page.number, place] == wanted, (page.number, place, page.text[place])
    for passage in passages:
        covered = {(s.page, place) for s in passage.spans for place in range(s.start, s.end)}
        for sentence in passage.sentences:
            assert all((s.page, s.start) in covered and (s.page, s.end - 1) in covered for s in sentence.spans)


def read_checked(path: Path) -> Document:
    """Return the PDF at ``path`` as it is read, in this process: it was made by a test. Its offsets are checked."""
    items = list(read_pages(path, Limits()))
    pages = tuple(item for item in items if isinstance(item, Page))
    remarks = tuple(item for item in items if isinstance(item, Message))
    document = Document("0" * 64, path.name, FileType.PDF, pages, remarks=remarks)
    check_offsets(document)
    return document
