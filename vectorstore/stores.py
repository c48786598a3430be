"""The stores of a library folder: catalogue (truth), vector index (rebuildable) and original files. No embedder here.

library/
  catalogue.sqlite   documents, pages, passages, sentences, vectors, full-text index
  chroma/            the vector index
  files/             the originals, named by their SHA-256 (``vectorstore.originals``)
  guides/            what was made of documents (``vectorstore.derived``)

Every change is made in the order that a killed process can be recovered from: see ``vectorstore.upkeep``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from threading import RLock

from ingest.documents import Document, Failure, Page, Passage, Status
from ingest.messages import Message, message
from vectorstore.catalogue import Catalogue
from vectorstore.derived import drop_derived
from vectorstore.entries import entries_of
from vectorstore.errors import IndexDamaged, LibraryFull, UnknownDocument
from vectorstore.index import VectorIndex, close_clients, empty_folder
from vectorstore.originals import About, Copy, Originals
from vectorstore.private import make_home
from vectorstore.records import Details, IndexEntry

INDEX_FORMAT = "2"
"""Of the index's entries: 1 had vectors alone, 2 has text and metadata."""
_FORMAT_KEY = "index_format"
CATALOGUE = "catalogue.sqlite"
"""Name of the catalogue's file."""
LOCK = "library.lock"
"""Name of the file that the one process holds that writes."""
REBUILD = "rebuild"
"""In the list of work under way, in place of a document's id."""
REMOVAL = "removal of "
"""In the list of work under way, before the id of a document that somebody removes."""


