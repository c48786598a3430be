"""The catalogue in SQLite: documents, pages, passages, sentences, cases.

All SQL over it is here and in ``catalogue_reader.py``, ``stored_vectors.py``, ``full_text.py``, ``queries.py``,
``catalogue.sql`` and ``full_text.sql``, so that another database can take SQLite's place.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.documents import Document, Failure, PageUnit, Passage, Status
from ingest.language.detection import unspaced_runs
from ingest.messages import Message, message_json
from ingest.passages import embedding_texts
from vectorstore.catalogue_reader import CatalogueReader
from vectorstore.connection import open_connection, transaction
from vectorstore.errors import LibraryError
from vectorstore.records import Details, DocumentRecord
from vectorstore.rows import (
    DOCUMENT_COLUMNS,
    layout_json,
    now,
    spans_json,
)
from vectorstore.schema import prepare


class Catalogue(CatalogueReader):
    """One SQLite file. Anyone may read; only ``Library``, which holds the lock, writes."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue at ``path``; it is created where there is none.

        Raises:
            IncompatibleLibrary: another version of the software made it.
            CatalogueDamaged: the file is no database, or a damaged one.
            LibraryReadOnly: there is none, and none can be created.
            LibraryFull: the disk is full.
        """
        super().__init__(open_connection(path))
        try:
            prepare(self._connection)
        except BaseException:
            self.close()
            raise
        if not self.full_text.is_current() and not self.read_only:
            self.full_text.renew()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._connection.read_only

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        with transaction(self._connection):
            yield

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

    def insert_document(
        self, document: Document, passages: Sequence[Passage], outcome: Message, added_at: str | None = None
    ) -> None:
        """Insert a document that is ready, with everything but its vectors; ``added_at`` is now if it is not known."""
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
            added_at or now(),
            embedded=False,
            symbol=document.symbol,
            publisher=document.publisher,
            date=document.date,
            case=document.case,
        )
        self.insert_record(record)
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
        self.insert_record(
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

    def insert_record(self, record: DocumentRecord) -> None:
        """Insert a document's line in the list, and nothing else of it."""
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
            "UPDATE documents SET title = ?, author = ?, year = ?, symbol = ?, publisher = ?, date = ?, court_case = ?,"
            " edited = 1 WHERE id = ?",
            (*dataclasses.astuple(details), document_id),
        )
        self.set_meta("revision", str(self.revision() + 1))

    def shrink_log(self) -> None:
        """Give back the room that SQLite's log takes, as far as the disk lets it."""
        with contextlib.suppress(LibraryError):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def compact(self) -> None:
        """Remove the bytes of deleted text: merge the full-text index, shrink the file, empty the log."""
        self.shrink_log()  # the file is written once more into it
        self.full_text.optimize()
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
