"""The chat's server under load, the process that adds reports beside it, and what both take of the machine."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.chat.launch import free_port
from evaluation.errors import EvaluationError
from evaluation.meter import cpu_seconds

_ROOT = Path(__file__).resolve().parents[2]
_PORT = 8700
"""The first that is tried."""
_STARTS = 60
"""Seconds in which the server must answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running chat."""

    port: int
    process: psutil.Process
    """Streamlit's own, below the one that was started."""
    log: Path
    """What it prints, errors too."""

    def tracebacks(self) -> int:
        """Return how many errors it has printed that nobody caught."""
        return self.log.read_text(encoding="utf-8", errors="replace").count("Traceback (most recent call last)")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the server held at a moment."""

    at: float
    """Seconds since the crowd began."""
    memory_mb: float
    """Resident, 10^6 bytes, mapped files among them."""
    threads: int
    handles: int
    """Open files and sockets."""
    cpu_seconds: float
    """That it has used since it began."""


@dataclass(frozen=True, slots=True)
class Shares:
    """CPU seconds of all cores between two moments."""

    server: float
    beside: float
    """Of the people and of the process that adds reports."""
    others: float
    """Of programs that have nothing to do with the measurement."""
    available: float


@contextmanager
def running_chat(home: Path, log: Path) -> Iterator[Server]:
    """Start the chat on the library in ``home``; other settings are those of the environment.

    Raises:
        EvaluationError: it does not start.
    """
    port = free_port(_PORT)
    with log.open("wb") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "chat"],
            env=_environment(home) | {"WHRD_PORT": str(port), "DISPLAY": "", "WAYLAND_DISPLAY": ""},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            _wait_until_up(port, started, log)
            [process] = psutil.Process(started.pid).children()
            yield Server(port, process, log)
        finally:
            started.send_signal(signal.SIGTERM)
            started.wait()


async def add_reports(home: Path, reports: Path, log: Path) -> int:
    """Add the files of a folder as ``whrd ingest`` does, in a process of its own; return its exit status."""
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.cli", "ingest", str(reports)),
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        return await process.wait()


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "WHRD_HOME": str(home), "PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1"}


def _wait_until_up(port: int, started: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _STARTS
    while time.monotonic() < until and started.poll() is None:
        try:
            with opener.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise EvaluationError(f"The chat does not start: {log.read_text(encoding='utf-8', errors='replace').strip()}")


def take_sample(process: psutil.Process, at: float) -> Sample:
    """Return what the server holds now."""
    with process.oneshot():
        used = process.cpu_times()
        return Sample(
            at, process.memory_info().rss / 1e6, process.num_threads(), process.num_fds(), used.user + used.system
        )


class Machine:
    """What everybody takes of the machine from now on."""

    def __init__(self, server: psutil.Process) -> None:
        """``server`` is the chat's."""
        self._server = server
        self._before = self._read()

    def _read(self) -> tuple[float, float, float, float]:
        times, used = psutil.cpu_times(), self._server.cpu_times()
        busy = sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0)
        return used.user + used.system, cpu_seconds(), busy, time.monotonic()

    def shares(self) -> Shares:
        """Return what was taken so far; of a process that adds reports, once it has ended."""
        server, own, busy, seconds = (now - then for now, then in zip(self._read(), self._before, strict=True))
        return Shares(server, own, max(0.0, busy - server - own), seconds * (psutil.cpu_count() or 1))
