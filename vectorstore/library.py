"""The library: one folder that holds the files, the catalogue (truth) and the vector index (rebuildable).

library/
  catalogue.sqlite   documents, pages, passages, sentences, vectors, full-text index
  chroma/            the vector index
  files/             the originals, named by their SHA-256
  library.lock       held while something is written
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.cases import assign_cases
from ingest.documents import Document, Failure, Page, PageState, Passage, Status
from ingest.errors import IngestError, NoText
from ingest.limits import Limits
from ingest.load import TESSERACT_FAILED, load, sha256_of, unread_pages_message
from ingest.ocr import ocr_languages, reads_other_scripts
from ingest.passages import embedding_texts, split_passages
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import Embedder, open_embedder
from vectorstore.errors import IncompatibleLibrary, LibraryBusy, UnknownDocument
from vectorstore.index import VectorIndex
from vectorstore.records import DocumentRecord, Scope, StoredSentence

Progress = Callable[[str, int, int], None]
"""Called with a stage ("reading", "embedding"), what is done and the total; a total of 0 is not known yet."""
_REBUILD = "rebuild"
"""Stands for a document's id among the work under way."""
_SAME = 1e-4
"""Largest difference of a stored and an indexed number that counts as none."""


@dataclass(frozen=True, slots=True)
class Added:
    """How the ingest of one file ended: the contract of ``whrd ingest --json``."""

    document: str
    status: Status
    pages: int
    passages: int
    message: str
    id: str = ""
    new: bool = True