class Stores:
    """Catalogue, index and files of one folder. Writing is for the holder of the library's lock."""

    def __init__(self, home: Path, chroma_url: str = "") -> None:
        """Open the stores in ``home``; they are created where they are missing.

        Args:
            home: The library's folder.
            chroma_url: A Chroma server's address, in place of the folder ``chroma``.
        """
        make_home(home)
        self.home = home
        self.originals = Originals(home)
        self.catalogue = Catalogue(home / CATALOGUE)
        if self.has_old_index() and not self.read_only and not self.catalogue.vector_count():
            self.catalogue.set_meta(_FORMAT_KEY, INDEX_FORMAT)
        self._chroma_url = chroma_url
        self._opening = RLock()
        self._index: VectorIndex | None = None
        self._index_revision = self._checked_revision = -1

    def close(self) -> None:
        """Close the catalogue. Chroma keeps the index open: the libraries of a process share it."""
        self.catalogue.close()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written: the disk, the folder or the file does not allow it."""
        return self.catalogue.read_only

    # -- the index ---------------------------------------------------------------------------------------------

    @property
    def index(self) -> VectorIndex:
        """The vector index, opened at first use and again after another process has written.

        Raises:
            IndexDamaged: it cannot be read.
            LibraryError: the Chroma server does not answer.
        """
        with self._opening:
            revision = self.catalogue.index_revision()
            if self._index is None or self._index_revision != revision:
                if self._index is not None:
                    close_clients()
                self._index = VectorIndex(self.home / "chroma", self._chroma_url)
                self._index_revision = revision
            return self._index

    def complete_index(self) -> VectorIndex:
        """Return the index if it holds every passage that has a vector.

        Raises:
            IndexDamaged: it cannot be read, passages are missing from it, or an earlier version wrote it.
        """
        with self._opening:
            index, revision = self.index, self._index_revision
            if self._checked_revision != revision:
                if self.has_old_index():
                    raise IndexDamaged(
                        message("The search index was written by an earlier version: run `whrd rebuild`.")
                    )
                missing = self.catalogue.vector_count() - index.count()
                if missing > 0:
                    raise IndexDamaged(
                        message(
                            "{count} passages are missing from the search index: run `whrd rebuild`.", count=missing
                        )
                    )
                self._checked_revision = revision
            return index

    def has_old_index(self) -> bool:
        """Return whether an earlier version of the software wrote the index."""
        return self.catalogue.meta(_FORMAT_KEY) != INDEX_FORMAT

    def clear_index(self) -> None:
        """Empty the index, whether it can be read or not."""
        with self._opening:
            if self._index is None and not self._chroma_url:
                empty_folder(self.home / "chroma")
            self.index.clear()

    def note_index_filled(self) -> None:
        """Note that this version has filled the index from the catalogue."""
        self.catalogue.set_meta(_FORMAT_KEY, INDEX_FORMAT)
        self.note_index_change()

    def note_index_change(self) -> None:
        """Make other processes reopen the index; this one made the change itself."""
        self.catalogue.note_index_change()
        self._index_revision = self.catalogue.index_revision()

    def entries_of(self, document_id: str) -> list[IndexEntry]:
        """Return what the index is to hold of a document: its passages that have a vector, in reading order."""
        return entries_of(self.catalogue, document_id)

    # -- reading -----------------------------------------------------------------------------------------------

    def file_of(self, document_id: str) -> Path:
        """Return the library's own copy of the original file."""
        return self.originals.path(document_id)

    def page(self, document_id: str, number: int) -> Page:
        """Return a page.

        Raises:
            UnknownDocument: the document was removed, or has no such page.
        """
        page = self.catalogue.page(document_id, number)
        if page is None:
            raise UnknownDocument(
                message(
                    "Page {number} of document {document} is no longer in the library.",
                    number=str(number),
                    document=document_id[:12],
                )
            )
        return page

    # -- writing -----------------------------------------------------------------------------------------------

    def store_document(
        self, copy: Copy, document: Document, passages: Sequence[Passage], outcome: Message, about: About | None = None
    ) -> None:
        """Make a document visible to full text, in place of what was stored of the same file before.

        Args:
            copy: The bytes that were read, which become the library's original.
            document: What was read of it.
            passages: Its passages.
            outcome: What the list of documents says of it.
            about: What is noted of it from before, where the catalogue was lost.
        """
        self.catalogue.begin(document.id)
        replaced = self.catalogue.vectors.passages_of(document.id)
        known = self.catalogue.document(document.id)
        if known is not None and known.status is Status.READY:
            about = About(known.name, known.added_at, known.details if known.edited else None)
        with self.catalogue.transaction():
            self.catalogue.delete_document(document.id)
            self.catalogue.insert_document(document, passages, outcome, about.added_at if about is not None else None)
            if about is not None and about.details is not None:
                self.catalogue.set_details(document.id, about.details)
            if replaced:
                self.index.delete(list(replaced))
                self.note_index_change()
            self.catalogue.finish(document.id)
        drop_derived(self.home, document.id)  # it was made of the text from before
        # Not before: a file that the catalogue does not know is somebody's original, and stays for good.
        self.keep_file(copy, document)

    def store_failure(self, failure: Failure) -> None:
        """Keep in the list that a file could not be read, and why."""
        with self.catalogue.transaction():
            self.catalogue.delete_document(failure.id)
            self.catalogue.insert_failure(failure)

    def index_document(self, document_id: str) -> None:
        """Make a document findable by meaning; its sentences' vectors are stored already."""
        index = self.index
        self.catalogue.begin(document_id)
        # The index is filled before the transaction ends that says so.
        with self.catalogue.transaction():
            self.catalogue.vectors.make_passages(document_id)
            index.add(self.entries_of(document_id))
            self.note_index_change()
            self.catalogue.finish(document_id)

    def describe(self, document_id: str, details: Details) -> None:
        """Set what a citation says of a document, in the catalogue and in the index.

        Raises:
            UnknownDocument: it is not in the library any more.
        """
        if self.catalogue.document(document_id) is None:
            raise UnknownDocument(message("This report is no longer in the library."))
        self.catalogue.begin(document_id)
        with self.catalogue.transaction():
            self.catalogue.set_details(document_id, details)
            entries = self.entries_of(document_id)
            if entries:
                self.index.add(entries)
                self.note_index_change()
            self.catalogue.finish(document_id)
        self.note_name(document_id)

    def remove(self, document_id: str) -> bool:
        """Remove a document from both stores, with its file; none of its text is left in the folder's files.

        On a full disk the index is given up for the room that it takes: it can be rebuilt.

        Returns:
            Whether the index is still there.

        Raises:
            LibraryFull: the disk is full; nothing of the document has changed.
        """
        passages = list(self.catalogue.vectors.passages_of(document_id))
        try:
            self._remove_from_catalogue(document_id)
            indexed = True
        except LibraryFull:
            self.drop_index()
            self.catalogue.shrink_log()
            self._remove_from_catalogue(document_id)
            indexed = False
        self.originals.remove(document_id)
        drop_derived(self.home, document_id)
        if passages and indexed:
            indexed = self._remove_from_index(passages)
        with contextlib.suppress(LibraryFull):  # then it stays among the work that the next writer completes
            self.note_index_change()
            self.catalogue.compact()
            self.catalogue.finish(f"{REMOVAL}{document_id}")
        return indexed

    def _remove_from_catalogue(self, document_id: str) -> None:
        with self.catalogue.transaction():
            self.catalogue.delete_document(document_id)
            self.catalogue.sources.forget(document_id)
            self.catalogue.begin(f"{REMOVAL}{document_id}")

    def _remove_from_index(self, passages: Sequence[int]) -> bool:
        try:
            self.index.erase(passages)
            return True
        except (IndexDamaged, LibraryFull):
            # It would keep the text: better no index, which answers do without until it is rebuilt.
            self.drop_index()
            return False

    def drop_index(self) -> None:
        """Delete the index of the folder: it can be rebuilt, and takes room on a full disk."""
        with self._opening:
            index, self._index = self._index, None
            if index is not None:
                index.close()
            if not self._chroma_url:
                empty_folder(self.home / "chroma")

    def keep_file(self, copy: Copy, document: Document) -> None:
        """Make the copy that was read the original, and note what it is called."""
        self.originals.keep(copy, document.file_type)
        self.note_name(document.id)

    def note_name(self, document_id: str) -> None:
        """Note beside an original what the catalogue calls it."""
        record = self.catalogue.document(document_id)
        if record is not None and record.status is Status.READY:
            self.originals.note(record)
