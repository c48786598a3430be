"""Run work on hostile files in a child process with caps on time and memory.

The child is ``python -m ingest.child``; it prints one JSON object a line. JSON, not pickles: what comes back from a
process that read a hostile file is data too.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import IO, Any

import psutil

from ingest.confinement import reader_environment
from ingest.errors import DamagedFile, IngestError, TooBig
from ingest.limits import Limits
from ingest.messages import message, read_message

_POLL_SECONDS = 0.05
_FAMILY_SECONDS = 0.5
"""How often the processes that the child started are looked for, which reads the list of all on the computer."""


def run_child(
    arguments: list[str], name: str, limits: Limits, stopped: threading.Event | None = None
) -> Iterator[dict[str, Any]]:
    """Run the child on ``arguments`` and yield its messages.

    Args:
        arguments: Of ``ingest.child``.
        name: The file's, for error messages.
        limits: Caps, which the child keeps to by itself too.
        stopped: Set by another thread when the work is not wanted any more: the child is ended.

    Raises:
        TooBig: it passed the caps on memory or time.
        DamagedFile: it died.
        IngestError: of the kind that the child reported.
        InterruptedError: ``stopped`` was set.
    """
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**reader_environment(os.environ), "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        # -P: modules are not looked for in the working folder, which may be where the hostile file lies.
        [sys.executable, "-P", "-m", "ingest.child", str(os.getpid()), *arguments],
        stdin=subprocess.PIPE,  # never written to: its end tells the child that this process is gone
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        assert child.stdout is not None
        lines: queue.Queue[bytes | None] = queue.Queue(maxsize=256)
        pump = threading.Thread(target=_pump, args=(child.stdout, lines), daemon=True)
        pump.start()
        try:
            yield from _watch(child, lines, name, limits, stopped)
        finally:
            _kill(child.pid)
            _drain(lines, pump)


def _pump(stream: IO[bytes], lines: queue.Queue[bytes | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _drain(lines: queue.Queue[bytes | None], pump: threading.Thread) -> None:
    """Let the pump come to the end of the dead child's pipe before the pipe is closed under it."""
    while pump.is_alive():
        with contextlib.suppress(queue.Empty):
            lines.get(timeout=_POLL_SECONDS)


def _watch(
    child: subprocess.Popen[bytes],
    lines: queue.Queue[bytes | None],
    name: str,
    limits: Limits,
    stopped: threading.Event | None,
) -> Iterator[dict[str, Any]]:
    started = progressed = checked = time.monotonic()
    family = _Family(child.pid)
    while True:
        try:
            line = lines.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            line = b""
        if stopped is not None and stopped.is_set():
            raise InterruptedError(f"{name} is not wanted any more.")
        now = time.monotonic()
        # Also while messages come: a flood of them must not put off the check.
        if now - checked > _POLL_SECONDS or not line:
            checked = now
            _check(family.memory(), name, limits, now - progressed, now - started)
        if line is None:
            break
        if line:
            progressed = now
            yield _read_line(line, name)
    code = child.wait()
    if code != 0:
        raise DamagedFile(
            message(
                "{name} stopped the reader (exit {code}): the file is damaged, fetch or print it again.",
                name=name,
                code=str(code),
            )
        )


def _check(memory: int, name: str, limits: Limits, stalled: float, total: float) -> None:
    if stalled > limits.stall_seconds or total > limits.total_seconds:
        raise TooBig(
            message(
                "{name} takes too long to read ({seconds} s): split it or print it again.",
                name=name,
                seconds=round(total),
            )
        )
    if memory > limits.memory_bytes:
        raise TooBig(
            message(
                "{name} needs more than {size} GB of memory to read: split it.",
                name=name,
                size=f"{limits.memory_bytes / 1e9:.1f}",
            )
        )


class _Family:
    """A process and those that it started (Tesseract)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._members: list[psutil.Process] = []
        self._looked = float("-inf")

    def memory(self) -> int:
        """Return the bytes that all of them have in memory; those that have ended have none."""
        if time.monotonic() - self._looked > _FAMILY_SECONDS:
            self._members, self._looked = _family_of(self._pid), time.monotonic()
        return sum(map(_resident, self._members))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _family_of(pid: int) -> list[psutil.Process]:
    """Return what a process started, and last itself; nothing when it has ended."""
    try:
        process = psutil.Process(pid)
        return [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return []


def _read_line(line: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise nonsense(name)
        problem = read_message(data["error"]) if "error" in data else None
    except ValueError as error:
        raise nonsense(name) from error
    if problem is not None:
        kinds = {kind.status: kind for kind in IngestError.__subclasses__()}
        raise kinds.get(data.get("status", ""), DamagedFile)(problem)
    return data


def nonsense(name: str) -> DamagedFile:
    """Return the error for a reader whose output cannot be read."""
    return DamagedFile(
        message(
            "{name} made its reader return invalid data: the file is damaged or hostile, do not trust it.", name=name
        )
    )


def _kill(pid: int) -> None:
    """End the child and what it started."""
    for member in _family_of(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
