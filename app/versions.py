"""Tell documents apart that a citation would name alike: the versions of a report under one file name or title."""

from __future__ import annotations

from collections.abc import Iterable

from app.naming import published_by, shown_date
from ingest.documents import Status
from ingest.language.folding import fold
from vectorstore.records import DocumentRecord

_ID_DIGITS = 8


def versions(documents: Iterable[DocumentRecord]) -> dict[str, str]:
    """Return what tells each document (id) from others of its name or title; documents that need nothing are left out.

    It is the day on which it was added ("added 2026-11-28"), and the first digits of its id where that is not enough.
    """
    ready = [document for document in documents if document.status is Status.READY]
    twins: dict[str, set[str]] = {}
    for key in (_name, _title):
        groups: dict[str, set[str]] = {}
        for document in ready:
            if key(document):
                groups.setdefault(key(document), set()).add(document.id)
        for group in groups.values():
            for document_id in group if len(group) > 1 else ():
                twins.setdefault(document_id, set()).update(group)
    by_id = {document.id: document for document in ready}
    return {
        document_id: _version(by_id[document_id], [by_id[other] for other in of]) for document_id, of in twins.items()
    }


def _name(document: DocumentRecord) -> str:
    return fold(document.name)


def _title(document: DocumentRecord) -> str:
    """Return what a citation calls a document: author or publisher, title, symbol and date."""
    by = published_by(document.author, document.publisher)
    return (
        fold(f"{by}|{document.title}|{document.symbol}|{shown_date(document.date, document.year)}")
        if document.title
        else ""
    )


def _version(document: DocumentRecord, alike: Iterable[DocumentRecord]) -> str:
    added = f"added {_day(document)}"
    same_day = any(_day(other) == _day(document) for other in alike if other.id != document.id)
    return f"{added}, {document.id[:_ID_DIGITS]}" if same_day else added


def _day(document: DocumentRecord) -> str:
    return document.added_at[:10]
