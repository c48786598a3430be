"""Files are read in other processes before it is their turn, while those before them are embedded."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import Document, Passage
from ingest.errors import DamagedFile, IngestError, NoText, UnsupportedFile
from ingest.finding import Found, cannot_be_read, not_regular
from ingest.limits import Limits
from ingest.load import check_size, read_file, sha256_of
from ingest.messages import message
from vectorstore.connection import disk_full
from vectorstore.errors import FULL
from vectorstore.originals import Copy, Originals

_AT_ONCE = 2
"""Files that are read at once, so that one whose pages Tesseract has to read does not hold up the next."""
_AHEAD = 2
"""Files that are read, or being read, besides the one whose turn it is: what is read ahead takes memory."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, or why it was not."""

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    error: IngestError | None = None


@dataclass(frozen=True, slots=True)
class ComingFile:
    """A file to add: a thread is reading it, unless it need not be read."""

    number: int
    """From 1, in the order in which files were given."""
    name: str
    """What it is called, as it can be shown."""
    id: str
    """Empty where its bytes cannot be read."""
    copy: Copy | None
    """What is read, and kept if all goes well; None where nothing is."""
    _reading: Future[Read] | None
    _has_turn: threading.Event
    """Set when it is its turn: until then its progress is not reported."""

    def result(self) -> Read | None:
        """Wait until the file is read, and return what was read; None where it need not be read."""
        self._has_turn.set()
        return None if self._reading is None else self._reading.result()


def read_ahead(
    files: Sequence[Found],
    originals: Originals,
    is_wanted: Callable[[str], bool],
    limits: Limits,
    on_page: Callable[[int], None],
) -> Generator[ComingFile]:
    """Yield the files in order, each when the one before it is done with.

    Args:
        files: The files.
        originals: Where the copies are made that are read.
        is_wanted: Whether the file with this id is to be read; asked before the files ahead of it are stored.
        limits: Caps on a file.
        on_page: Called with the number of pages read so far of the file whose turn it is.

    Raises:
        LibraryFull: there is no room for a copy.
    """
    numbered = enumerate(files, start=1)
    coming: deque[ComingFile] = deque()
    stopped = threading.Event()

    def begin(number: int, found: Found) -> ComingFile:
        has_turn = threading.Event()
        document_id = ""
        try:
            _check(found)
            document_id = sha256_of(found.path)
            check_size(found.path, found.name, limits)
            same = next((file for file in coming if file.id == document_id), None)
            if same is not None:  # the same bytes under another name are read once
                return ComingFile(number, found.name, document_id, same.copy, same._reading, has_turn)
            if not is_wanted(document_id):
                return ComingFile(number, found.name, document_id, None, None, has_turn)
            copy = originals.copy(found.path, found.name)
        except IngestError as error:
            return ComingFile(number, found.name, document_id, None, _done(Read(error=error)), has_turn)
        except OSError as error:
            if error.errno in FULL:
                raise disk_full(originals.home, _room_for(found.path)) from error
            unread = DamagedFile(cannot_be_read(found.name, error))
            return ComingFile(number, found.name, document_id, None, _done(Read(error=unread)), has_turn)
        report = _reporter(found.name, stopped, has_turn, on_page)
        reading = readers.submit(_read, copy.path, limits, report, stopped)
        return ComingFile(number, found.name, copy.id, copy, reading, has_turn)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="read ahead") as readers:
        try:
            while True:
                while len(coming) <= _AHEAD and (following := next(numbered, None)):
                    coming.append(begin(*following))
                if not coming:
                    return
                yield coming[0]
                file = coming.popleft()
                if file.copy is not None and not any(other.copy == file.copy for other in coming):
                    file.copy.drop()
        finally:
            stopped.set()
            readers.shutdown(cancel_futures=True)
            for file in coming:
                if file.copy is not None:
                    file.copy.drop()


def _check(found: Found) -> None:
    """Refuse what is no file, before anything of it is read: a pipe would be waited for."""
    if found.problem is not None:
        raise UnsupportedFile(found.problem)
    if not found.path.is_file():
        found.path.stat()  # says so where it is gone
        raise UnsupportedFile(not_regular(found.name))


def _room_for(path: Path) -> int:
    """Return about how many bytes a file takes in the library: its copy, its text three times, its vectors."""
    try:
        return 5_000_000 + 4 * path.stat().st_size
    except OSError:
        return 5_000_000


def _done(read: Read) -> Future[Read]:
    future: Future[Read] = Future()
    future.set_result(read)
    return future


def _read(path: Path, limits: Limits, on_page: Callable[[int], None], stopped: threading.Event) -> Read:
    try:
        reading = read_file(path, limits, on_page, stopped)
        if not reading.passages:
            raise NoText(message("{name} contains no words: there is nothing to search.", name=path.name))
    except IngestError as error:
        return Read(error=error)
    return Read(reading.document, reading.passages)


def _reporter(
    name: str, stopped: threading.Event, has_turn: threading.Event, on_page: Callable[[int], None]
) -> Callable[[int], None]:
    def report(pages: int) -> None:
        if stopped.is_set():
            raise InterruptedError(f"{name} is not wanted any more.")
        if has_turn.is_set():
            on_page(pages)

    return report
