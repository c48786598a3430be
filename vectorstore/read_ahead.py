"""Files are read in other processes before it is their turn, while those before them are embedded."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import Document, Passage
from ingest.errors import IngestError, NoText
from ingest.limits import Limits
from ingest.load import read_file, sha256_of
from ingest.messages import message

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
    path: Path
    id: str
    _reading: Future[Read] | None
    _has_turn: threading.Event
    """Set when it is its turn: until then its progress is not reported."""

    def result(self) -> Read | None:
        """Wait until the file is read, and return what was read; None where it need not be read."""
        self._has_turn.set()
        return None if self._reading is None else self._reading.result()


def read_ahead(
    paths: Sequence[Path], is_wanted: Callable[[str], bool], limits: Limits | None, on_page: Callable[[int], None]
) -> Generator[ComingFile]:
    """Yield the files in order, each when the one before it is done with.

    Args:
        paths: The files.
        is_wanted: Whether the file with this id is to be read; asked before the files ahead of it are stored.
        limits: Caps on a file.
        on_page: Called with the number of pages read so far of the file whose turn it is.

    """
    numbered = enumerate(paths, start=1)
    coming: deque[ComingFile] = deque()
    stopped = threading.Event()

    def begin(number: int, path: Path) -> ComingFile:
        document_id, has_turn = sha256_of(path), threading.Event()
        same = next((file for file in coming if file.id == document_id), None)
        if same is not None:  # the same bytes under another name are read once
            return ComingFile(number, path, document_id, same._reading, has_turn)
        report = _reporter(path, stopped, has_turn, on_page)
        reading = readers.submit(_read, path, limits, report) if is_wanted(document_id) else None
        return ComingFile(number, path, document_id, reading, has_turn)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="read ahead") as readers:
        try:
            while True:
                while len(coming) <= _AHEAD and (following := next(numbered, None)):
                    coming.append(begin(*following))
                if not coming:
                    return
                yield coming.popleft()
        finally:
            stopped.set()
            readers.shutdown(cancel_futures=True)


def _read(path: Path, limits: Limits | None, on_page: Callable[[int], None]) -> Read:
    try:
        reading = read_file(path, limits, on_page)
        if not reading.passages:
            raise NoText(message("{name} contains no words: there is nothing to search.", name=path.name))
    except IngestError as error:
        return Read(error=error)
    return Read(reading.document, reading.passages)


def _reporter(
    path: Path, stopped: threading.Event, has_turn: threading.Event, on_page: Callable[[int], None]
) -> Callable[[int], None]:
    def report(pages: int) -> None:
        if stopped.is_set():
            raise InterruptedError(f"{path.name} is not wanted any more.")
        if has_turn.is_set():
            on_page(pages)

    return report
