"""The library: one folder, its lock, its stores, and the models that search it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

from filelock import FileLock, Timeout

from ingest.documents import Page, Status
from ingest.finding import Found
from ingest.language.folding import fold, visible
from ingest.limits import Limits
from ingest.messages import Message, message
from reader.reader import Reader
from vectorstore.adding import Start, add_files
from vectorstore.catalogue import Catalogue
from vectorstore.connection import busy, read_only
from vectorstore.embeddings import Embedder, open_embedder
from vectorstore.errors import IncompatibleLibrary, IndexDamaged, LibraryFull, UnknownDocument
from vectorstore.index import VectorIndex
from vectorstore.private import private_files
from vectorstore.records import Added, Details, DocumentRecord, Progress
from vectorstore.restoring import notes_on, rebuild
from vectorstore.routing import Cards, make_card
from vectorstore.same_names import SameName
from vectorstore.sentence_cache import SentenceCache
from vectorstore.sources import Source
from vectorstore.stores import LOCK, Stores
from vectorstore.upkeep import Recall, find_problems, index_recall, recover, settle_files

_HEAD_CHARACTERS = 800
"""Of a document's first page, which may say what it is."""
__all__ = ["Added", "Library", "Progress"]


class Library:
    """The one owner of a library folder. Several threads may read; a writer has a library of its own."""

    def __init__(
        self,
        home: Path,
        embedder: Embedder | None = None,
        chroma_url: str = "",
        reader: Reader | None = None,
        stores: Stores | None = None,
    ) -> None:
        """Open the library in ``home``; it is created where there is none.

        Args:
            home: The folder.
            embedder: Makes the vectors; the default one where none is given. Loaded at first use.
            chroma_url: A Chroma server's address, in place of the folder's own index.
            reader: Judges whether quotes bear a sentence out, and whether passages answer; none by default.
            stores: The folder's stores, where they are open already.
        """
        self.home = home
        self.embedder = embedder or open_embedder()
        self.reader = reader
        self.stores = stores or Stores(home, chroma_url)
        self.sentences = SentenceCache(self.stores.catalogue)
        self._lock = FileLock(home / LOCK, timeout=0)
        self._opening = RLock()
        """Held while something that all threads share is read into memory."""
        self._cards = Cards({})
        self._language = ""
        self._cards_revision = self._language_revision = -1

    def close(self) -> None:
        """Close the stores."""
        self.stores.close()

    @property
    def catalogue(self) -> Catalogue:
        """Documents, pages, passages and sentences."""
        return self.stores.catalogue

    @property
    def index(self) -> VectorIndex:
        """The vector index; see ``Stores.index``."""
        return self.stores.index

    # -- reading -----------------------------------------------------------------------------------------------

    def find_documents(self, name: str) -> list[DocumentRecord]:
        """Return the documents of that file name, or whose id begins with ``name``, or else whose title it is.

        Raises:
            UnknownDocument: there is none.
        """
        documents, wanted = self.catalogue.documents(), fold(name)
        for matches in (
            lambda d: d.name == name,
            lambda d: visible(d.name) == visible(name),  # file systems differ in how they write "é"
            lambda d: len(name) >= 6 and d.id.startswith(name.lower()),
            lambda d: wanted in (fold(d.title), fold(Path(d.name).stem), fold(d.name)),
        ):
            found = [document for document in documents if matches(document)]
            if found:
                return found
        raise UnknownDocument(message("No document “{name}” in the library: `whrd documents` lists them.", name=name))

    def file_of(self, document_id: str) -> Path:
        """Return the library's own copy of the original file."""
        return self.stores.file_of(document_id)

    def page(self, document_id: str, number: int) -> Page:
        """Return a page.

        Raises:
            UnknownDocument: the document was removed, or has no such page.
        """
        return self.stores.page(document_id, number)

    def cards(self) -> Cards:
        """Return the names and first lines of all documents: what a question may name them by."""
        with self._opening:
            revision = self.catalogue.revision()
            if self._cards_revision != revision:
                heads = self.catalogue.heads(_HEAD_CHARACTERS)
                self._cards = Cards({number: make_card(*head) for number, head in heads.items()})
                self._cards_revision = revision
            return self._cards

    def language(self) -> str:
        """Return the language of most passages, ISO 639-1; English where none is known, nothing in an empty library."""
        with self._opening:
            revision = self.catalogue.revision()
            if self._language_revision != revision:
                counts: Counter[str] = Counter()
                for document in self.catalogue.documents(Status.READY):
                    counts[document.language or "en"] += document.passages
                self._language = counts.most_common(1)[0][0] if counts else ""
                self._language_revision = revision
            return self._language

    # -- writing -----------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self, on_full_disk: bool = False) -> Iterator[None]:
        """Hold the library's lock; what a killed process left half done is undone first.

        With ``on_full_disk`` that waits for the next writer where there is no room for it.

        Raises:
            LibraryBusy: another process holds it.
            LibraryReadOnly: nothing can be written.
            LibraryFull: the disk is full.
        """
        if self.stores.read_only:
            raise read_only(self.home)
        with private_files():
            try:
                self._lock.acquire()
            except Timeout:
                raise busy(self.home) from None
        try:
            try:
                settle_files(self.stores)
                if self.catalogue.pending() or self.stores.has_old_index():
                    recover(self.stores)
            except LibraryFull:
                if not on_full_disk:
                    raise
            yield
        except LibraryFull:
            self.catalogue.shrink_log()  # it is as long as what could not be written: a removal needs that room
            raise
        finally:
            self._lock.release()

    def add(self, path: Path, limits: Limits | None = None, on_progress: Progress | None = None) -> Added:
        """Read ``path`` and make it searchable; see ``add_all``."""
        [added] = self.add_all([path], limits, on_progress)
        return added

    def add_all(
        self,
        paths: Sequence[Path | Found],
        limits: Limits | None = None,
        on_progress: Progress | None = None,
        on_start: Start | None = None,
        replaces: SameName | None = None,
    ) -> Iterator[Added]:
        """Read files, make them searchable and yield how each ended. The same bytes twice are a no-op.

        Full text finds a file before its vectors are made, meaning finds it after. Documents that an earlier process
        left without vectors get them too. A file that cannot be read is kept in the list with its reason; nothing is
        raised for it. ``replaces`` is asked where another document has the name of a new one; see
        ``vectorstore.same_names``.

        Raises:
            LibraryBusy: another process is writing.
            LibraryFull: the disk is full; the files before are in the library.
            IncompatibleLibrary: the library was made with another embedder.
            EmbedderMissing: the embedding model is not where the setting says; full text finds the file.
        """
        report = on_progress or (lambda stage, done, total: None)
        with self.writing():
            if self.has_other_embedder():
                raise IncompatibleLibrary(self.embedder_message())
            start = on_start or (lambda number, name: None)
            files = [path if isinstance(path, Found) else Found(path) for path in paths]
            yield from add_files(self.stores, self.embedder, files, limits, report, start, replaces=replaces)

    def describe(self, document_id: str, details: Details) -> None:
        """Set what later citations say of a document.

        Raises:
            UnknownDocument: it is not in the library any more.
            LibraryBusy: another process is writing.
        """
        with self.writing():
            self.stores.describe(document_id, details)

    def note_source(self, document_id: str, source: Source) -> None:
        """Keep the address that a document was fetched from.

        Raises:
            LibraryBusy: another process is writing.
        """
        with self.writing(), self.catalogue.transaction():
            self.catalogue.sources.note(document_id, source)

    def remove(self, document_id: str) -> None:
        """Remove a document from both stores, with its file. It works on a full disk too: it is how room is made.

        Raises:
            LibraryBusy: another process is writing.
        """
        with self.writing(on_full_disk=True):
            if not self.stores.remove(document_id) or self.catalogue.pending():
                with suppress(LibraryFull, IndexDamaged):  # answers do without the index until there is room
                    recover(self.stores)

    # -- upkeep ------------------------------------------------------------------------------------------------

    def verify(self) -> list[str]:
        """Return every disagreement of catalogue, index and files, a line each; none when all is well."""
        problems = find_problems(self.stores) + [
            f"the addition of {name} was interrupted: the next `whrd ingest` clears it up"
            for name in self._left_copies()
        ]
        return problems + ([str(self.embedder_message())] if self.has_other_embedder() else [])

    def notes(self) -> list[Message]:
        """Return what is amiss with the list of documents and `whrd rebuild` sets right; quickly found."""
        return notes_on(self.stores)

    def _left_copies(self) -> list[str]:
        """Return the names of files that were being read when their process was killed."""
        if self.stores.read_only:
            return []
        try:
            with private_files(), self._lock:  # else they are of a process that is at work
                return self.stores.originals.unsettled()
        except Timeout:
            return []

    def index_recall(self) -> Recall | None:
        """Return how exact the index is; see ``vectorstore.upkeep``."""
        return index_recall(self.stores)

    def rebuild(self, on_progress: Progress | None = None, from_files: bool = False) -> list[Message]:
        """Read originals that the catalogue does not know, or an earlier version read; rebuild both indexes.

        Where the embedder is not the library's, the vectors are made again too; missing vectors are made.

        Args:
            on_progress: Told how far it is.
            from_files: Read all originals again.

        Returns:
            A line for each original that could not be read.

        Raises:
            LibraryBusy: another process is writing.
            EmbedderMissing: the embedding model is not where the setting says.
        """
        report = on_progress or (lambda stage, done, total: None)
        with self.writing():
            return rebuild(self.stores, self.embedder, report, from_files)

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
