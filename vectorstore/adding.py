"""How a file enters the library: read ahead, found by full text at once, and by meaning once its vectors are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from importlib import import_module

from ingest.documents import Document, Failure, PageState, Status
from ingest.finding import Found
from ingest.language.folding import visible
from ingest.limits import Limits
from ingest.load import GARBLED_FAILED, TESSERACT_FAILED, remarks_message
from ingest.messages import Message, message
from ingest.ocr import ocr_languages, reads_other_scripts
from vectorstore.embeddings import Embedder
from vectorstore.read_ahead import ComingFile, Read, read_ahead
from vectorstore.records import Added, DocumentRecord, Progress
from vectorstore.same_names import SameName, tell_same_names
from vectorstore.stores import Stores

READY = message("ready")
"""Said of a document that was read without any trouble."""
Start = Callable[[int, str], None]
"""Called with a file's number, from 1, and its name when it is its turn."""
SENTENCES_AT_ONCE = 1024
"""Sentences whose vectors are stored together: the most that a killed process loses."""


def add_files(
    stores: Stores,
    embedder: Embedder,
    files: Sequence[Found],
    limits: Limits | None,
    report: Progress,
    start: Start,
    at_once: int = SENTENCES_AT_ONCE,
    replaces: SameName | None = None,
) -> Iterator[Added]:
    """Add files one after another, and yield how each ended; a file is read while the one before it is embedded.

    The library's lock must be held. Of every ``at_once`` sentences the vectors are stored together. ``replaces`` is
    asked where a document of the same name and other content was in the library before; without it both are kept.
    """
    before = {document.id for document in stores.catalogue.documents(Status.READY)}

    def on_page(pages: int) -> None:
        report("reading", pages, 0)

    def is_wanted(document_id: str) -> bool:
        known = stores.catalogue.document(document_id)
        return known is None or known.status is not Status.READY or _can_read_more(stores, known)

    ahead = read_ahead(files, stores.originals, is_wanted, limits or Limits(), on_page)
    with ThreadPoolExecutor(1) as loader, closing(ahead) as coming:
        loading: list[Future[object]] = []
        for file in coming:
            start(file.number, file.name)
            read = None
            if not file.id or is_wanted(file.id):  # asked again: the file before may have held the same bytes
                # Both take a second: that is spent while the first file is read.
                loading = loading or [loader.submit(import_module, "chromadb"), loader.submit(embedder.load)]
                read = file.result()
            added = _store(stores, file, read)
            if added.new and added.status is Status.READY:
                added = tell_same_names(stores, added, before, replaces)
            embed_waiting(stores, embedder, report, at_once)
            yield added


def _store(stores: Stores, file: ComingFile, read: Read | None) -> Added:
    """Make a file that was read visible to full text."""
    known = stores.catalogue.document(file.id)
    if known is not None and known.status is Status.READY and (read is None or read.document is None):
        outcome = message("already in the library")
        if known.name != file.name:
            outcome = message("already in the library as {name}", name=known.name)
        if read is not None and read.error is not None:  # what was read before is not lost
            outcome = message("left unchanged: {reason}", reason=read.error.message)
        return Added(known.name, known.status, known.pages, known.passages, outcome, file.id, new=False)
    assert read is not None
    if read.document is not None:
        assert file.copy is not None
        outcome = outcome_of(read.document)
        stores.store_document(file.copy, read.document, read.passages, outcome)
        counts = len(read.document.pages), len(read.passages)
        return Added(read.document.name, Status.READY, *counts, outcome, read.document.id)
    assert read.error is not None
    failure = Failure(file.name, read.error.status, read.error.message, file.id)
    if file.id:  # else its bytes are not known: there is nothing that it could be found by again
        stores.store_failure(failure)
    return Added(failure.name, failure.status, failure.pages, 0, failure.message, failure.id)


def outcome_of(document: Document) -> Message:
    """Return what the list of documents says of one that was read."""
    remarks = remarks_message(document)
    return message("ready, but {unread}", unread=remarks) if remarks is not None else READY


def _can_read_more(stores: Stores, document: DocumentRecord) -> bool:
    """Return whether pages that gave no text could be read now: Tesseract, or a language of its, was installed."""
    states = stores.catalogue.page_states(document.id)
    scans = PageState.NO_TEXT in states and bool(ocr_languages()) and not document.message.contains(TESSERACT_FAILED)
    tried = document.message.contains(GARBLED_FAILED)
    return scans or (PageState.GARBLED in states and (reads_other_scripts() if tried else bool(ocr_languages())))


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
        # The model reads words without the signs that nobody sees; a text is known by its own letters.
        seen = [visible(text) for text in texts[part]]
        vectors = embedder.embed(seen, lambda count: report("embedding", before + count, len(ids)))  # noqa: B023
        with catalogue.transaction():
            catalogue.set_meta("embedder", embedder.name)
            catalogue.vectors.fill(ids[part], vectors)
        done += len(vectors)
    stores.index_document(document.id)
