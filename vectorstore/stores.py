"""The stores of a library folder: catalogue (truth), vector index (rebuildable) and original files. No embedder here.

library/
  catalogue.sqlite   documents, pages, passages, sentences, vectors, full-text index
  chroma/            the vector index
  files/             the originals, named by their SHA-256

Every change is made in the order that a killed process can be recovered from: see ``vectorstore.upkeep``.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import RLock

from ingest.documents import Document, Failure, Page, Passage
from ingest.messages import Message, message
from vectorstore.catalogue import Catalogue
from vectorstore.errors import IndexDamaged, UnknownDocument
from vectorstore.index import VectorIndex, close_clients, empty_folder
from vectorstore.records import Details, DocumentRecord, IndexEntry, StoredPassage

INDEX_FORMAT = "2"
"""Of the index's entries: 1 had vectors alone, 2 has text and metadata."""
_FORMAT_KEY = "index_format"


class Stores:
    """Catalogue, index and files of one folder. Writing is for the holder of the library's lock."""

    def __init__(self, home: Path, chroma_url: str = "") -> None:
        """Open the stores in ``home``; they are created where they are missing.

        Args:
            home: The library's folder.
            chroma_url: A Chroma server's address, in place of the folder ``chroma``.
        """
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.catalogue = Catalogue(home / "catalogue.sqlite")
        if self.has_old_index() and not self.catalogue.vector_count():
            self.catalogue.set_meta(_FORMAT_KEY, INDEX_FORMAT)
        self._chroma_url = chroma_url
        self._opening = RLock()
        self._index: VectorIndex | None = None
        self._index_revision = self._checked_revision = -1

    def close(self) -> None:
        """Close the catalogue. Chroma keeps the index open: the libraries of a process share it."""
        self.catalogue.close()

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
        document = self.catalogue.document(document_id)
        if document is None:
            return []
        vectors = self.catalogue.vectors.passages_of(document_id)
        passages = [passage for passage in self.catalogue.passages_of(document_id) if passage.id in vectors]
        labels = self.catalogue.page_labels(document_id)
        countries = self.catalogue.countries_of(vectors)
        return [
            IndexEntry(
                passage.id,
                vectors[passage.id],
                passage.text,
                passage_metadata(document, passage, labels.get(passage.page, ""), countries.get(passage.id, [])),
            )
            for passage in passages
        ]

    # -- reading -----------------------------------------------------------------------------------------------

    def file_of(self, document_id: str) -> Path:
        """Return the library's own copy of the original file."""
        return next((self.home / "files").glob(f"{document_id}.*"), self.home / "files" / document_id)

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

    def store_document(self, path: Path, document: Document, passages: Sequence[Passage], outcome: Message) -> None:
        """Make a document visible to full text, in place of what was stored of the same file before.

        Args:
            path: The original, which is copied.
            document: What was read of it.
            passages: Its passages.
            outcome: What the list of documents says of it.
        """
        self.catalogue.begin(document.id)
        self.keep_file(path, document)
        replaced = self.catalogue.vectors.passages_of(document.id)
        known = self.catalogue.document(document.id)
        with self.catalogue.transaction():
            self.catalogue.delete_document(document.id)
            self.catalogue.insert_document(document, passages, outcome)
            if known is not None and known.edited:
                self.catalogue.set_details(document.id, known.details)
            if replaced:
                self.index.delete(list(replaced))
                self.note_index_change()
            self.catalogue.finish(document.id)

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
        """Set a document's title, author, year and symbol, in the catalogue and in the index.

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

    def remove(self, document_id: str) -> None:
        """Remove a document from both stores, with its file; none of its text is left in the folder's files."""
        passages = list(self.catalogue.vectors.passages_of(document_id))
        index = self.index if passages else None
        self.catalogue.begin(document_id)
        with self.catalogue.transaction():
            self.catalogue.delete_document(document_id)
            self.catalogue.sources.forget(document_id)
        if index is not None:
            index.delete(passages)
            index.compact()
            self.note_index_change()
        self.file_of(document_id).unlink(missing_ok=True)
        self.catalogue.finish(document_id)
        self.catalogue.compact()

    def keep_file(self, path: Path, document: Document) -> None:
        """Copy an original into the library's folder; it is there whole or not at all."""
        folder = self.home / "files"
        folder.mkdir(exist_ok=True)
        target = folder / f"{document.id}.{document.file_type}"
        partial = target.with_suffix(".partial")
        shutil.copyfile(path, partial)
        partial.replace(target)


def passage_metadata(
    document: DocumentRecord, passage: StoredPassage, label: str, countries: Sequence[str]
) -> dict[str, str | int | list[int] | list[str]]:
    """Return what the index says of a passage; ``label`` is its first page's printed number, countries are alpha-2."""
    metadata: dict[str, str | int | list[int] | list[str]] = {
        "document_id": document.id,
        "source": document.name,
        "title": document.title,
        "page": passage.page,
        "pages": passage.pages,
        "label": label,
        "section": passage.section,
        "language": document.language,
    }
    return metadata | ({"countries": list(countries)} if countries else {})  # Chroma takes no empty list
