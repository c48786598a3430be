"""Put a damaged catalogue aside, begin a new one, and take over what can still be read of the old one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.documents import Document, FileType, PageUnit, Passage, Sentence, Status
from ingest.messages import Message, message
from vectorstore.catalogue import Catalogue
from vectorstore.catalogue_reader import CatalogueReader
from vectorstore.connection import busy, open_connection
from vectorstore.errors import CatalogueDamaged, IncompatibleLibrary, LibraryError
from vectorstore.originals import Originals
from vectorstore.private import private_files
from vectorstore.records import DocumentRecord, Scope
from vectorstore.stores import CATALOGUE, LOCK

_TABLES = ("documents", "pages", "passages", "sentences", "cases", "vectors", "passage_vectors", "meta")


def damage_of(path: Path) -> str:
    """Return why the catalogue at ``path`` cannot be used any more; nothing where it can.

    Damage of the full-text index alone does not count: that is rebuilt from the tables.
    """
    try:
        catalogue = Catalogue(path)
    except (CatalogueDamaged, IncompatibleLibrary) as error:
        return str(error)
    try:
        catalogue.full_text.rebuild()
        problems = catalogue.integrity()
        for table in () if problems else _TABLES:
            catalogue.read_all(table)
        for document in catalogue.documents():
            catalogue.passages_of(document.id)
    except CatalogueDamaged as error:
        return str(error)
    finally:
        with contextlib.suppress(LibraryError):
            catalogue.close()
    return problems[0] if problems else ""


def mend(home: Path) -> list[Message]:
    """Put the catalogue of a library aside if it is damaged, and begin a new one; return what there is to say.

    Raises:
        LibraryBusy: another process is writing.
        LibraryReadOnly: nothing can be written.
    """
    path = home / CATALOGUE
    if not path.is_file():
        return []
    lock = FileLock(home / LOCK, timeout=0)
    try:
        with private_files():
            lock.acquire()
    except Timeout:
        raise busy(home) from None
    try:
        return put_aside(home) if damage_of(path) else []
    finally:
        lock.release()


def put_aside(home: Path) -> list[Message]:
    """Begin a new catalogue; return what there is to say about the old one, which is kept beside it.

    Names, days and details go to the originals, which are to be read again. Documents whose original is gone are taken
    over as far as they can be read. The library's lock must be held, and nothing else may have the catalogue open.
    """
    path = home / CATALOGUE
    aside = _free_name(path)
    for end in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(f"{path.name}{end}").replace(aside.with_name(f"{aside.name}{end}"))
    lines = [
        message(
            "The damaged {old} is kept as {new}: delete that file when nothing is missing.",
            old=path.name,
            new=aside.name,
        )
    ]
    catalogue = Catalogue(path)
    try:
        lines += _take_over(aside, catalogue, Originals(home))
    finally:
        catalogue.close()
    return lines


def _free_name(path: Path) -> Path:
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    names = (path.with_name(f"{path.name}.damaged-{day}{f'-{n}' if n else ''}") for n in range(10_000))
    return next(name for name in names if not name.exists())


def _take_over(aside: Path, catalogue: Catalogue, originals: Originals) -> list[Message]:
    try:
        connection = open_connection(aside)
    except LibraryError:
        return []
    lines, kept = list[Message](), originals.ids()
    try:
        old = CatalogueReader(connection)
        for record in _readable(old, connection):
            if record.id in kept:
                if originals.about(record.id) is None:
                    originals.note(record)
                continue
            try:
                _take_document(old, record, catalogue)
            except (LibraryError, ValueError, TypeError):
                lines.append(
                    message(
                        "{name} is lost: its original is not in files/, and its text cannot be read. Add it again.",
                        name=record.name,
                    )
                )
    finally:
        connection.close()
    return lines


def _readable(old: CatalogueReader, connection: sqlite3.Connection) -> list[DocumentRecord]:
    """Return the documents that can be read, one by one: a damaged page of the file holds some of them."""
    found: dict[str, DocumentRecord] = {}
    for order in ("ASC", "DESC"):  # from both ends, up to the damage
        with contextlib.suppress(LibraryError, ValueError, TypeError):
            for (number,) in connection.execute(f"SELECT id FROM documents ORDER BY id {order}"):
                with contextlib.suppress(LibraryError, ValueError, TypeError):
                    record = old.document(number) if number not in found else None
                    if record is not None:
                        found[number] = record
    return list(found.values())


def _take_document(old: CatalogueReader, record: DocumentRecord, catalogue: Catalogue) -> None:
    with catalogue.transaction():
        if record.status is not Status.READY:
            catalogue.insert_record(record)
            return
        pages = [old.page(record.id, number) for number in sorted(old.page_labels(record.id))]
        if len(pages) != record.pages or None in pages:
            raise ValueError("pages are missing")
        document = Document(
            record.id,
            record.name,
            FileType(record.file_type),
            tuple(page for page in pages if page is not None),
            record.title,
            record.author,
            record.year,
            PageUnit(record.unit),
            record.language,
            record.symbol,
            record.publisher,
            record.date,
            record.case,
        )
        passages = list(_passages(old, record.id))
        if len(passages) != record.passages:
            raise ValueError("passages are missing")
        catalogue.insert_document(document, passages, record.message, record.added_at)
        if record.edited:
            catalogue.set_details(record.id, record.details)


def _passages(old: CatalogueReader, document_id: str) -> Iterable[Passage]:
    ids = old.passage_ids(Scope((document_id,)))
    sentences = old.sentences_of(ids)
    sources = old.case_sources(ids)
    for passage in old.passages_of(document_id):
        own = [s for s in sentences if s.passage == passage.id]
        yield Passage(
            tuple(Sentence(s.spans, s.text, s.kind, s.paragraph, passage.section, s.header) for s in own),
            passage.spans,
            passage.text,
            passage.section,
            passage.context,
            sources.get(passage.id, {}),
        )
