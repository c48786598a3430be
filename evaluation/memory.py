"""Keep memory between steps of long computing, on Linux."""

from __future__ import annotations

import os
import sys

_MALLOC = {"MALLOC_MMAP_THRESHOLD_": str(4 << 30), "MALLOC_TRIM_THRESHOLD_": str(16 << 30)}
"""glibc gives large blocks back at once, and the system hands out empty pages anew: half of the time."""


def keep_memory() -> None:
    """Start the process anew with memory that is kept between steps, on Linux."""
    if sys.platform == "linux" and not _MALLOC.keys() <= os.environ.keys():
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **_MALLOC})
