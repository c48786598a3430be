"""Errors of the library, split by what the caller does next."""

from __future__ import annotations

import errno

from encoder.errors import LibraryError

__all__ = [
    "FULL",
    "CatalogueDamaged",
    "IncompatibleLibrary",
    "IndexDamaged",
    "LibraryBusy",
    "LibraryError",
    "LibraryFull",
    "LibraryReadOnly",
    "UnknownDocument",
]

FULL = (errno.ENOSPC, errno.EDQUOT)
"""Numbers of the system's errors over a disk that is full, or a user's share of it."""


class LibraryBusy(LibraryError):
    """Another process is writing: wait, or end it."""


class UnknownDocument(LibraryError):
    """No document of that name or id: look at the list."""


class IncompatibleLibrary(LibraryError):
    """The library was made by another version or another embedder: rebuild it."""


class IndexDamaged(LibraryError):
    """The vector index cannot be read, or passages are missing from it: rebuild it; answering goes on without it."""


class CatalogueDamaged(LibraryError):
    """The catalogue cannot be read: ``whrd rebuild`` puts it aside and reads the originals again."""


class LibraryFull(LibraryError):
    """The disk is full: make room."""


class LibraryReadOnly(LibraryError):
    """The library can be read, not written."""
