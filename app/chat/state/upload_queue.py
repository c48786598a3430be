"""Add uploaded reports one by one in a separate thread, so that questions can be asked meanwhile."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.errors import AppError
from app.incoming import Incoming
from app.messages import Message, error_message, message
from ingest.documents import Status
from ingest.errors import IngestError
from vectorstore.errors import LibraryError
from vectorstore.library import Library

_LOG = logging.getLogger(__name__)
_WAITING = message("waiting")


@dataclass(slots=True)
class Job:
    """One file on its way into the library. ``share`` is its progress, 0…1, or None while that is unknown."""

    name: str
    path: Path | None
    """Its copy; None where there is none to add."""
    line: Message = _WAITING
    """What is being done with it, or how it ended."""
    pages: int = 0
    """Of the report, once it is added."""
    share: float | None = None
    done: bool = False
    failed: bool = False
    same_name: tuple[str, ...] = ()
    """Ids of the documents of its name and other content, which it may replace."""


class UploadQueue:
    """The files that are being added. ``open_library`` gives a library for one file: it is closed afterwards."""

    def __init__(
        self, home: Path, open_library: Callable[[], Library], on_added: Callable[[str], None] = lambda _: None
    ) -> None:
        """Start the thread; what a chat that was stopped has left is added first.

        ``on_added`` is called with the ids of new documents once no file waits: it may keep the computer busy.
        """
        self._on_added = on_added
        self._added: list[str] = []
        self._incoming = Incoming(home)
        self._open_library = open_library
        self._jobs: list[Job] = []
        self._waiting: queue.Queue[Job] = queue.Queue()
        for path in self._incoming.take_left():
            self._queue(path)
        threading.Thread(target=self._run, name="add reports", daemon=True).start()

    def put(self, name: str, content: IO[bytes]) -> Job:
        """Queue an upload under its own name. Its copy is in the library's folder, not in a shared one."""
        return self._queue(self._incoming.put(name, content))

    def refuse(self, name: str, problem: Message) -> None:
        """Show that a file is not added, and why."""
        self._jobs.append(Job(name, None, problem, done=True, failed=True))

    def _queue(self, path: Path) -> Job:
        job = Job(path.name, path)
        self._jobs.append(job)
        self._waiting.put(job)
        return job

    def jobs(self) -> list[Job]:
        """Return the running jobs, and those finished since ``forget``."""
        return list(self._jobs)

    def busy(self) -> bool:
        """Return whether any file is not done."""
        return any(not job.done for job in self._jobs)

    def replace(self, job: Job) -> None:
        """Remove the documents of a job's name that were here before it, as the user wishes.

        Raises:
            LibraryError: they cannot be removed; they stay.
        """
        library = self._open_library()
        try:
            for document_id in job.same_name:
                library.remove(document_id)
        finally:
            library.close()
        job.same_name = ()
        job.line = message("it replaces the one that was here")

    def keep_both(self, job: Job) -> None:
        """Ask no more about the documents of a job's name."""
        job.same_name = ()

    def forget(self) -> None:
        """Remove finished jobs from the list."""
        self._jobs = [job for job in self._jobs if not job.done]

    def _run(self) -> None:
        while True:
            job = self._waiting.get()
            try:
                self._add(job)
            except (LibraryError, IngestError, AppError) as error:
                job.line, job.failed = error_message(error), True
            except Exception as error:  # the thread must live on for the next file
                _LOG.exception("adding %s", job.name)
                job.line, job.failed = (
                    message(
                        "{name} could not be added ({detail}): see the terminal.",
                        name=job.name,
                        detail=type(error).__name__,
                    ),
                    True,
                )
            finally:
                if job.path is not None:
                    self._incoming.drop(job.path)
                job.share, job.done = None, True
            if self._waiting.empty():
                while self._added:
                    self._on_added(self._added.pop(0))

    def _add(self, job: Job) -> None:
        def report(stage: str, done: int, total: int) -> None:
            job.line = _stage(stage, done, total)
            job.share = done / total if total else None

        job.line = message("opening")
        assert job.path is not None
        library = self._open_library()
        try:
            added = library.add(job.path, on_progress=report)
        finally:
            library.close()
        job.failed, job.same_name = added.status is not Status.READY, added.same_name
        job.line, job.pages = added.message, 0 if job.failed else added.pages
        if not job.failed:
            self._added.append(added.id)


def _stage(stage: str, done: int, total: int) -> Message:
    """Return what the library's progress means; its stages are "reading", by pages, and "embedding"."""
    if stage == "reading":
        return message("reading page {number}", number=done)
    return message("embedding {number} of {total}", number=done, total=total)
