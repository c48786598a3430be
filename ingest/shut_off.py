"""Shut a reader of hostile files off from the network, and from writing, by means of Linux's kernel.

Two of them, each for what the other cannot: a name space of its own without any network (``unshare(2)``), and Landlock
(https://docs.kernel.org/userspace-api/landlock.html), after which files can be written in one folder alone. Both are
for ordinary users, hold for whatever the process starts, and cannot be taken back. A system that has neither is no
reason not to read: the caps of ``ingest.confinement`` remain.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_NEW_NETWORK = 0x4000_0000
_NEW_USER = 0x1000_0000
_NO_NEW_PRIVILEGES = 38
"""PR_SET_NO_NEW_PRIVS of prctl: Landlock asks for it."""
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Landlock's calls, by the numbers that they have on every architecture."""
_VERSION = 1
"""LANDLOCK_CREATE_RULESET_VERSION: asks which version the kernel has."""
_PATH_BENEATH = 1
_WRITE_FILE = 1 << 1
_CHANGES = {1: _WRITE_FILE | sum(1 << bit for bit in range(4, 13)), 2: 1 << 13, 3: 1 << 14}
"""What changes files, with the version that knows it: write, remove and make of every kind; link elsewhere; shorten."""
_TCP, _TCP_VERSION = 3, 4
"""Bind and connect."""
_SCOPES, _SCOPES_VERSION = 3, 6
"""Abstract sockets and signals of processes outside."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def shut_off(scratch: Path | None) -> tuple[str, ...]:
    """Shut this process off; return what the kernel agreed to: "network" (no network), "files" (none is changed).

    ``scratch`` is the folder in which files may still be written, if any. Call it before any thread is started.
    """
    if sys.platform != "linux":
        return ()
    libc = ctypes.CDLL(None, use_errno=True)
    granted = {"network": _leave_network(libc), "files": _landlock(libc, scratch)}
    return tuple(name for name, done in granted.items() if done)


def _leave_network(libc: ctypes.CDLL) -> bool:
    # Root needs no name space of users, and would lose in it the right to read what others own.
    return any(libc.unshare(what) == 0 for what in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def _landlock(libc: ctypes.CDLL, scratch: Path | None) -> bool:
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return False
    changes = sum(rights for since, rights in _CHANGES.items() if version >= since)
    wanted = _Ruleset(changes, _TCP if version >= _TCP_VERSION else 0, _SCOPES if version >= _SCOPES_VERSION else 0)
    # An older kernel knows a shorter structure.
    size = 8 if version < _TCP_VERSION else 16 if version < _SCOPES_VERSION else 24
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    try:
        if scratch is not None:
            _allow(libc, rules, scratch, changes)
        _allow(libc, rules, Path(os.devnull), changes & (_WRITE_FILE | _CHANGES[3]))
        refused: int = libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.syscall(_RESTRICT_SELF, rules, 0)
        return not refused
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(_Beneath(rights, folder)), 0)
    finally:
        os.close(folder)
