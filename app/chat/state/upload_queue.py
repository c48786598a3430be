"""Add uploaded reports one by one in a separate thread, so that questions can be asked meanwhile."""

from __future__ import annotations

import logging
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from app.errors import AppError
from app.messages import Message, error_message, message
from ingest.documents import Status
from ingest.errors import IngestError
from vectorstore.errors import LibraryError
from vectorstore.library import Library

_INCOMING = "incoming"
_LOG = logging.getLogger(__name__)
_WAITING = message("waiting")


@dataclass(slots=True)
class Job:
    """One file on its way into the library. ``share`` is its progress, 0…1, or None while that is unknown."""

    name: str
    path: Path
    line: Message = _WAITING
    """What is being done with it, or how it ended."""
    pages: int = 0
    """Of the report, once it is added."""
    share: float | None = None
    done: bool = False
    failed: bool = False


class UploadQueue:
    """The files that are being added. ``open_library`` gives a library for one file: it is closed afterwards."""

    def __init__(self, home: Path, open_library: Callable[[], Library]) -> None:
        """Start the thread."""
        self._home = home
        self._open_library = open_library
        self._jobs: list[Job] = []
        self._waiting: queue.Queue[Job] = queue.Queue()
        threading.Thread(target=self._run, name="add reports", daemon=True).start()

    def put(self, name: str, content: IO[bytes]) -> Job:
        """Queue an upload under its own name. Its copy is in the library's folder, not in a shared one."""
        incoming = self._home / _INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(dir=incoming)) / safe_name(name)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file)
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
                shutil.rmtree(job.path.parent, ignore_errors=True)
                job.share, job.done = None, True

    def _add(self, job: Job) -> None:
        def report(stage: str, done: int, total: int) -> None:
            job.line = _stage(stage, done, total)
            job.share = done / total if total else None

        job.line = message("opening")
        library = self._open_library()
        try:
            added = library.add(job.path, on_progress=report)
        finally:
            library.close()
        job.failed = added.status is not Status.READY
        job.line, job.pages = added.message, 0 if job.failed else added.pages


def _stage(stage: str, done: int, total: int) -> Message:
    """Return what the library's progress means; its stages are "reading", by pages, and "embedding"."""
    if stage == "reading":
        return message("reading page {number}", number=done)
    return message("embedding {number} of {total}", number=done, total=total)


def safe_name(name: str) -> str:
    """Return the last part of an uploaded file's name, without what a file system would read as something else."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    cleaned = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*')
    return cleaned.strip(" .")[-150:] or "report"
