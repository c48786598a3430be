"""A connection to the catalogue whose failures are errors of the library: one line, with what to do."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.messages import message
from vectorstore.errors import CatalogueDamaged, LibraryBusy, LibraryError, LibraryFull, LibraryReadOnly
from vectorstore.private import create_private

_WAIT = 10.0
"""Seconds to wait for another process's transaction."""
_NEARLY_FULL = 1 << 20
"""Bytes free on a disk that counts as full: SQLite tells a full disk as an input or output error at times."""


class Cursor(sqlite3.Cursor):
    """A cursor whose failures are errors of the library."""

    def execute(self, *arguments: Any) -> Cursor:
        """Run a statement."""
        with _explained(self.connection):
            super().execute(*arguments)
            return self

    def executemany(self, *arguments: Any) -> Cursor:
        """Run a statement for many rows of values."""
        with _explained(self.connection):
            super().executemany(*arguments)
            return self

    def executescript(self, *arguments: Any) -> Cursor:
        """Run several statements."""
        with _explained(self.connection):
            super().executescript(*arguments)
            return self

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        with _explained(self.connection):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        with _explained(self.connection):
            return super().fetchall()

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            raise _library_error(error, self.connection) from error


class Connection(sqlite3.Connection):
    """A connection that knows its file; see ``open_connection``."""

    path: Path
    read_only = False
    """Whether nothing can be written: the disk, the folder or the file does not allow it."""

    def execute(self, *arguments: Any) -> Cursor:
        """Run a statement."""
        return self.cursor(Cursor).execute(*arguments)

    def executemany(self, *arguments: Any) -> Cursor:
        """Run a statement for many rows of values."""
        return self.cursor(Cursor).executemany(*arguments)

    def executescript(self, *arguments: Any) -> Cursor:
        """Run several statements."""
        return self.cursor(Cursor).executescript(*arguments)


def open_connection(path: Path) -> Connection:
    """Open the database at ``path``; it is created where there is none, and only read where nothing can be written.

    Raises:
        CatalogueDamaged: the file is no database, or a damaged one.
        LibraryReadOnly: there is none, and none can be created.
        LibraryFull: the disk is full.
    """
    if _can_write(path):
        create_private(path)
        return _connect(path, f"{path.absolute().as_uri()}?mode=rw")
    if not path.is_file():
        raise LibraryReadOnly(
            message("{folder} cannot be written to, and holds no library: choose another.", folder=str(path.parent))
        )
    log = path.with_name(f"{path.name}-wal")
    # Without a log the file is whole. SQLite wants to create one even to read, unless it knows that nobody writes.
    whole = not log.is_file() or not log.stat().st_size
    connection = _connect(path, f"{path.absolute().as_uri()}?{'immutable=1' if whole else 'mode=ro'}")
    connection.read_only = True
    return connection


def keep_log(connection: Connection) -> None:
    """Let readers and a writer work side by side, by SQLite's write-ahead log.

    The change of a new database cannot wait by itself for another process that makes it at the same moment.
    """
    until = time.monotonic() + _WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except LibraryBusy:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing.

    Raises:
        LibraryReadOnly: nothing can be written.
        LibraryFull: the disk is full; nothing has changed.
    """
    if connection.read_only:
        raise read_only(connection.path.parent)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # over a full disk SQLite has rolled it back already
            connection.execute("ROLLBACK")
        raise


def _can_write(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _connect(path: Path, address: str) -> Connection:
    try:
        connection = sqlite3.connect(
            address, uri=True, check_same_thread=False, isolation_level=None, timeout=_WAIT, factory=Connection
        )
    except sqlite3.Error as error:
        raise _explain(error, path) from error
    connection.path = path
    return connection


@contextlib.contextmanager
def _explained(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _library_error(error, connection) from error


def _library_error(error: sqlite3.DatabaseError, connection: sqlite3.Connection) -> Exception:
    """Return what to raise: a mistake of our own, such as a broken rule of a table, stays what it is."""
    assert isinstance(connection, Connection)
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError):
        return error
    return _explain(error, connection.path)


def _explain(error: sqlite3.Error, path: Path) -> LibraryError:
    """Return one line that names the file and the remedy. The lowest byte of SQLite's code says what happened."""
    code = (getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy(path.parent)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(path.parent)):
        return disk_full(path.parent)
    if code == sqlite3.SQLITE_READONLY:
        return read_only(path.parent)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM):
        return LibraryError(
            message("{file} cannot be read or written ({reason}): check the disk.", file=str(path), reason=str(error))
        )
    return damaged(path, str(error))


def busy(folder: Path) -> LibraryBusy:
    """Return the error for a library to which another process writes."""
    return LibraryBusy(
        message(
            "Another process is writing to {folder}: wait until it has finished, then try again.", folder=str(folder)
        )
    )


def damaged(path: Path, reason: str) -> CatalogueDamaged:
    """Return the error for a database that does not hold what it must."""
    return CatalogueDamaged(
        message(
            "{file} is damaged ({reason}): run `whrd rebuild`, which puts it aside and reads the originals again.",
            file=str(path),
            reason=" ".join(reason.split())[:200],
        )
    )


def disk_full(folder: Path, needed: int = 10_000_000) -> LibraryFull:
    """Return the error for a full disk; ``needed`` are bytes."""
    return LibraryFull(
        message(
            "The disk is full: about {size} MB are needed where the library is ({folder})."
            " Make room there, or remove a document with `whrd remove`.",
            size=max(1, round(needed / 1e6)),
            folder=str(folder),
        )
    )


def read_only(folder: Path) -> LibraryReadOnly:
    """Return the error for a library that can only be read."""
    return LibraryReadOnly(
        message(
            "The library at {folder} can only be read: its folder or disk does not allow changes.", folder=str(folder)
        )
    )


def is_full(folder: Path) -> bool:
    """Return whether a disk has no room left."""
    try:
        return shutil.disk_usage(folder).free < _NEARLY_FULL
    except OSError:
        return False
