"""Two documents of one name: a new version of a report often comes under the old one's name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from ingest.documents import Status
from ingest.messages import Message, message
from vectorstore.records import Added, DocumentRecord
from vectorstore.stores import Stores

SameName = Callable[[str, Sequence[DocumentRecord]], bool]
"""Called with a file's name and the documents of that name and other content; returns whether it replaces them."""


def same_names(documents: Collection[DocumentRecord], name: str, but: str = "") -> list[DocumentRecord]:
    """Return the ready documents called ``name``, the oldest first; not the one with the id ``but``.

    Capitals do not count: on many systems they are the same file's name.
    """
    wanted = _key(name)
    found = [d for d in documents if d.id != but and d.status is Status.READY and _key(d.name) == wanted]
    return sorted(found, key=lambda document: document.added_at)


def tell_same_names(stores: Stores, added: Added, before: Collection[str], replaces: SameName | None) -> Added:
    """Tell of documents that have the name of one that was added, or remove them for it, as ``replaces`` says.

    Only those that were in the library ``before`` (ids) are asked about: files of one folder and its folders may have
    the same name, and none of them replaces another.
    """
    others = same_names(stores.catalogue.documents(), added.document, added.id)
    if not others:
        return added
    earlier = [document for document in others if document.id in before]
    if earlier and replaces is not None and replaces(added.document, earlier):
        for document in earlier:
            stores.remove(document.id)
        told = message(
            "{outcome}; it replaces the {name} that was added on {day}",
            outcome=added.message,
            name=earlier[-1].name,
            day=_day(earlier[-1]),
        )
        return replace(added, message=told)
    told = message(
        "{outcome}; another {name}, added on {day}, is here with other content: both are kept",
        outcome=added.message,
        name=others[-1].name,
        day=_day(others[-1]),
    )
    return replace(added, message=told, same_name=tuple(document.id for document in earlier))


def told_apart(document: DocumentRecord) -> Message:
    """Return what tells a document from others of its name: the beginning of its id, and its day."""
    return message("{id} (added on {day})", id=document.id[:8], day=_day(document))


def _day(document: DocumentRecord) -> str:
    return document.added_at[:10]


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
