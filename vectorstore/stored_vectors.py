"""Vectors in the catalogue: one for every different sentence, and one for every passage.

They are stored as float16: half the disk, and a cosine moves by less than 0.0001 (docs/decisions/0009).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ingest.passages import embedding_texts
from vectorstore.queries import in_batches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DIGEST_BYTES = 16


class StoredVectors:
    """The tables ``vectors`` and ``passage_vectors`` of a catalogue."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """``connection`` is the catalogue's."""
        self._connection = connection

    # -- sentences ---------------------------------------------------------------------------------------------

    def refer(self, texts: Iterable[str]) -> list[int]:
        """Return the id of each text's vector; it is noted as missing where the text is new."""
        digests = [hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest() for text in texts]
        self._connection.executemany("INSERT OR IGNORE INTO vectors (digest) VALUES (?)", ((d,) for d in digests))
        find = "SELECT id FROM vectors WHERE digest = ?"
        return [self._connection.execute(find, (digest,)).fetchone()[0] for digest in digests]

    def missing(self, document_id: str) -> dict[int, str]:
        """Return the text of every vector that a document still lacks, by the vector's id."""
        rows = self._connection.execute(
            "SELECT s.passage, p.section, s.text, s.kind, s.header, v.id, v.vector IS NULL"
            " FROM sentences s JOIN passages p ON p.id = s.passage JOIN vectors v ON v.id = s.vector"
            " WHERE s.document = ? ORDER BY s.ordinal",
            (document_id,),
        )
        found: dict[int, str] = {}
        for (_, section), group in groupby(rows, key=lambda row: row[:2]):
            sentences = list(group)
            texts = embedding_texts(section, [row[2:5] for row in sentences])
            found |= {row[5]: text for row, text in zip(sentences, texts, strict=True) if row[6]}
        return found

    def fill(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Store vectors, float32 [ids, dimensions] of length 1."""
        self._connection.executemany(
            "UPDATE vectors SET vector = ? WHERE id = ?", zip(_packed(vectors), ids, strict=True)
        )

    def used_by(self, document_id: str) -> list[int]:
        """Return the ids of the vectors of a document's sentences."""
        rows = self._connection.execute("SELECT DISTINCT vector FROM sentences WHERE document = ?", (document_id,))
        return [row[0] for row in rows]

    def drop_unused(self, ids: Iterable[int]) -> None:
        """Delete those of ``ids`` that no sentence refers to."""
        self._connection.executemany(
            "DELETE FROM vectors WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM sentences WHERE vector = ?1)",
            ((number,) for number in ids),
        )

    # -- passages ----------------------------------------------------------------------------------------------

    def make_passages(self, document_id: str) -> None:
        """Make the vector of each of a document's passages: the mean of its sentences', brought to length 1."""
        import numpy as np

        grouped: dict[int, list[bytes]] = defaultdict(list)
        for passage, vector in self._connection.execute(
            "SELECT s.passage, v.vector FROM sentences s JOIN vectors v ON v.id = s.vector WHERE s.document = ?",
            (document_id,),
        ):
            grouped[passage].append(vector)
        means = np.stack([matrix(rows).mean(axis=0) for rows in grouped.values()])
        # The mean of opposite vectors has no direction: any length but 0 will do for it.
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-6)
        self._connection.executemany(
            "INSERT OR REPLACE INTO passage_vectors VALUES (?, ?)", zip(grouped, _packed(means), strict=True)
        )
        self._connection.execute("UPDATE documents SET embedded = 1 WHERE id = ?", (document_id,))

    def passages(self, ids: Iterable[int]) -> dict[int, NDArray[np.float32]]:
        """Return float32 vectors by passage id; passages that have none yet are left out."""
        sql = "SELECT passage, vector FROM passage_vectors WHERE passage IN"
        return unpacked(in_batches(self._connection, sql, ids))

    def passage_cosines(self, ids: Iterable[int], vector: NDArray[np.float32]) -> dict[int, float]:
        """Return the cosine of each passage that has a vector with ``vector``, float32 [dimensions] of length 1."""
        sql = "SELECT passage, vector FROM passage_vectors WHERE passage IN"
        rows = in_batches(self._connection, sql, ids)
        if not rows:
            return {}
        cosines = matrix([packed for _, packed in rows]) @ vector
        return dict(zip((number for number, _ in rows), cosines.tolist(), strict=True))

    def passages_of(self, document_id: str) -> dict[int, NDArray[np.float32]]:
        """Return the float32 vectors of a document's passages by id; none before they were made."""
        rows = self._connection.execute(
            "SELECT v.passage, v.vector FROM passages p JOIN passage_vectors v ON v.passage = p.id"
            " WHERE p.document = ? ORDER BY p.ordinal",
            (document_id,),
        )
        return unpacked(rows.fetchall())

    def passage_ids(self) -> set[int]:
        """Return the ids of all passages that have a vector."""
        return {row[0] for row in self._connection.execute("SELECT passage FROM passage_vectors")}

    def forget(self) -> None:
        """Forget every vector, of passages and sentences: another embedder is to make them again."""
        self._connection.execute("DELETE FROM passage_vectors")
        self._connection.execute("UPDATE vectors SET vector = NULL")
        self._connection.execute("UPDATE documents SET embedded = 0 WHERE passages > 0")


def unpacked(rows: Sequence[tuple[Any, bytes]]) -> dict[Any, NDArray[np.float32]]:
    """Return stored vectors as float32, by what comes before them."""
    if not rows:
        return {}
    return dict(zip((key for key, _ in rows), matrix([vector for _, vector in rows]), strict=True))


def matrix(vectors: Sequence[bytes]) -> NDArray[np.float32]:
    """Return stored vectors as float32 [vectors, dimensions]."""
    import numpy as np

    if not vectors:
        return np.zeros((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(vectors), dtype="<f2").reshape(len(vectors), -1).astype(np.float32)


def packed_matrix(rows: Sequence[tuple[int, bytes]]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    """Return ids [rows] and their vectors [rows, dimensions] as they are stored."""
    import numpy as np

    ids = np.array([number for number, _ in rows], dtype=np.int64)
    packed = np.frombuffer(b"".join(vector for _, vector in rows), dtype="<f2")
    return ids, packed.reshape(len(rows), packed.size // max(len(rows), 1))


def _packed(vectors: NDArray[np.float32]) -> list[bytes]:
    import numpy as np

    return [row.tobytes() for row in vectors.astype(np.dtype("<f2"))]
