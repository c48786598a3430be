"""Uploads of the chat on their way into the library.

incoming/<chat>/lock          held by the chat while it runs
incoming/<chat>/<n>/<name>    a file that waits, or is being added

A chat that is stopped leaves its files behind; the next one takes them over.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from filelock import FileLock, Timeout

from ingest.names import is_safe
from vectorstore.private import private_files

_FOLDER = "incoming"
_LOCK = "lock"


class Incoming:
    """One chat's folder of uploads."""

    def __init__(self, home: Path) -> None:
        """Make the folder, below the library's ``home``.

        Raises:
            OSError: it cannot be made.
        """
        with private_files():
            (home / _FOLDER).mkdir(parents=True, exist_ok=True)
            self._folder = Path(tempfile.mkdtemp(dir=home / _FOLDER))
            self._lock = FileLock(self._folder / _LOCK, timeout=0)
            self._lock.acquire()
        self._home = home

    def put(self, name: str, content: IO[bytes]) -> Path:
        """Store an upload under its own name."""
        with private_files():
            path = Path(tempfile.mkdtemp(dir=self._folder)) / safe_name(name)
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
        return path

    def take_left(self) -> list[Path]:
        """Take over what chats that are gone have left; return where it is now."""
        taken = []
        for folder in _left(self._home):
            for file in _files(folder):
                with private_files():
                    target = Path(tempfile.mkdtemp(dir=self._folder)) / file.name
                    file.replace(target)
                taken.append(target)
            shutil.rmtree(folder, ignore_errors=True)
        return taken

    def drop(self, path: Path) -> None:
        """Delete an upload that was added, or could not be."""
        shutil.rmtree(path.parent, ignore_errors=True)


def left_uploads(home: Path) -> list[str]:
    """Return the names of the uploads that a stopped chat has left."""
    return [file.name for folder in _left(home) for file in _files(folder)]


def safe_name(name: str) -> str:
    """Return the last part of an uploaded file's name, without what a file system would read as something else."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    cleaned = "".join(character for character in last if is_safe(character) and character not in '<>:"|?*')
    return cleaned.strip(" .")[-150:] or "report"


def _left(home: Path) -> Iterator[Path]:
    """Yield the folders of chats that do not run any more."""
    incoming = home / _FOLDER
    for folder in sorted(incoming.iterdir()) if incoming.is_dir() else ():
        if not folder.is_dir():
            continue
        if not (folder / _LOCK).exists():  # an earlier version's, which had no locks
            yield folder
            continue
        try:
            with FileLock(folder / _LOCK, timeout=0):
                pass
        except (Timeout, OSError):
            continue
        yield folder


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _LOCK)
