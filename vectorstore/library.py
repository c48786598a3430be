"""The library: one folder that holds the files, the catalogue (truth) and the vector index (rebuildable).

library/
  catalogue.sqlite   documents, pages, passages, sentences, vectors, full-text index
  chroma/            the vector index
  files/             the originals, named by their SHA-256
  library.lock       held while something is written
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from ingest.documents import Document, Failure, Page, Passage
from ingest.limits import Limits
from ingest.messages import Message, message
from vectorstore.adding import Added, Progress, Start, add_files, embed_waiting
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import Embedder, open_embedder
from vectorstore.errors import IncompatibleLibrary, LibraryBusy, UnknownDocument
from vectorstore.index import VectorIndex
from vectorstore.records import Details, DocumentRecord, Scope
from vectorstore.reranker import Reranker
from vectorstore.routing import Cards, make_card
from vectorstore.upkeep import REBUILD, fill_index, find_problems, recover

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEAD_CHARACTERS = 800
"""Of a document's first page, that may say what it is."""
__all__ = ["Added", "Library", "Progress"]


class Library:
    """The one owner of a library folder. Several threads may read; a writer has a library of its own."""

    def __init__(
        self,
        home: Path,
        embedder: Embedder | None = None,
        chroma_url: str = "",
        reranker: Reranker | None = None,
    ) -> None:
        """Open the library in ``home``, made when missing.

        Args:
            home: The folder.
            embedder: What makes the vectors; the default one where none is given. Loaded at first use.
            chroma_url: A Chroma server's address, in place of the folder.
            reranker: The second stage of retrieval; none by default.
        """
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.embedder = embedder or open_embedder()
        self.reranker = reranker
        self.catalogue = Catalogue(home / "catalogue.sqlite")
        self._chroma_url = chroma_url
        self._lock = FileLock(home / "library.lock", timeout=0)
        self._opening = RLock()
        """Held while something is opened, or read into memory, that all threads share."""
        self._index: VectorIndex | None = None
        self._cards = Cards({})
        self._cards_revision = -1
        self._index_revision = -1
        self._vectors: tuple[NDArray[np.int64], NDArray[np.float16]] | None = None
        self._vectors_revision = -1

    def close(self) -> None:
        """Close the catalogue."""
        self.catalogue.close()

    @property
    def index(self) -> VectorIndex:
        """The vector index, opened at first use and again after another process has written."""
        with self._opening:
            revision = self.catalogue.index_revision()
            if self._index is None or self._index_revision != revision:
                if self._index is not None:
                    from chromadb.api.shared_system_client import SharedSystemClient

                    # A Chroma client keeps its index in memory and misses what other processes write.
                    SharedSystemClient.clear_system_cache()
                self._index = VectorIndex(self.home / "chroma", self._chroma_url)
                self._index_revision = revision
            return self._index

    # -- reading -----------------------------------------------------------------------------------------------

    def find_documents(self, name: str) -> list[DocumentRecord]:
        """Return the documents of that file name, or whose id begins with ``name``, or else whose title it is.

        Raises:
            UnknownDocument: there is none.
        """
        documents = self.catalogue.documents()
        for matches in (
            lambda d: d.name == name,
            lambda d: len(name) >= 6 and d.id.startswith(name.lower()),
            lambda d: name.casefold() in (d.title.casefold(), Path(d.name).stem.casefold()),
        ):
            found = [document for document in documents if matches(document)]
            if found:
                return found
        raise UnknownDocument(message("No document “{name}” in the library: `whrd documents` lists them.", name=name))

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

    def cards(self) -> Cards:
        """Return what is known at a glance of all documents: what a question may name them by."""
        with self._opening:
            revision = self.catalogue.revision()
            if self._cards_revision != revision:
                heads = self.catalogue.heads(_HEAD_CHARACTERS)
                self._cards = Cards({number: make_card(*head) for number, head in heads.items()})
                self._cards_revision = revision
            return self._cards

    def passage_vectors(self) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Return the ids of all passages that have a vector, ascending, and the vectors; kept until they change.

        0.8 MB of memory for 1,000 passages.
        """
        with self._opening:
            revision = self.catalogue.index_revision()
            if self._vectors is None or self._vectors_revision != revision:
                self._vectors = self.catalogue.scope_vectors(Scope())
                self._vectors_revision = revision
            return self._vectors

    # -- writing -----------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's lock; what a killed process left half done is undone first.

        Raises:
            LibraryBusy: another process holds it.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise LibraryBusy(
                message(
                    "Another process is writing to {folder}: wait until it has finished, then try again.",
                    folder=str(self.home),
                )
            ) from None
        try:
            if self.catalogue.pending():
                recover(self)
                self._index_revision = self.catalogue.index_revision()
            yield
        finally:
            self._lock.release()

    def add(self, path: Path, limits: Limits | None = None, on_progress: Progress | None = None) -> Added:
        """Read ``path`` and make it searchable; see ``add_all``."""
        [added] = self.add_all([path], limits, on_progress)
        return added

    def add_all(
        self,
        paths: Sequence[Path],
        limits: Limits | None = None,
        on_progress: Progress | None = None,
        on_start: Start | None = None,
    ) -> Iterator[Added]:
        """Read files, make them searchable and yield how each ended. The same bytes twice are a no-op.

        A file is found by full text before its vectors are made, and by meaning after. What an earlier process left
        without vectors gets them too. A file that cannot be read is kept in the list with its reason; nothing is
        raised for it.

        Raises:
            LibraryBusy: another process is writing.
            IncompatibleLibrary: the library was made with another embedder.
            EmbedderMissing: the embedding model is not where the setting says; the file is found by full text.
        """
        report = on_progress or (lambda stage, done, total: None)
        with self.writing():
            if self.has_other_embedder():
                raise IncompatibleLibrary(self.embedder_message())
            yield from add_files(self, paths, limits, report, on_start or (lambda number, name: None))

    def store_document(self, path: Path, document: Document, passages: Sequence[Passage], outcome: Message) -> None:
        """Make a document visible, found by full text, in place of what was read of the same file before."""
        self.catalogue.begin(document.id)
        self._keep_file(path, document)
        replaced = self.catalogue.vectors.passages_of(document.id)
        known = self.catalogue.document(document.id)
        with self.catalogue.transaction():
            self.catalogue.delete_document(document.id)
            self.catalogue.insert_document(document, passages, outcome)
            if known is not None and known.edited:
                self.catalogue.set_details(document.id, known.details)
            if replaced:
                self.index.delete(list(replaced))
                self._note_index_change()
            self.catalogue.finish(document.id)

    def describe(self, document_id: str, details: Details) -> None:
        """Set a document's title, author, year and symbol, as later citations are to say them.

        Raises:
            UnknownDocument: it is not in the library any more.
            LibraryBusy: another process is writing.
        """
        with self.writing():
            if self.catalogue.document(document_id) is None:
                raise UnknownDocument(message("This report is no longer in the library."))
            with self.catalogue.transaction():
                self.catalogue.set_details(document_id, details)

    def store_failure(self, failure: Failure) -> None:
        """Keep in the list that a file could not be read, and why."""
        with self.catalogue.transaction():
            self.catalogue.delete_document(failure.id)
            self.catalogue.insert_failure(failure)

    def index_document(self, document_id: str) -> None:
        """Let a document be found by meaning; its sentences' vectors are stored."""
        index = self.index
        self.catalogue.begin(document_id)
        # The index is filled before the transaction ends that says so.
        with self.catalogue.transaction():
            self.catalogue.vectors.make_passages(document_id)
            vectors = self.catalogue.vectors.passages_of(document_id)
            index.add(vectors)
            self._note_index_change()
            self.catalogue.finish(document_id)

    def _note_index_change(self) -> None:
        """Let other processes open the index anew; this one has made the change itself."""
        self.catalogue.note_index_change()
        self._index_revision = self.catalogue.index_revision()

    def remove(self, document_id: str) -> None:
        """Remove a document from both stores, with its file.

        Raises:
            LibraryBusy: another process is writing.
        """
        with self.writing():
            passages = list(self.catalogue.vectors.passages_of(document_id))
            index = self.index if passages else None
            self.catalogue.begin(document_id)
            with self.catalogue.transaction():
                self.catalogue.delete_document(document_id)
            if index is not None:
                index.delete(passages)
                self._note_index_change()
            self.file_of(document_id).unlink(missing_ok=True)
            self.catalogue.finish(document_id)
            self.catalogue.compact()

    def verify(self) -> list[str]:
        """Return every disagreement of catalogue, index and files, a line each; none when all is well."""
        return find_problems(self)

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Make the vector index and the full-text index anew from the catalogue.

        Where the embedder is another than the library's, the vectors are made anew too; where vectors are missing,
        they are made.

        Raises:
            LibraryBusy: another process is writing.
            EmbedderMissing: the embedding model is not where the setting says.
        """
        report = on_progress or (lambda stage, done, total: None)
        with self.writing():
            if self.has_other_embedder():
                self.embedder.embed_question("Is the model there?")  # before the old vectors are given up
            self.catalogue.begin(REBUILD)
            if self.has_other_embedder():
                with self.catalogue.transaction():  # two embedders' vectors never stand side by side
                    self.catalogue.vectors.forget()
                    self.catalogue.set_meta("embedder", self.embedder.name)
            self.catalogue.full_text.rebuild()
            fill_index(self, report)
            self._note_index_change()
            self.catalogue.finish(REBUILD)
            embed_waiting(self, report)

    def _keep_file(self, path: Path, document: Document) -> None:
        folder = self.home / "files"
        folder.mkdir(exist_ok=True)
        target = folder / f"{document.id}.{document.file_type}"
        partial = target.with_suffix(".partial")
        shutil.copyfile(path, partial)
        partial.replace(target)

    def has_other_embedder(self) -> bool:
        """Return whether the library's vectors were made with another embedder than the one it was opened with."""
        return self.catalogue.meta("embedder") not in (None, self.embedder.name)

    def embedder_message(self) -> Message:
        """Return the line that says which embedder the library wants, and the remedy."""
        return message(
            "The library’s vectors were made with {embedder}, the setting is {setting}:"
            " run `whrd rebuild`, or unset WHRD_EMBEDDER.",
            embedder=str(self.catalogue.meta("embedder")),
            setting=self.embedder.name,
        )
