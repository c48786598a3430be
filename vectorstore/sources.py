"""Where documents that were fetched came from: address and day."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The web address of a document, and when it was fetched."""

    address: str
    fetched: str
    """UTC, ISO 8601."""


class Sources:
    """The table ``sources`` of a catalogue. It outlives a document that is read again, and goes with one removed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """``connection`` is the catalogue's."""
        self._connection = connection

    def note(self, document_id: str, source: Source) -> None:
        """Keep where a document came from; the first address of the same bytes stays."""
        self._connection.execute(
            "INSERT OR IGNORE INTO sources VALUES (?, ?, ?)", (document_id, source.address, source.fetched)
        )

    def all(self) -> dict[str, Source]:
        """Return the sources by document; those that were added as files have none."""
        rows = self._connection.execute("SELECT document, address, fetched FROM sources")
        return {document: Source(address, fetched) for document, address, fetched in rows}

    def forget(self, document_id: str) -> None:
        """Forget where a document came from."""
        self._connection.execute("DELETE FROM sources WHERE document = ?", (document_id,))
