"""Run ``whrd`` as its users do, watch what it takes, and say what is wrong with the outcome."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

WHRD = Path(sys.executable).with_name("whrd")
STATES = {"ready", "no_text", "locked", "damaged", "unsupported", "too_big"}
MOST_SECONDS = 900.0
"""Of one command; the readers' own caps are far below."""
_LOOKED = 0.2
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str
    seconds: float
    memory: int
    """The most bytes that it and its children had at once."""

    def lines(self) -> list[dict[str, str]]:
        """Return what it printed, as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]

    def faults(self, *codes: int) -> list[str]:
        """Return what is wrong with any command's outcome: its exit status, a traceback, signs of control."""
        found = [f"exit {self.code}"] if self.code not in codes else []
        found += ["a traceback"] if "Traceback" in self.err + self.out else []
        said = (self.out + self.err).replace("\n", "").replace("\r", "").replace("\t", "")
        # What the line of progress writes is for a terminal, and here is none.
        found += [f"the sign U+{ord(char):04X}" for char in sorted(set(said)) if ord(char) < 32 or ord(char) == 127]
        return found


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a command on the library in ``home``, in a session of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WHRD_")}
    return subprocess.Popen(
        [str(WHRD), *arguments],
        # Without the folders of the system's programs, so that no page is given to Tesseract: that takes minutes.
        env=environment | {"WHRD_HOME": str(home), "PATH": str(WHRD.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="backslashreplace",
        start_new_session=True,
    )


def run(home: Path, *arguments: str, seconds: float = MOST_SECONDS) -> Outcome:
    """Run a command to its end; one that does not end is killed, exit status -9."""
    began, most = time.monotonic(), 0
    with start(home, *arguments) as process:
        while process.poll() is None:
            try:
                out, err = process.communicate(timeout=_LOOKED)
                break
            except subprocess.TimeoutExpired:
                most = max(most, _memory(process.pid))
                if time.monotonic() - began > seconds:
                    kill_all(process.pid)
        else:
            out, err = process.communicate()
    return Outcome(process.returncode, out, err, time.monotonic() - began, most)


def kill_all(pid: int) -> None:
    """Kill a process and those that it started."""
    for member in _family(pid):
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue


def children(pid: int) -> Sequence[psutil.Process]:
    """Return the processes that a process started."""
    return _family(pid)[1:]


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _memory(pid: int) -> int:
    total = 0
    for member in _family(pid):
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
