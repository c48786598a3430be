"""What this process has used so far, its ended children included. Not on Windows, which does not tell."""

from __future__ import annotations

import resource
import sys

_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
"""What one unit of ru_maxrss is."""


def cpu_seconds() -> float:
    """Return CPU seconds, of user and system, of all threads."""
    used = [resource.getrusage(who) for who in _WHO]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_memory_mb() -> float:
    """Return the most memory that was resident, in MB (10^6 bytes): of this process or of its largest child."""
    return max(resource.getrusage(who).ru_maxrss for who in _WHO) * _MAXRSS_BYTES / 1e6
