"""The original files of a library, and what they are called: all that is needed to make the library again.

files/      <SHA-256>.<type>          an original
            <SHA-256>.about.json      its name, when it was added, and what a person has set of it
reading/    a folder for each file that is being read: a copy of it, under its own name

What is read is the copy, and the same copy is kept: the file that was given may change meanwhile. An original is
deleted for one reason alone: somebody removes the document.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.load import sha256_of
from vectorstore.connection import disk_full
from vectorstore.errors import FULL
from vectorstore.private import private_files
from vectorstore.records import Details, DocumentRecord

_ABOUT = ".about.json"
_PARTIAL = ".partial"
_CHUNK = 1 << 20
_ID_LETTERS = 64


@dataclass(frozen=True, slots=True)
class About:
    """What is noted beside an original: ``added_at`` in UTC, ISO 8601; ``details`` that a person has set."""

    name: str
    added_at: str
    details: Details | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of the library's own that is read and, when all goes well, kept."""

    path: Path
    id: str
    """SHA-256 of its bytes."""

    def drop(self) -> None:
        """Delete it, if it was not kept."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


class Originals:
    """The folders ``files`` and ``reading`` of a library; writing is for the holder of the library's lock."""

    def __init__(self, home: Path) -> None:
        """``home`` is the library's folder."""
        self.home = home
        self._files, self._reading = home / "files", home / "reading"

    def path(self, document_id: str) -> Path:
        """Return where a document's original is; there need not be one."""
        kept = (path for path in self._files.glob(f"{document_id}.*") if _is_original(path))
        return next(kept, self._files / document_id)

    def ids(self) -> set[str]:
        """Return the ids of all originals, whatever the catalogue knows."""
        return {path.name.split(".")[0] for path in _entries(self._files) if _is_original(path)}

    def unnamed(self) -> set[str]:
        """Return the ids of the originals beside which nothing is noted."""
        return self.ids() - {p.name.split(".")[0] for p in _entries(self._files) if p.name.endswith(_ABOUT)}

    def about(self, document_id: str) -> About | None:
        """Return what is noted beside an original; None where nothing is, or nothing that can be read."""
        try:
            data = json.loads((self._files / f"{document_id}{_ABOUT}").read_text(encoding="utf-8"))
            details = Details(**data["details"]) if data["details"] else None
            return About(str(data["name"]), str(data["added_at"]), details)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def note(self, document: DocumentRecord) -> None:
        """Note beside its original what a document is called."""
        about = About(document.name, document.added_at, document.details if document.edited else None)
        if self.about(document.id) == about:
            return
        with private_files(), _room_reported(self.home):
            self._files.mkdir(exist_ok=True)
            target = self._files / f"{document.id}{_ABOUT}"
            partial = target.with_name(f"{target.name}{_PARTIAL}")
            with partial.open("w", encoding="utf-8") as file:
                json.dump(asdict(about), file, ensure_ascii=False)
                _to_disk(file.fileno())
            partial.replace(target)

    # -- copies ------------------------------------------------------------------------------------------------

    def copy(self, source: Path, name: str) -> Copy:
        """Copy a file to be read, under ``name``; its id is of the bytes that were copied.

        Raises:
            OSError: it cannot be read, or the disk is full.
        """
        with private_files():
            self._reading.mkdir(exist_ok=True)
            target = Path(tempfile.mkdtemp(dir=self._reading)) / name
            digest = hashlib.sha256()
            try:
                with source.open("rb") as file, target.open("wb") as copy:
                    while chunk := file.read(_CHUNK):
                        digest.update(chunk)
                        copy.write(chunk)
                    copy.flush()
                    _to_disk(copy.fileno())
            except BaseException:
                shutil.rmtree(target.parent, ignore_errors=True)
                raise
        return Copy(target, digest.hexdigest())

    def keep(self, copy: Copy, file_type: str) -> None:
        """Make a copy that was read the original; it is there whole or not at all."""
        with private_files(), _room_reported(self.home):
            self._files.mkdir(exist_ok=True)
            target = self._files / f"{copy.id}.{file_type}"
            copy.path.replace(target)
            _folder_to_disk(self._files)
            for other in self._files.glob(f"{copy.id}.*"):
                if other != target and _is_original(other):
                    other.unlink()  # the same bytes, which an earlier version took for another type
        copy.drop()

    def settle(self, known: dict[str, str]) -> None:
        """Clear up after a killed process: copies of ``known`` documents (id: type) that it could not keep are kept.

        All others are deleted: they are copies of files that somebody was adding, and those are where they were.
        """
        for folder in list(_entries(self._reading)):
            for path in folder.iterdir() if folder.is_dir() else ():
                copy = Copy(path, sha256_of(path))
                if copy.id in known and not self.path(copy.id).is_file():
                    self.keep(copy, known[copy.id])
            shutil.rmtree(folder, ignore_errors=True)
        for path in list(_entries(self._files)):
            if path.suffix == _PARTIAL:
                path.unlink(missing_ok=True)

    def unsettled(self) -> list[str]:
        """Return the names of copies that a killed process left; those of a living one too."""
        return [path.name for folder in _entries(self._reading) if folder.is_dir() for path in folder.iterdir()]

    # -- removing ----------------------------------------------------------------------------------------------

    def remove(self, document_id: str) -> None:
        """Delete an original, and what is noted beside it: somebody removes the document."""
        self.path(document_id).unlink(missing_ok=True)
        (self._files / f"{document_id}{_ABOUT}").unlink(missing_ok=True)


@contextlib.contextmanager
def _room_reported(home: Path) -> Iterator[None]:
    """Turn a full disk into the library's own error."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(home) from error
        raise


def _is_original(path: Path) -> bool:
    name = path.name
    if name.endswith((_ABOUT, _PARTIAL)):
        return False
    identity = name.split(".")[0]
    return len(identity) == _ID_LETTERS and set(identity) <= set("0123456789abcdef")


def _entries(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        yield from folder.iterdir()


def _to_disk(descriptor: int) -> None:
    os.fsync(descriptor)


def _folder_to_disk(folder: Path) -> None:
    """Let a change of names in a folder survive a power cut, where the system can say so."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
