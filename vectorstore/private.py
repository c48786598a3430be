"""Keep the library's files to their owner: reports may be what somebody is persecuted for having."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OWN = (
    "brief",
    "catalogue.sqlite*",
    "chroma",
    "chats",
    "cohorts.json",
    "feedback.jsonl",
    "files",
    "guides",
    "incoming",
    "library.lock",
    "reading",
)
"""What belongs to a library: other files in the same folder are left as they are."""
_counting = threading.Lock()
_inside = [0, 0]
"""How many blocks of ``private_files`` are running, and the mask from before the first of them."""


@contextlib.contextmanager
def private_files() -> Iterator[None]:
    """Let nothing that this process creates meanwhile be open to other users.

    The mask belongs to the whole process, so blocks in several threads share it. Outside of them it is the user's own:
    exports are written with the rights that the user wants.
    """
    with _counting:
        if not _inside[0]:
            _inside[1] = os.umask(_OTHERS)
        _inside[0] += 1
    try:
        yield
    finally:
        with _counting:
            _inside[0] -= 1
            if not _inside[0]:
                os.umask(_inside[1])


def make_home(home: Path) -> None:
    """Make a library's folder where there is none, and take the rights of other users away from it.

    Raises:
        OSError: there is none, and none can be made.
    """
    try:
        with private_files():
            home.mkdir(parents=True, exist_ok=True)
        make_private(home)
    except OSError as error:
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) and home.is_dir():
            return  # it can be read, which is enough for a question
        raise


def make_private(home: Path) -> None:
    """Take the rights of other users away from a library's folder and from what is in it; only once, then it is cheap.

    A folder that belongs to another user, or one that is made for all, such as ``/tmp``, keeps its rights.
    """
    if os.name == "nt":  # what a user creates there is the user's own by default
        return
    found = home.stat()
    if not found.st_mode & _OTHERS or found.st_uid != os.geteuid() or found.st_mode & stat.S_ISVTX:
        return
    for pattern in _OWN:
        for path in home.glob(pattern):
            _close(path)
            if path.is_dir() and not path.is_symlink():
                for below in path.rglob("*"):
                    _close(below)
    _close(home)  # last: a tightening that is cut short begins again


def create_private(path: Path) -> None:
    """Create an empty file that its owner alone may read; one that exists is left as it is."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _close(path: Path) -> None:
    if path.is_symlink():
        return
    with contextlib.suppress(FileNotFoundError):  # SQLite deletes files of its own at any time
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)
