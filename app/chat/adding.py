"""Add uploaded reports one after another in a thread of its own, so that questions can be asked meanwhile."""

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
from ingest.documents import Status
from ingest.errors import IngestError
from vectorstore.errors import LibraryError
from vectorstore.library import Library

_INCOMING = "incoming"
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """One file on its way into the library. ``share`` is 0…1 while it can be told, else None."""

    name: str
    path: Path
    line: str = "waiting"
    """What is done with it, or what came of it, in English: the screen says it in its own language."""
    pages: int = 0
    """Of the report, once it is added."""
    share: float | None = None
    done: bool = False
    failed: bool = False


class AddQueue:
    """The files that are being added. ``open_library`` gives a library for one file: it is closed afterwards."""

    def __init__(self, home: Path, open_library: Callable[[], Library]) -> None:
        """Start the thread."""
        self._home = home
        self._open_library = open_library
        self._jobs: list[Job] = []
        self._waiting: queue.Queue[Job] = queue.Queue()
        threading.Thread(target=self._run, name="add reports", daemon=True).start()

    def put(self, name: str, content: IO[bytes]) -> Job:
        """Queue an upload under its own name. Its copy lies in the library's folder, not in a shared one."""
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
        """Return what is under way and what has ended since ``forget``."""
        return list(self._jobs)

    def busy(self) -> bool:
        """Return whether any file is not done."""
        return any(not job.done for job in self._jobs)

    def forget(self) -> None:
        """Take what has ended off the list."""
        self._jobs = [job for job in self._jobs if not job.done]

    def _run(self) -> None:
        while True:
            job = self._waiting.get()
            try:
                self._add(job)
            except (LibraryError, IngestError, AppError) as error:
                job.line, job.failed = str(error), True
            except Exception as error:  # the thread must live on for the next file
                _LOG.exception("adding %s", job.name)
                job.line, job.failed = (
                    f"{job.name} could not be added ({type(error).__name__}): see the terminal.",
                    True,
                )
            finally:
                shutil.rmtree(job.path.parent, ignore_errors=True)
                job.share, job.done = None, True

    def _add(self, job: Job) -> None:
        def report(stage: str, done: int, total: int) -> None:
            job.line = f"{stage} {done} of {total}" if total else f"{stage} page {done}"
            job.share = done / total if total else None

        job.line = "opening"
        library = self._open_library()
        try:
            added = library.add(job.path, on_progress=report)
        finally:
            library.close()
        job.failed = added.status is not Status.READY
        job.line, job.pages = added.message, 0 if job.failed else added.pages


def safe_name(name: str) -> str:
    """Return the last part of an uploaded file's name, without what a file system would read as something else."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    cleaned = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*')
    return cleaned.strip(" .")[-150:] or "report"
