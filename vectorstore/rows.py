"""Rows of the catalogue to data and back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from ingest.documents import Block, BlockKind, CharRun, Page, PageState, PageUnit, Span, Status, WordBox
from ingest.messages import read_message_json
from vectorstore.connection import damaged
from vectorstore.records import DocumentRecord, StoredPassage, StoredSentence, read_spans

DOCUMENT_COLUMNS = (
    "id, name, title, author, year, file_type, language, unit, status, message, pages, passages, added_at, embedded,"
    " symbol, edited, reader, publisher, date, court_case"
)
PASSAGE_COLUMNS = "p.id, p.document, p.ordinal, p.page, p.spans, p.text, p.section, p.context"
SENTENCE_COLUMNS = "s.id, s.passage, s.document, s.ordinal, s.spans, s.text, s.kind, s.paragraph, s.header, s.whole"
_Read = TypeVar("_Read")
_KINDS = {kind.value: kind for kind in BlockKind}
"""A question reads hundreds of sentences, and an enumeration is slow to look up."""
PAGE_COLUMNS = "number, label, state, text, layout"


def _checked(read: Callable[[Sequence[Any]], _Read]) -> Callable[[Sequence[Any]], _Read]:
    """Raise ``CatalogueDamaged`` where a row does not hold what was written: its bytes were changed on the disk."""

    @wraps(read)
    def checked(row: Sequence[Any]) -> _Read:
        try:
            return read(row)
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(Path("catalogue.sqlite"), f"{type(error).__name__}: {error}") from error

    return checked


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def spans_json(spans: Iterable[Span]) -> str:
    """Return spans as JSON: ``[[page, start, end], …]``."""
    return json.dumps([dataclasses.astuple(span) for span in spans])


def layout_json(page: Page) -> str:
    """Return a page's blocks, runs and word boxes as JSON."""
    # Written out: ``astuple`` copies every field, for tens of thousands of runs.
    return json.dumps(
        {
            "blocks": [(b.kind, b.start, b.end, b.level, b.header, b.number) for b in page.blocks],
            "runs": [(run.start, run.source, run.length) for run in page.runs],
            "words": [(word.start, word.end, word.left, word.bottom, word.right, word.top) for word in page.words],
        }
    )


@_checked
def read_page(row: Sequence[Any]) -> Page:
    """Return a page from ``PAGE_COLUMNS``."""
    number, label, state, text, layout = row
    parts = json.loads(layout)
    return Page(
        number,
        text,
        tuple(Block(BlockKind(kind), *rest) for kind, *rest in parts["blocks"]),
        label,
        PageState(state),
        tuple(CharRun(*run) for run in parts["runs"]),
        tuple(WordBox(*word) for word in parts["words"]),
    )


@_checked
def read_document(row: Sequence[Any]) -> DocumentRecord:
    """Return a document from ``DOCUMENT_COLUMNS``."""
    (
        identity,
        name,
        title,
        author,
        year,
        file_type,
        language,
        unit,
        status,
        message,
        pages,
        passages,
        added_at,
        embedded,
        symbol,
        edited,
        reader,
        *published,
    ) = row
    return DocumentRecord(
        identity,
        name,
        title,
        author,
        year,
        file_type,
        language,
        PageUnit(unit),
        Status(status),
        read_message_json(message),
        pages,
        passages,
        added_at,
        bool(embedded),
        symbol,
        bool(edited),
        reader,
        *published,
    )


@_checked
def read_passage(row: Sequence[Any]) -> StoredPassage:
    """Return a passage from ``PASSAGE_COLUMNS``."""
    identity, document, ordinal, page, spans, text, section, context = row
    return StoredPassage(identity, document, ordinal, page, read_spans(spans), text, section, context)


@_checked
def read_sentence(row: Sequence[Any]) -> StoredSentence:
    """Return a sentence from ``SENTENCE_COLUMNS``."""
    identity, passage, document, ordinal, spans, text, kind, paragraph, header, whole = row
    return StoredSentence(identity, passage, document, ordinal, spans, text, _KINDS[kind], paragraph, header, whole)
