"""Rebuild a library: its indexes from the catalogue, and what the catalogue lacks from the originals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from ingest.documents import READER_VERSION, Failure, Status
from ingest.errors import DamagedFile
from ingest.finding import Found
from ingest.limits import Limits
from ingest.messages import Message, message
from vectorstore.adding import embed_waiting, outcome_of
from vectorstore.embeddings import Embedder
from vectorstore.filling import fill_index
from vectorstore.read_ahead import read_ahead
from vectorstore.records import Progress
from vectorstore.stores import REBUILD, Stores


def unknown_originals(stores: Stores) -> list[str]:
    """Return the ids of the originals that the catalogue does not know."""
    known = {document.id for document in stores.catalogue.documents()}
    return sorted(stores.originals.ids() - known)


def read_earlier(stores: Stores) -> list[str]:
    """Return the ids of the documents that an earlier version read, and whose original is there to be read again."""
    kept = stores.originals.ids()
    documents = stores.catalogue.documents(Status.READY)
    return [document.id for document in documents if document.reader < READER_VERSION and document.id in kept]


def to_read(stores: Stores) -> list[str]:
    """Return the ids of the originals that are to be read: unknown ones, and those that an earlier version read."""
    return unknown_originals(stores) + read_earlier(stores)


def unknown_message(count: int) -> Message:
    """Return what is said of originals that the catalogue does not know."""
    if count == 1:
        return message("1 original is in files/ that the list does not know: run `whrd rebuild` to read it in")
    return message(
        "{count} originals are in files/ that the list does not know: run `whrd rebuild` to read them in", count=count
    )


def earlier_message(count: int) -> Message:
    """Return what is said of documents that an earlier version read."""
    if count == 1:
        return message("1 document was read by an earlier version: run `whrd rebuild` to read it again")
    return message(
        "{count} documents were read by an earlier version: run `whrd rebuild` to read them again", count=count
    )


def read_again(stores: Stores, ids: Sequence[str], report: Progress) -> Iterator[Message]:
    """Read originals and store what they say; yield a line for each that could not be read.

    A document keeps its name, the day it was added and what a person has set of it. What was read of it before stays
    if it cannot be read now. The library's lock must be held.
    """
    originals = stores.originals
    files = [Found(originals.path(number), called=_name(stores, number)) for number in ids]
    with closing(read_ahead(files, originals, lambda number: True, Limits(), lambda pages: None)) as coming:
        for number, file in zip(ids, coming, strict=False):
            read = file.result()
            error = None if read is None else read.error
            if file.id and file.id != number:
                error = DamagedFile(
                    message("{name} was changed on the disk: add it again, then remove this one.", name=file.name)
                )
            if error is None:
                assert file.copy is not None
                assert read is not None
                assert read.document is not None
                about = originals.about(number)
                stores.store_document(file.copy, read.document, read.passages, outcome_of(read.document), about)
            else:
                if stores.catalogue.document(number) is None:
                    stores.store_failure(Failure(file.name, error.status, error.message, number))
                yield error.message
            report("reading", file.number, len(ids))


def notes_on(stores: Stores) -> list[Message]:
    """Return what is amiss with the list of documents and a rebuild sets right; quickly found."""
    unknown = unknown_originals(stores)
    return ([unknown_message(len(unknown))] if unknown else []) + earlier_notes(stores)


def earlier_notes(stores: Stores) -> list[Message]:
    """Return what is said of documents that an earlier version of the software read; quickly found."""
    earlier = read_earlier(stores)
    return [earlier_message(len(earlier))] if earlier else []


def rebuild(stores: Stores, embedder: Embedder, report: Progress, from_files: bool) -> list[Message]:
    """Rebuild; see ``Library.rebuild``. The library's lock must be held."""
    catalogue = stores.catalogue
    other_embedder = catalogue.meta("embedder") not in (None, embedder.name)
    if other_embedder:
        embedder.embed_question("Is the model there?")  # before the old vectors are given up
    catalogue.begin(REBUILD)
    if other_embedder:
        with catalogue.transaction():  # vectors of two embedders are never mixed
            catalogue.vectors.forget()
            catalogue.set_meta("embedder", embedder.name)
    stores.drop_index()  # what is damaged must not be asked while documents are stored
    catalogue.shrink_log()
    catalogue.full_text.rebuild()
    wanted = sorted(stores.originals.ids()) if from_files else to_read(stores)
    unread = list(read_again(stores, wanted, report))
    fill_index(stores, report)
    catalogue.finish(REBUILD)
    embed_waiting(stores, embedder, report)
    if wanted:
        catalogue.compact()  # what an earlier version read may be what nobody was to see
    return unread


def _name(stores: Stores, document_id: str) -> str:
    known, about = stores.catalogue.document(document_id), stores.originals.about(document_id)
    if known is not None:
        return known.name
    return about.name if about is not None else f"{document_id[:12]}{stores.originals.path(document_id).suffix}"
