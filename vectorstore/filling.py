"""Fill the vector index from the catalogue."""

from __future__ import annotations

from ingest.documents import Status
from vectorstore.records import Progress
from vectorstore.stores import Stores


def fill_index(stores: Stores, report: Progress) -> None:
    """Empty the index and fill it from the catalogue."""
    documents = stores.catalogue.documents(Status.READY)
    stores.clear_index()
    for done, document in enumerate(documents, start=1):
        stores.index.add(stores.entries_of(document.id))
        report("rebuilding", done, len(documents))
    stores.note_index_filled()