class Library:
    """The one owner of a library folder."""

    def __init__(self, home: Path, embedder: Embedder | None = None, chroma_url: str = "") -> None:
        """Open the library in ``home``, made when missing.

        Args:
            home: The folder.
            embedder: What makes the vectors; the default one where none is given. Loaded at first use.
            chroma_url: A Chroma server's address, in place of the folder.
        """
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.embedder = embedder or open_embedder()
        self.catalogue = Catalogue(home / "catalogue.sqlite")
        self._chroma_url = chroma_url
        self._lock = FileLock(home / "library.lock", timeout=0)
        self._index: VectorIndex | None = None
        self._index_revision = -1

    def close(self) -> None:
        """Close the catalogue."""
        self.catalogue.close()

    @property
    def index(self) -> VectorIndex:
        """The vector index, opened at first use and again after another process has written."""
        revision = self.catalogue.revision()
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
        raise UnknownDocument(f"No document {name!r} in the library: `whrd documents` lists them.")

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
            raise UnknownDocument(f"Page {number} of document {document_id[:12]} is not in the library any more.")
        return page

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
                f"Another process is writing to {self.home}: wait until it has finished, then try again."
            ) from None
        try:
            if self.catalogue.pending():
                self._recover()
            yield
        finally:
            self._lock.release()

    def add(self, path: Path, limits: Limits | None = None, on_progress: Progress | None = None) -> Added:
        """Read ``path`` and make it searchable. The same bytes twice are a no-op.

        A file that cannot be read is kept in the list with its reason; nothing is raised for it.

        Raises:
            LibraryBusy: another process is writing.
            IncompatibleLibrary: the library was made with another embedder.
        """
        report = on_progress or (lambda stage, done, total: None)
        with self.writing():
            self._check_embedder()
            document_id = sha256_of(path)
            known = self.catalogue.document(document_id)
            if known is not None and known.status is Status.READY and not self._can_read_more(known):
                message = "already in the library" + (f" as {known.name}" if known.name != path.name else "")
                return Added(known.name, known.status, known.pages, known.passages, message, document_id, new=False)
            try:
                document = load(path, limits, lambda pages: report("reading", pages, 0))
                passages = assign_cases(document, split_passages(document))
                if not passages:
                    raise NoText(f"{path.name} holds no words: there is nothing to search in it.")
            except IngestError as error:
                if known is not None and known.status is Status.READY:  # what was read before is not lost
                    message = f"kept as it was: {error}"
                    return Added(known.name, known.status, known.pages, known.passages, message, document_id, new=False)
                return self._add_failure(Failure(path.name, error.status, str(error), document_id))
            return self._add_document(path, document, passages, report)

    def _can_read_more(self, document: DocumentRecord) -> bool:
        """Return whether pages that gave no text could be read now: Tesseract, or a language of its, was installed."""
        states = self.catalogue.page_states(document.id)
        scans = PageState.NO_TEXT in states and bool(ocr_languages()) and TESSERACT_FAILED not in document.message
        return scans or (PageState.GARBLED in states and reads_other_scripts())

    def _add_document(self, path: Path, document: Document, passages: list[Passage], report: Progress) -> Added:
        texts = [text for passage in passages for text in embedding_texts(passage.section, passage.context, passage.sentences)]
        vectors = self.embedder.embed(texts, lambda done: report("embedding", done, len(texts)))
        unread = unread_pages_message(document.pages)
        message = f"ready, but {unread}" if unread else "ready"
        index = self.index
        self.catalogue.begin(document.id)
        self._keep_file(path, document)
        # The one transaction that makes the document visible; the index is filled before it ends.
        with self.catalogue.transaction():
            replaced = self.catalogue.sentence_ids(document.id)
            self.catalogue.delete_document(document.id)
            self.catalogue.insert_document(document, passages, vectors, message)
            index.add(self.catalogue.sentence_ids(document.id), vectors)
            index.delete(replaced)
            self.catalogue.finish(document.id)
        self._index_revision = self.catalogue.revision()
        return Added(document.name, Status.READY, len(document.pages), len(passages), message, document.id)

    def _add_failure(self, failure: Failure) -> Added:
        with self.catalogue.transaction():
            self.catalogue.delete_document(failure.id)
            self.catalogue.insert_failure(failure)
        return Added(failure.name, failure.status, failure.pages, 0, failure.message, failure.id)

    def remove(self, document_id: str) -> None:
        """Remove a document from both stores, with its file.

        Raises:
            LibraryBusy: another process is writing.
        """
        with self.writing():
            sentences = self.catalogue.sentence_ids(document_id)
            index = self.index if sentences else None
            self.catalogue.begin(document_id)
            with self.catalogue.transaction():
                self.catalogue.delete_document(document_id)
            if index is not None:
                index.delete(sentences)
            self.file_of(document_id).unlink(missing_ok=True)
            self.catalogue.finish(document_id)
            self.catalogue.compact()
            self._index_revision = self.catalogue.revision()

    def verify(self) -> list[str]:
        """Return every disagreement of catalogue, index and files, a line each; none when all is well."""
        problems = self.catalogue.check()
        problems += [f"work on document {name[:12]} was cut off" for name in self.catalogue.pending()]
        stored, indexed = set(self.catalogue.sentence_ids()), self.index.ids()
        if stored - indexed:
            problems.append(f"{len(stored - indexed)} sentences are missing in the vector index")
        if indexed - stored:
            problems.append(f"{len(indexed - stored)} vectors in the index belong to no document")
        for document in self.catalogue.documents(Status.READY):
            file = self.file_of(document.id)
            if not file.is_file():
                problems.append(f"the file of {document.name} is missing")
            elif sha256_of(file) != document.id:
                problems.append(f"the file of {document.name} was changed")
            wrong = self._wrong_vectors(document.id)
            if wrong:
                problems.append(f"{wrong} vectors of {document.name} differ between catalogue and index")
        if self.has_other_embedder():
            problems.append(self.embedder_message())
        return problems

    def _wrong_vectors(self, document_id: str) -> int:
        stored = dict(self.catalogue.all_vectors(document_id))
        indexed = self.index.vectors(list(stored))
        return sum(
            number in indexed and bool(abs(indexed[number] - vector).max() > _SAME) for number, vector in stored.items()
        )

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Make the vector index and the full-text index anew from the catalogue.

        Where the embedder is another than the library's, the vectors are made anew too.

        Raises:
            LibraryBusy: another process is writing.
        """
        report = on_progress or (lambda stage, done, total: None)
        with self.writing():
            self.catalogue.begin(_REBUILD)
            if self.has_other_embedder():
                self._embed_anew(report)
            self.catalogue.rebuild_full_text()
            self._fill_index(report)
            self.catalogue.finish(_REBUILD)
            self._index_revision = self.catalogue.revision()

    def _embed_anew(self, report: Progress) -> None:
        """Replace all vectors in one transaction: two embedders' vectors never stand side by side."""
        documents = self.catalogue.documents(Status.READY)
        with self.catalogue.transaction():
            for done, document in enumerate(documents, start=1):
                texts = self._embedding_texts(document.id)
                vectors = self.embedder.embed(list(texts.values()))
                self.catalogue.set_vectors(zip(texts, vectors, strict=True))
                report("embedding", done, len(documents))
            self.catalogue.set_meta("embedder", self.embedder.name)

    def _embedding_texts(self, document_id: str) -> dict[int, str]:
        """Return what is embedded for every sentence (id) of a document."""
        texts: dict[int, str] = {}
        passages = self.catalogue.passages(self.catalogue.passage_ids(Scope((document_id,))))
        grouped: dict[int, list[StoredSentence]] = {number: [] for number in passages}
        for sentence in self.catalogue.sentences_of(passages):
            grouped[sentence.passage].append(sentence)
        for number, sentences in grouped.items():
            passage = passages[number]
            found = embedding_texts(passage.section, passage.context, sentences)
            texts |= zip((sentence.id for sentence in sentences), found, strict=True)
        return texts

    def _fill_index(self, report: Progress) -> None:
        """Empty the index and fill it from the catalogue."""
        import numpy as np

        index, documents = self.index, self.catalogue.documents(Status.READY)
        index.clear()
        for done, document in enumerate(documents, start=1):
            stored = dict(self.catalogue.all_vectors(document.id))
            index.add(list(stored), np.stack(list(stored.values())))
            report("rebuilding", done, len(documents))

    def _keep_file(self, path: Path, document: Document) -> None:
        folder = self.home / "files"
        folder.mkdir(exist_ok=True)
        target = folder / f"{document.id}.{document.file_type}"
        partial = target.with_suffix(".partial")
        shutil.copyfile(path, partial)
        partial.replace(target)

    def _recover(self) -> None:
        """Undo what a killed process left, or finish it: a rebuild begins again, a document is gone or whole."""
        pending = self.catalogue.pending()
        if _REBUILD in pending:
            self._fill_index(lambda stage, done, total: None)
        else:
            self.index.delete(sorted(self.index.ids() - set(self.catalogue.sentence_ids())))
        known = {document.id for document in self.catalogue.documents(Status.READY)}
        for file in (self.home / "files").glob("*"):
            if file.name.split(".")[0] not in known or file.suffix == ".partial":
                file.unlink()
        for name in pending:
            self.catalogue.finish(name)
        self.catalogue.compact()
        self._index_revision = self.catalogue.revision()

    def _check_embedder(self) -> None:
        if self.has_other_embedder():
            raise IncompatibleLibrary(self.embedder_message())
        self.catalogue.set_meta("embedder", self.embedder.name)

    def has_other_embedder(self) -> bool:
        """Return whether the library's vectors were made with another embedder than the one it was opened with."""
        return self.catalogue.meta("embedder") not in (None, self.embedder.name)

    def embedder_message(self) -> str:
        """Return the line that says which embedder the library wants, and the remedy."""
        return (
            f"The library's vectors were made with {self.catalogue.meta('embedder')}, the setting is"
            f" {self.embedder.name}: run `whrd rebuild`, or unset WHRD_EMBEDDER."
        )
