"""What this process has used so far, its ended children included. Not on Windows, which does not report it."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
"""What one unit of ru_maxrss is."""
_STATUS = Path("/proc/self/status")


def cpu_seconds() -> float:
    """Return CPU seconds, of user and system, of all threads."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_memory_mb() -> float:
    """Return the most memory that was resident, in MB (10^6 bytes): of this process or of its largest child."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _MAXRSS_BYTES
    return max(_own_peak_bytes(), children) / 1e6


def _own_peak_bytes() -> int:
    # On Linux ru_maxrss begins at the memory of the process that started this one; VmHWM is this one's alone.
    high_water = re.search(r"^VmHWM:\s*(\d+) kB", _STATUS.read_text() if _STATUS.is_file() else "", re.MULTILINE)
    if high_water:
        return int(high_water[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_BYTES
