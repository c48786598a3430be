"""What one question costs in a new process: CPU seconds from the start to the first cited answer.

The product (`whrd ask`) and the tutorial pipeline, which prints its five nearest chunks with their pages, take turns:
what else the machine does falls on both alike.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import RunFailed


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process, from its start to its end, in seconds."""

    wall: float
    cpu: float
    """User and system, of all threads."""


def product_command(question: str) -> list[str]:
    """Return what a user types; the library's folder is in the environment."""
    return [sys.executable, "-m", "app.cli", "ask", question]


def tutorial_command(store: Path, question: str) -> list[str]:
    """Return the same for the tutorial pipeline, whose index lies in ``store``."""
    return [sys.executable, "-m", "evaluation.tutorial", str(store), question]


def cost_of(command: Sequence[str], home: Path, embedder: str = "") -> Cost:
    """Run ``command`` to its end, with its library in ``home``.

    Raises:
        RunFailed: it failed, or printed nothing.
    """
    environment = os.environ | {"WHRD_HOME": str(home)} | ({"WHRD_EMBEDDER": embedder} if embedder else {})
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode or not ended.stdout.strip():
        raise RunFailed(f"{' '.join(command[:4])} … failed: {ended.stderr.strip().splitlines()[-1:] or 'no output'}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def take_turns(questions: Sequence[str], home: Path, store: Path, embedder: str = "") -> tuple[list[Cost], list[Cost]]:
    """Return the costs of the product and of the tutorial pipeline, a pair a question.

    One question goes before them unmeasured: it brings the files of both into the system's cache.
    """
    pairs = []
    for question in [questions[0], *questions]:
        own = cost_of(product_command(question), home, embedder)
        pairs.append((own, cost_of(tutorial_command(store, question), home)))
    return [own for own, _ in pairs[1:]], [other for _, other in pairs[1:]]
