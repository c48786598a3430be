"""A file's way into the library: read ahead, found by full text at once, by meaning when its vectors are in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import Failure, PageState, Status
from ingest.limits import Limits
from ingest.load import TESSERACT_FAILED, misnamed_message, unread_pages_message
from ingest.ocr import ocr_languages, reads_other_scripts
from vectorstore.read_ahead import ComingFile, Read, read_ahead
from vectorstore.records import DocumentRecord

if TYPE_CHECKING:
    from vectorstore.library import Library

Progress = Callable[[str, int, int], None]
"""Called with a stage ("reading", "embedding"), what is done and the total; a total of 0 is not known yet."""
Start = Callable[[int, str], None]
"""Called with a file's number, from 1, and its name when it is its turn."""
_SENTENCES_AT_ONCE = 1024
"""Sentences whose vectors are stored together: what a killed process loses at most."""


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


def add_files(
    library: Library, paths: Sequence[Path], limits: Limits | None, report: Progress, start: Start
) -> Iterator[Added]:
    """Add files one after another, and yield how each ended; a file is read while the one before it is embedded.

    The library's lock must be held.
    """

    def on_page(pages: int) -> None:
        report("reading", pages, 0)

    def is_wanted(document_id: str) -> bool:
        known = library.catalogue.document(document_id)
        return known is None or known.status is not Status.READY or _can_read_more(library, known)

    with ThreadPoolExecutor(1) as loader, closing(read_ahead(paths, is_wanted, limits, on_page)) as files:
        loading = None
        for file in files:
            start(file.number, file.path.name)
            read = None
            if is_wanted(file.id):  # asked again: the file before may have held the same bytes
                # Chroma takes over a second to import: that is done while the first file is read.
                loading = loading or loader.submit(import_module, "chromadb")
                read = file.result()
            added = _store(library, file, read)
            embed_waiting(library, report)
            yield added


def _store(library: Library, file: ComingFile, read: Read | None) -> Added:
    """Make a file that was read visible, found by full text."""
    known = library.catalogue.document(file.id)
    if known is not None and known.status is Status.READY and (read is None or read.document is None):
        message = "already in the library" + (f" as {known.name}" if known.name != file.path.name else "")
        if read is not None:  # what was read before is not lost
            message = f"kept as it was: {read.error}"
        return Added(known.name, known.status, known.pages, known.passages, message, file.id, new=False)
    assert read is not None
    if read.document is not None:
        unread = misnamed_message(read.document) or unread_pages_message(read.document.pages)
        message = f"ready, but {unread}" if unread else "ready"
        library.store_document(file.path, read.document, read.passages, message)
        counts = len(read.document.pages), len(read.passages)
        return Added(read.document.name, Status.READY, *counts, message, read.document.id)
    assert read.error is not None
    failure = Failure(file.path.name, read.error.status, str(read.error), file.id)
    library.store_failure(failure)
    return Added(failure.name, failure.status, failure.pages, 0, failure.message, failure.id)


def _can_read_more(library: Library, document: DocumentRecord) -> bool:
    """Return whether pages that gave no text could be read now: Tesseract, or a language of its, was installed."""
    states = library.catalogue.page_states(document.id)
    scans = PageState.NO_TEXT in states and bool(ocr_languages()) and TESSERACT_FAILED not in document.message
    return scans or (PageState.GARBLED in states and reads_other_scripts())


def embed_waiting(library: Library, report: Progress) -> None:
    """Make the vectors of all documents that are found by full text alone; the library's lock must be held.

    Raises:
        EmbedderMissing: the embedding model is not where the setting says.
    """
    for document in library.catalogue.unembedded():
        _embed(library, document, report)


def _embed(library: Library, document: DocumentRecord, report: Progress) -> None:
    catalogue = library.catalogue
    missing = catalogue.vectors.missing(document.id)
    ids, texts, done = list(missing), list(missing.values()), 0
    while done < len(ids):
        part, before = slice(done, done + _SENTENCES_AT_ONCE), done
        vectors = library.embedder.embed(texts[part], lambda count: report("embedding", before + count, len(ids)))  # noqa: B023
        with catalogue.transaction():
            catalogue.set_meta("embedder", library.embedder.name)
            catalogue.vectors.fill(ids[part], vectors)
        done += len(vectors)
    library.index_document(document.id)
