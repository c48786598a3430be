"""What can be read from the catalogue: documents, pages, passages, sentences, cases. One SQLite connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ingest.documents import CaseSource, Page, PageState, Status
from vectorstore.connection import Connection
from vectorstore.full_text import FullText
from vectorstore.queries import in_batches, scope_clause, scope_ids
from vectorstore.records import CaseRecord, DocumentRecord, Scope, StoredPassage, StoredSentence
from vectorstore.rows import (
    DOCUMENT_COLUMNS,
    PAGE_COLUMNS,
    PASSAGE_COLUMNS,
    SENTENCE_COLUMNS,
    read_document,
    read_page,
    read_passage,
    read_sentence,
)
from vectorstore.sources import Sources
from vectorstore.stored_vectors import StoredVectors, matrix, packed_matrix, unpacked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class CatalogueReader:
    """The reading half of a catalogue; ``Catalogue`` adds the writing."""

    def __init__(self, connection: Connection) -> None:
        """``connection`` is open and has the tables of ``catalogue.sql``."""
        self._connection = connection
        self.vectors = StoredVectors(connection)
        self.full_text = FullText(connection)
        self.sources = Sources(connection)

    def meta(self, key: str) -> str | None:
        """Return a setting of the library itself."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def revision(self) -> int:
        """Return a number that grows with every change of the documents."""
        return int(self.meta("revision") or 0)

    def index_revision(self) -> int:
        """Return a number that grows with every change of the vector index."""
        return int(self.meta("index_revision") or 0)

    def pending(self) -> list[str]:
        """Return the documents that a killed process left half done."""
        return [row[0] for row in self._connection.execute("SELECT document FROM pending")]

    def documents(self, status: Status | None = None) -> list[DocumentRecord]:
        """Return the documents, in order of name; those of one status only, when given."""
        where, values = ("WHERE status = ?", (status,)) if status else ("", ())
        rows = self._connection.execute(f"SELECT {DOCUMENT_COLUMNS} FROM documents {where} ORDER BY name, id", values)
        return [read_document(row) for row in rows]

    def document(self, document_id: str) -> DocumentRecord | None:
        """Return one document, or None."""
        row = self._connection.execute(
            f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return None if row is None else read_document(row)

    def unembedded(self) -> list[DocumentRecord]:
        """Return the documents that are found by full text alone, the longest waiting first."""
        rows = self._connection.execute(
            f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE status = ? AND NOT embedded ORDER BY added_at, id",
            (Status.READY,),
        )
        return [read_document(row) for row in rows]

    def documents_by_id(self, documents: Iterable[str]) -> dict[str, DocumentRecord]:
        """Return documents by id."""
        rows = in_batches(self._connection, f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id IN", documents)
        return {row[0]: read_document(row) for row in rows}

    def page(self, document_id: str, number: int) -> Page | None:
        """Return a stored page, or None."""
        row = self._connection.execute(
            f"SELECT {PAGE_COLUMNS} FROM pages WHERE document = ? AND number = ?",
            (document_id, number),
        ).fetchone()
        return None if row is None else read_page(row)

    def texts_of(self, document_id: str) -> Iterator[tuple[int, str]]:
        """Yield number and text of every page of a document, in order; where its letters are printed stays unread."""
        yield from self._connection.execute(
            "SELECT number, text FROM pages WHERE document = ? ORDER BY number", (document_id,)
        )

    def page_texts(self) -> Iterator[str]:
        """Yield the text of every page of the library."""
        for (text,) in self._connection.execute("SELECT text FROM pages"):
            yield text

    def page_states(self, document_id: str) -> set[PageState]:
        """Return the states that occur among a document's pages."""
        rows = self._connection.execute("SELECT DISTINCT state FROM pages WHERE document = ?", (document_id,))
        return {PageState(row[0]) for row in rows}

    def documents_of(self, passages: Iterable[int]) -> dict[int, str]:
        """Return the document (id) of each of ``passages`` that is in the library."""
        return dict(in_batches(self._connection, "SELECT id, document FROM passages WHERE id IN", passages))

    def passages(self, ids: Iterable[int]) -> dict[int, StoredPassage]:
        """Return passages by id."""
        rows = in_batches(self._connection, f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.id IN", ids)
        return {row[0]: read_passage(row) for row in rows}

    def sentences_of(self, passages: Iterable[int]) -> list[StoredSentence]:
        """Return the sentences of passages, in reading order within each document."""
        rows = in_batches(self._connection, f"SELECT {SENTENCE_COLUMNS} FROM sentences s WHERE s.passage IN", passages)
        return sorted(map(read_sentence, rows), key=lambda sentence: (sentence.document, sentence.ordinal))

    def vectors_of(self, sentences: Iterable[int]) -> dict[int, NDArray[np.float32]]:
        """Return float32 vectors by sentence id; sentences that have none yet are left out."""
        sql = "SELECT s.id, v.vector FROM sentences s JOIN vectors v ON v.id = s.vector WHERE v.vector NOT NULL"
        return unpacked(in_batches(self._connection, f"{sql} AND s.id IN", sentences))

    def sentence_vectors(self, passages: Iterable[int]) -> tuple[list[int], NDArray[np.float32]]:
        """Return the ids of the sentences of ``passages``, and their vectors of length 1 [ids, dimensions].

        Sentences whose vectors are not in yet are left out.
        """
        sql = "SELECT s.id, v.vector FROM sentences s JOIN vectors v ON v.id = s.vector WHERE v.vector NOT NULL"
        rows = in_batches(self._connection, f"{sql} AND s.passage IN", passages)
        return [row[0] for row in rows], matrix([row[1] for row in rows])

    def scope_size(self, scope: Scope) -> int:
        """Return how many passages a scope has."""
        ids, values = scope_ids(scope)
        return int(self._connection.execute(f"SELECT count(*) FROM ({ids})", values).fetchone()[0])

    def scope_vectors(self, scope: Scope) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Return the ids of a scope's passages that have a vector, ascending, and the vectors [ids, dimensions]."""
        where, values = "", list[Any]()
        if scope:
            ids, values = scope_ids(scope)
            where = f"WHERE passage IN ({ids})"
        rows = self._connection.execute(f"SELECT passage, vector FROM passage_vectors {where} ORDER BY passage", values)
        return packed_matrix(rows.fetchall())

    def among_scope(self, passages: Sequence[int], scope: Scope) -> list[int]:
        """Return those of ``passages`` that belong to the scope, in their order."""
        clause, values = scope_clause(scope)
        rows = in_batches(self._connection, f"SELECT p.id FROM passages p WHERE {clause} AND p.id IN", passages, values)
        inside = {row[0] for row in rows}
        return [number for number in passages if number in inside]

    def sentence_texts(self, document_id: str) -> dict[int, str]:
        """Return the text of every sentence of a document by id."""
        rows = self._connection.execute("SELECT id, text FROM sentences WHERE document = ?", (document_id,))
        return {row[0]: row[1] for row in rows}

    def passage_ids(self, scope: Scope) -> list[int]:
        """Return the ids of a scope's passages, in reading order."""
        clause, values = scope_clause(scope)
        sql = f"SELECT p.id FROM passages p WHERE {clause} ORDER BY p.document, p.ordinal"
        return [row[0] for row in self._connection.execute(sql, values)]

    def case_passages(self, countries: Iterable[str], source: CaseSource | None = None) -> set[int]:
        """Return the passages that belong to the case of any of ``countries``, for one reason only when given."""
        where, values = ("source = ? AND", [source]) if source else ("", [])
        rows = in_batches(self._connection, f"SELECT passage FROM cases WHERE {where} country IN", countries, values)
        return {row[0] for row in rows}

    def section_countries(self, passages: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the countries (alpha-2 codes) that the section of each of ``passages`` is about, where it is."""
        found: dict[int, set[str]] = {}
        sql = "SELECT passage, country FROM cases WHERE source = 'section' AND passage IN"
        for passage, country in in_batches(self._connection, sql, passages):
            found.setdefault(passage, set()).add(country)
        return {passage: frozenset(countries) for passage, countries in found.items()}

    def countries_in(self, documents: Iterable[str]) -> dict[str, list[frozenset[str]]]:
        """Return the countries (alpha-2 codes) that each passage of ``documents`` names or belongs to, where any."""
        found: dict[str, dict[int, set[str]]] = {}
        sql = (
            "SELECT p.document, c.passage, c.country FROM passages p JOIN cases c ON c.passage = p.id"
            " WHERE p.document IN"
        )
        for document, passage, country in in_batches(self._connection, sql, documents):
            found.setdefault(document, {}).setdefault(passage, set()).add(country)
        return {document: [*map(frozenset, passages.values())] for document, passages in found.items()}

    def documents_with(self, symbols: Iterable[str]) -> set[str]:
        """Return the documents on whose first page one of ``symbols`` appears."""
        found = (
            self._connection.execute("SELECT document FROM pages WHERE number = 1 AND instr(text, ?)", (symbol,))
            for symbol in symbols
        )
        return {row[0] for rows in found for row in rows}

    def heads(self, characters: int) -> dict[str, tuple[str, str]]:
        """Return name, and title with the first ``characters`` of page 1, of every document that is ready."""
        rows = self._connection.execute(
            "SELECT d.id, d.name, d.title || char(10) || substr(p.text, 1, ?) FROM documents d"
            " JOIN pages p ON p.document = d.id AND p.number = 1 WHERE d.status = 'ready'",
            (characters,),
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def passage_count(self) -> int:
        """Return the number of passages in the library."""
        return self.full_text.passage_count()

    def sections(self, most: int = 200) -> list[str]:
        """Return the headings of ready documents, those over the most passages first, ``most`` at the most."""
        rows = self._connection.execute(
            "SELECT p.section FROM passages p JOIN documents d ON d.id = p.document"
            " WHERE d.status = 'ready' AND p.section != '' GROUP BY p.section"
            " ORDER BY COUNT(*) DESC, MIN(p.id) LIMIT ?",
            (most,),
        )
        return [row[0] for row in rows]

    def cases(self, scope: Scope | None = None) -> list[CaseRecord]:
        """Return every country's case in every document, with the pages of its sections and of its mentions."""
        clause, values = scope_clause(scope or Scope())
        pages: dict[tuple[str, str], dict[str, set[int]]] = {}
        rows = self._connection.execute(
            "SELECT c.country, p.document, c.source, p.page FROM cases c JOIN passages p ON p.id = c.passage"
            f" WHERE {clause}",
            values,
        )
        for country, document, source, page in rows:
            pages.setdefault((country, document), {}).setdefault(source, set()).add(page)
        return [
            CaseRecord(country, document, tuple(sorted(of.get("section", ()))), tuple(sorted(of.get("mention", ()))))
            for (country, document), of in sorted(pages.items())
        ]

    def countries_with_sections(self) -> list[str]:
        """Return the countries (alpha-2 codes) to which some section of a document belongs."""
        rows = self._connection.execute("SELECT DISTINCT country FROM cases WHERE source = ?", (CaseSource.SECTION,))
        return [row[0] for row in rows]

    def countries_of(self, passages: Iterable[int]) -> dict[int, list[str]]:
        """Return the countries (alpha-2 codes) to whose cases each of ``passages`` belongs, for whatever reason."""
        found: dict[int, list[str]] = {}
        sql = "SELECT passage, country FROM cases WHERE passage IN"
        for passage, country in sorted(in_batches(self._connection, sql, passages)):
            found.setdefault(passage, []).append(country)
        return found

    def case_sources(self, passages: Iterable[int]) -> dict[int, dict[str, CaseSource]]:
        """Return why each of ``passages`` belongs to the cases of countries (alpha-2 codes)."""
        found: dict[int, dict[str, CaseSource]] = {}
        rows = in_batches(self._connection, "SELECT passage, country, source FROM cases WHERE passage IN", passages)
        for passage, country, source in rows:
            found.setdefault(passage, {})[country] = CaseSource(source)
        return found

    def page_labels(self, document_id: str) -> dict[int, str]:
        """Return the printed number of every page of a document, by its 1-based number."""
        rows = self._connection.execute("SELECT number, label FROM pages WHERE document = ?", (document_id,))
        return dict(rows.fetchall())

    def vector_count(self) -> int:
        """Return how many passages have a vector."""
        return int(self._scalar("SELECT count(*) FROM passage_vectors"))

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """Return a document's passages, in reading order."""
        sql = f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.document = ? ORDER BY p.ordinal"
        return [read_passage(row) for row in self._connection.execute(sql, (document_id,))]

    def check(self) -> list[str]:
        """Return what SQLite and the full-text index find wrong with themselves."""
        return self.integrity() + self.full_text.problems()

    def integrity(self) -> list[str]:
        """Return what SQLite finds wrong with the file."""
        rows = self._connection.execute("PRAGMA integrity_check(20)")
        return [f"{self._connection.path.name} is damaged: {row[0]}" for row in rows if row[0] != "ok"]

    def read_all(self, table: str) -> None:
        """Read every value of a table, and keep none.

        Raises:
            CatalogueDamaged: one cannot be read.
        """
        for _ in self._connection.execute(f"SELECT * FROM {table}"):
            pass

    def _scalar(self, sql: str) -> Any:
        return self._connection.execute(sql).fetchone()[0]
