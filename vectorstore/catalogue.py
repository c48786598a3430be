"""The catalogue in SQLite: documents, pages, passages, sentences, cases.

All SQL over it is here and in ``catalogue_reader.py``, ``stored_vectors.py``, ``full_text.py``, ``queries.py``,
``catalogue.sql`` and ``full_text.sql``, so that another database can take SQLite's place.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from ingest.documents import Document, Failure, PageUnit, Passage, Status
from ingest.language.detection import unspaced_runs
from ingest.messages import Message, message_json
from ingest.passages import embedding_texts
from ingest.symbols import find_symbol
from vectorstore.catalogue_reader import CatalogueReader
from vectorstore.errors import IncompatibleLibrary
from vectorstore.records import Details, DocumentRecord
from vectorstore.rows import (
    DOCUMENT_COLUMNS,
    layout_json,
    now,
    spans_json,
)

SCHEMA_VERSION = "4"
_CACHE_KB = 65_536
"""Of the file's pages held in memory: a question reads a few thousand places of it."""


class Catalogue(CatalogueReader):
    """One SQLite file. Anyone may read; only ``Library``, which holds the lock, writes."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue at ``path``; it is created where there is none.

        Raises:
            IncompatibleLibrary: another version of the software made it.
        """
        super().__init__(sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10))
        self._connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
            "PRAGMA secure_delete = ON;"  # what is removed leaves no bytes behind
            f"PRAGMA cache_size = -{_CACHE_KB};"
        )
        if not self._scalar("SELECT count(*) FROM sqlite_master WHERE name = 'meta'"):
            self._connection.executescript(files("vectorstore").joinpath("catalogue.sql").read_text(encoding="utf-8"))
            self.set_meta("schema", SCHEMA_VERSION)
        if self.meta("schema") == "2":
            self._add_symbols()
        if self.meta("schema") == "3":
            self._add_units()
        if self.meta("schema") != SCHEMA_VERSION:
            self.close()
            raise IncompatibleLibrary(
                f"The library at {path.parent} was made by another version: move it away and add the files again."
            )
        if not self.full_text.is_current():
            self.full_text.renew()

    def _add_symbols(self) -> None:
        """Bring a library of the second schema up to the third, which knows symbols and what a person has set."""
        with self.transaction():
            if self.meta("schema") != "2":  # another process was quicker
                return
            self._connection.execute("ALTER TABLE documents ADD COLUMN symbol TEXT NOT NULL DEFAULT ''")
            self._connection.execute("ALTER TABLE documents ADD COLUMN edited INTEGER NOT NULL DEFAULT 0")
            heads = self._connection.execute("SELECT document, text FROM pages WHERE number = 1").fetchall()
            self._connection.executemany(
                "UPDATE documents SET symbol = ? WHERE id = ?", ((find_symbol(text), number) for number, text in heads)
            )
            self.set_meta("schema", "3")

    def _add_units(self) -> None:
        """Bring a library of the third schema up to the fourth: units, lines over lists, long sentences, readers."""
        with self.transaction():
            if self.meta("schema") != "3":  # another process was quicker
                return
            self._connection.execute("ALTER TABLE documents ADD COLUMN unit TEXT NOT NULL DEFAULT ''")
            self._connection.execute("UPDATE documents SET unit = ? WHERE paged", (PageUnit.PAGE,))
            self._connection.execute("ALTER TABLE documents DROP COLUMN paged")
            self._connection.execute("ALTER TABLE documents ADD COLUMN reader INTEGER NOT NULL DEFAULT 0")
            self._connection.execute("ALTER TABLE sentences ADD COLUMN header TEXT NOT NULL DEFAULT ''")
            self._connection.execute("ALTER TABLE sentences ADD COLUMN whole TEXT NOT NULL DEFAULT ''")
            self.set_meta("schema", SCHEMA_VERSION)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    # -- settings of the library -------------------------------------------------------------------------------

    def set_meta(self, key: str, value: str) -> None:
        """Set a setting of the library itself."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # -- writing -----------------------------------------------------------------------------------------------

    def begin(self, document_id: str) -> None:
        """Note that work on a document has begun."""
        self._connection.execute("INSERT OR IGNORE INTO pending VALUES (?)", (document_id,))

    def note_index_change(self) -> None:
        """Tell readers that their view of the vector index is out of date."""
        self.set_meta("index_revision", str(self.index_revision() + 1))

    def finish(self, document_id: str) -> None:
        """Note that the work is done, in the transaction that makes its result visible."""
        self._connection.execute("DELETE FROM pending WHERE document = ?", (document_id,))
        self.set_meta("revision", str(self.revision() + 1))

    def insert_document(self, document: Document, passages: Sequence[Passage], outcome: Message) -> None:
        """Insert a document that is ready, with everything but its vectors."""
        record = DocumentRecord(
            document.id,
            document.name,
            document.title,
            document.author,
            document.year,
            document.file_type,
            document.language,
            document.unit,
            Status.READY,
            outcome,
            len(document.pages),
            len(passages),
            now(),
            embedded=False,
            symbol=document.symbol,
        )
        self._insert_record(record)
        self._connection.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?)",
            ((document.id, p.number, p.label, p.state, p.text, layout_json(p)) for p in document.pages),
        )
        vectors = self.vectors.refer(
            text
            for passage in passages
            for text in embedding_texts(passage.section, [(s.text, s.kind, s.header) for s in passage.sentences])
        )
        ordinal = 0
        for number, passage in enumerate(passages):
            cursor = self._connection.execute(
                "INSERT INTO passages (document, ordinal, page, spans, text, section, context, unspaced)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    number,
                    passage.spans[0].page,
                    spans_json(passage.spans),
                    passage.text,
                    passage.section,
                    passage.context,
                    bool(unspaced_runs(passage.text)),
                ),
            )
            for sentence in passage.sentences:
                self._connection.execute(
                    "INSERT INTO sentences (passage, document, ordinal, spans, text, kind, paragraph, header, whole,"
                    " vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        cursor.lastrowid,
                        document.id,
                        ordinal,
                        spans_json(sentence.spans),
                        sentence.text,
                        sentence.kind,
                        sentence.paragraph,
                        sentence.header,
                        spans_json(sentence.whole) if sentence.whole else "",
                        vectors[ordinal],
                    ),
                )
                ordinal += 1
            self._connection.executemany(
                "INSERT INTO cases VALUES (?, ?, ?)",
                ((cursor.lastrowid, country, source) for country, source in passage.countries.items()),
            )

    def insert_failure(self, failure: Failure) -> None:
        """Keep in the list that a file could not be read, and why."""
        self._insert_record(
            DocumentRecord(
                failure.id,
                failure.name,
                "",
                "",
                "",
                "",
                "",
                PageUnit.NONE,
                failure.status,
                failure.message,
                failure.pages,
                0,
                now(),
            )
        )

    def _insert_record(self, record: DocumentRecord) -> None:
        held = (getattr(record, field.name) for field in dataclasses.fields(record))
        values = [message_json(value) if isinstance(value, Message) else value for value in held]
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO documents ({DOCUMENT_COLUMNS}) VALUES ({marks})", values)

    def delete_document(self, document_id: str) -> None:
        """Delete a document with its pages, passages and sentences, and the vectors that no other document uses."""
        vectors = self.vectors.used_by(document_id)
        self._connection.execute(
            "DELETE FROM sentences WHERE passage IN (SELECT id FROM passages WHERE document = ?)", (document_id,)
        )
        self.vectors.drop_unused(vectors)
        self._connection.execute("DELETE FROM passages WHERE document = ?", (document_id,))
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def set_details(self, document_id: str, details: Details) -> None:
        """Set what a citation says of a document; adding the same file again keeps it."""
        self._connection.execute(
            "UPDATE documents SET title = ?, author = ?, year = ?, symbol = ?, edited = 1 WHERE id = ?",
            (*dataclasses.astuple(details), document_id),
        )
        self.set_meta("revision", str(self.revision() + 1))

    def compact(self) -> None:
        """Remove the bytes of deleted text: merge the full-text index, shrink the file, empty the log."""
        self.full_text.optimize()
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
