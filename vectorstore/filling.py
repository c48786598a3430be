"""Fill the vector index from the catalogue."""

from __future__ import annotations

from ingest.documents import Status
from vectorstore.errors import LibraryFull
from vectorstore.records import Progress
from vectorstore.stores import Stores


def fill_index(stores: Stores, report: Progress) -> None:
    """Empty the index and fill it from the catalogue.

    Raises:
        LibraryFull: the disk is full; there is no index then, and the room that it took is free.
    """
    documents = stores.catalogue.documents(Status.READY)
    try:
        stores.clear_index()
        for done, document in enumerate(documents, start=1):
            stores.index.add(stores.entries_of(document.id))
            report("rebuilding", done, len(documents))
        stores.note_index_filled()
    except LibraryFull:
        stores.drop_index()  # nobody asks half an index, and removing a document needs some room
        stores.catalogue.shrink_log()
        raise
