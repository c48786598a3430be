"""What a reader of hostile files does to itself before it opens one: caps of its own, and an end with its parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Mapping

from ingest.limits import Limits

_PASSED_ON = frozenset(
    "PATH LANG LANGUAGE TZ TMPDIR TEMP TMP SYSTEMROOT WINDIR COMSPEC PATHEXT NUMBER_OF_PROCESSORS LD_LIBRARY_PATH"
    " DYLD_LIBRARY_PATH TESSDATA_PREFIX OMP_NUM_THREADS OMP_THREAD_LIMIT".split()
)
"""What a reader needs to find programs, libraries and a place for scratch. Keys of chat models are not among it."""
_SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""
_SPARE_ADDRESSES = 6_000_000_000
"""Bytes that programs reserve and do not use: libraries, stacks of threads, files that are mapped."""
_SPARE_SECONDS = 60


def reader_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment a reader is given: no keys, no settings, no addresses."""
    return {
        name: value
        for name, value in environment.items()
        if name.upper() in _PASSED_ON or name.upper().startswith("LC_")
    }


def confine(limits: Limits) -> None:
    """Cap what this process may take, where the system can: the parent measures too, but it may be gone."""
    try:
        import resource
    except ImportError:  # Windows
        return
    seconds = int(limits.total_seconds) + _SPARE_SECONDS
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes + _SPARE_ADDRESSES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows no cap on addresses, and nobody may raise a cap that is there already.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def end_with_parent(parent: int) -> None:
    """End this process when its parent ends, however that happens; ``parent`` is its number.

    On Linux the kernel does it. Elsewhere, and beside it, a thread waits for the end of standard input, whose other
    end the parent holds: a thread cannot run while a pattern is matched, and then the caps of ``confine`` remain.
    """
    die_with_parent()
    if os.name == "posix" and os.getppid() != parent:  # it was quicker; on Windows a launcher stands between the two
        os._exit(1)
    threading.Thread(target=_wait_for_end, name="wait for the parent's end", daemon=True).start()


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the thread that started it ends; Linux only."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _wait_for_end() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    os._exit(1)
