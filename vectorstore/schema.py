"""The tables of the catalogue: made in a new file, and brought up to date in one of an earlier version."""

from __future__ import annotations

from importlib.resources import files

from ingest.documents import PageUnit
from ingest.messages import message
from ingest.symbols import find_symbol
from vectorstore.connection import Connection, damaged, keep_log, transaction
from vectorstore.errors import IncompatibleLibrary, LibraryError

SCHEMA_VERSION = "5"
_CACHE_KB = 65_536
"""Of the file's pages held in memory: a question reads a few thousand places of it."""


def prepare(connection: Connection) -> None:
    """Set up a connection and its tables.

    Raises:
        IncompatibleLibrary: another version of the software made them.
        CatalogueDamaged: the file is damaged.
    """
    if not connection.read_only:
        keep_log(connection)
    connection.executescript(
        "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
        "PRAGMA secure_delete = ON;"  # what is removed leaves no bytes behind
        f"PRAGMA cache_size = -{_CACHE_KB};"
    )
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]:
        _create(connection)
    if not connection.read_only:
        _add_symbols(connection)
        _add_units(connection)
        _add_publishers(connection)
    if _version(connection) != SCHEMA_VERSION:
        raise IncompatibleLibrary(
            message(
                "The library at {folder} was made by another version of Insights: use that version,"
                " or run `whrd rebuild --from-files`, which reads the originals again.",
                folder=str(connection.path.parent),
            )
        )


def _version(connection: Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    return "" if row is None else str(row[0])


def _create(connection: Connection) -> None:
    """Make the tables, in one transaction with the schema's number: whoever looks sees all of it or nothing.

    Two processes may do this at the same moment: the second waits, and finds everything there.
    """
    if connection.read_only:
        raise damaged(connection.path, "it is empty")
    tables = files("vectorstore").joinpath("catalogue.sql").read_text(encoding="utf-8")
    number = f"INSERT OR IGNORE INTO meta VALUES ('schema', '{SCHEMA_VERSION}');"
    try:
        connection.executescript(f"BEGIN IMMEDIATE; {tables} {number} COMMIT;")
    except LibraryError:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _add_symbols(connection: Connection) -> None:
    """Bring a library of the second schema up to the third, which knows symbols and what a person has set."""
    if _version(connection) != "2":
        return
    with transaction(connection):
        if _version(connection) != "2":  # another process was quicker
            return
        connection.execute("ALTER TABLE documents ADD COLUMN symbol TEXT NOT NULL DEFAULT ''")
        connection.execute("ALTER TABLE documents ADD COLUMN edited INTEGER NOT NULL DEFAULT 0")
        heads = connection.execute("SELECT document, text FROM pages WHERE number = 1").fetchall()
        connection.executemany(
            "UPDATE documents SET symbol = ? WHERE id = ?", ((find_symbol(text), number) for number, text in heads)
        )
        connection.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")


def _add_units(connection: Connection) -> None:
    """Bring a library of the third schema up to the fourth: units, lines over lists, long sentences, readers."""
    if _version(connection) != "3":
        return
    with transaction(connection):
        if _version(connection) != "3":  # another process was quicker
            return
        connection.execute("ALTER TABLE documents ADD COLUMN unit TEXT NOT NULL DEFAULT ''")
        connection.execute("UPDATE documents SET unit = ? WHERE paged", (PageUnit.PAGE,))
        connection.execute("ALTER TABLE documents DROP COLUMN paged")
        connection.execute("ALTER TABLE documents ADD COLUMN reader INTEGER NOT NULL DEFAULT 0")
        connection.execute("ALTER TABLE sentences ADD COLUMN header TEXT NOT NULL DEFAULT ''")
        connection.execute("ALTER TABLE sentences ADD COLUMN whole TEXT NOT NULL DEFAULT ''")
        connection.execute(
            "CREATE TABLE sources (document TEXT PRIMARY KEY, address TEXT NOT NULL, fetched TEXT NOT NULL)"
            " WITHOUT ROWID"
        )
        connection.execute("UPDATE meta SET value = '4' WHERE key = 'schema'")


def _add_publishers(connection: Connection) -> None:
    """Bring a library of the fourth schema up to the fifth, which knows publishers, dates and cases of courts."""
    if _version(connection) != "4":
        return
    with transaction(connection):
        if _version(connection) != "4":  # another process was quicker
            return
        for column in ("publisher", "date", "court_case"):
            connection.execute(f"ALTER TABLE documents ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
        connection.execute("UPDATE meta SET value = '5' WHERE key = 'schema'")
