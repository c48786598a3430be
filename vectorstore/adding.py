"""How a file enters the library: read ahead, found by full text at once, and by meaning once its vectors are stored."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.cases import assign_cases
from ingest.documents import Document, Failure, PageState, Passage, Status
from ingest.errors import IngestError, NoText
from ingest.limits import Limits
from ingest.load import TESSERACT_FAILED, load, misnamed_message, sha256_of, unread_pages_message
from ingest.messages import Message, message
from ingest.ocr import ocr_languages, reads_other_scripts
from ingest.passages import split_passages
from vectorstore.embeddings import Embedder
from vectorstore.records import DocumentRecord, Progress
from vectorstore.stores import Stores

READY = message("ready")
"""Said of a document that was read without any trouble."""
Start = Callable[[int, str], None]
"""Called with a file's number, from 1, and its name when it is its turn."""
SENTENCES_AT_ONCE = 1024
"""Sentences whose vectors are stored together: the most that a killed process loses."""


@dataclass(frozen=True, slots=True)
class Added:
    """How the ingest of one file ended: the contract of ``whrd ingest --json``."""

    document: str
    status: Status
    pages: int
    passages: int
    message: Message
    id: str = ""
    new: bool = True


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, or why it was not."""

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    error: IngestError | None = None


@dataclass(slots=True)
class _Ahead:
    """A file that is next: a thread is reading it, unless the library has it already."""

    number: int
    path: Path
    id: str
    known: DocumentRecord | None
    reading: Future[_Read] | None
    shown: threading.Event
    """Set when it is its turn: until then its progress is not reported."""


def add_files(
    stores: Stores,
    embedder: Embedder,
    paths: Sequence[Path],
    limits: Limits | None,
    report: Progress,
    start: Start,
    at_once: int = SENTENCES_AT_ONCE,
) -> Iterator[Added]:
    """Add files one after another, and yield how each ended; a file is read while the one before it is embedded.

    The library's lock must be held. Of every ``at_once`` sentences the vectors are stored together.
    """
    numbered = iter(enumerate(paths, start=1))
    stopped = threading.Event()

    def read(path: Path, shown: threading.Event) -> _Read:
        def on_page(pages: int) -> None:
            if stopped.is_set():
                raise InterruptedError(f"{path.name} is not wanted any more.")
            if shown.is_set():
                report("reading", pages, 0)

        try:
            document = load(path, limits, on_page)
            passages = assign_cases(document, split_passages(document))
            if not passages:
                raise NoText(message("{name} contains no words: there is nothing to search.", name=path.name))
        except IngestError as error:
            return _Read(error=error)
        return _Read(document, tuple(passages))

    def begin(reader: ThreadPoolExecutor) -> _Ahead | None:
        number, path = next(numbered, (0, None))
        if path is None:
            return None
        document_id = sha256_of(path)
        known, shown = stores.catalogue.document(document_id), threading.Event()
        wanted = known is None or known.status is not Status.READY or _can_read_more(stores, known)
        reading = reader.submit(read, path, shown) if wanted else None
        return _Ahead(number, path, document_id, known, reading, shown)

    with ThreadPoolExecutor(1, thread_name_prefix="read ahead") as reader:
        try:
            ahead = begin(reader)
            while ahead is not None:
                current = ahead
                start(current.number, current.path.name)
                current.shown.set()
                added = _store(stores, current)
                # Not before the file is stored: the next one may hold the same bytes.
                ahead = begin(reader)
                embed_waiting(stores, embedder, report, at_once)
                yield added
        finally:
            stopped.set()


def _store(stores: Stores, file: _Ahead) -> Added:
    """Wait for the file's reading and make it visible, found by full text."""
    known = file.known if file.known is not None and file.known.status is Status.READY else None
    read = file.reading.result() if file.reading is not None else None
    if known is not None and (read is None or read.document is None):
        outcome = message("already in the library")
        if known.name != file.path.name:
            outcome = message("already in the library as {name}", name=known.name)
        if read is not None and read.error is not None:  # what was read before is not lost
            outcome = message("left unchanged: {reason}", reason=read.error.message)
        return Added(known.name, known.status, known.pages, known.passages, outcome, file.id, new=False)
    if read is not None and read.document is not None:
        unread = misnamed_message(read.document) or unread_pages_message(read.document.pages)
        outcome = message("ready, but {unread}", unread=unread) if unread is not None else READY
        stores.store_document(file.path, read.document, read.passages, outcome)
        counts = len(read.document.pages), len(read.passages)
        return Added(read.document.name, Status.READY, *counts, outcome, read.document.id)
    assert read is not None
    assert read.error is not None
    failure = Failure(file.path.name, read.error.status, read.error.message, file.id)
    stores.store_failure(failure)
    return Added(failure.name, failure.status, failure.pages, 0, failure.message, failure.id)


def _can_read_more(stores: Stores, document: DocumentRecord) -> bool:
    """Return whether pages that gave no text could be read now: Tesseract, or a language of its, was installed."""
    states = stores.catalogue.page_states(document.id)
    scans = PageState.NO_TEXT in states and bool(ocr_languages()) and not document.message.contains(TESSERACT_FAILED)
    return scans or (PageState.GARBLED in states and reads_other_scripts())


def embed_waiting(stores: Stores, embedder: Embedder, report: Progress, at_once: int = SENTENCES_AT_ONCE) -> None:
    """Make the vectors of all documents that only full text finds so far; the library's lock must be held.

    Raises:
        EmbedderMissing: the embedding model is not where the setting says.
    """
    for document in stores.catalogue.unembedded():
        _embed(stores, embedder, document, report, at_once)


def _embed(stores: Stores, embedder: Embedder, document: DocumentRecord, report: Progress, at_once: int) -> None:
    catalogue = stores.catalogue
    missing = catalogue.vectors.missing(document.id)
    ids, texts, done = list(missing), list(missing.values()), 0
    while done < len(ids):
        part, before = slice(done, done + at_once), done
        vectors = embedder.embed(texts[part], lambda count: report("embedding", before + count, len(ids)))  # noqa: B023
        with catalogue.transaction():
            catalogue.set_meta("embedder", embedder.name)
            catalogue.vectors.fill(ids[part], vectors)
        done += len(vectors)
    stores.index_document(document.id)
