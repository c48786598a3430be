"""Who of this computer's users asks: the kernel knows whose a connection is, and a browser need not say it.

Notebooks put a secret into the address instead, which then stands in histories, bookmarks and lists of processes.
"""

from __future__ import annotations

import os
import sys
from ipaddress import IPv4Address
from pathlib import Path

Address = tuple[str, int]
"""An IPv4 address and a port."""
CONNECTIONS = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
"""The kernel's lists (proc_pid_net(5)); a program may reach an IPv4 address by a socket of the newer kind."""
_LOCAL, _REMOTE, _STATE, _USER = 1, 2, 3, 7
"""Columns."""
_OPEN = "01"
_MAPPED = bytes.fromhex("0000000000000000ffff0000")
"""What stands before an IPv4 address written as one of IPv6, in words as this computer has them."""
_ROOT = 0


def is_own(client: Address, server: Address) -> bool:
    """Say whether ``client``, connected to ``server`` on this computer, belongs to the user who runs this process.

    Root counts as such: it reads everything anyway, and forwards connections for others. True where the system has no
    such list, False for a connection that is not in it.
    """
    if not CONNECTIONS[0].exists():
        return True
    user = user_of(client, server)
    return user is not None and user in (os.getuid(), _ROOT)


def user_of(client: Address, server: Address) -> int | None:
    """Return the number of the user whose connection it is; None where the kernel lists none that is open."""
    for row in _rows():
        if row[_STATE] == _OPEN and row[_LOCAL] in _written(client) and row[_REMOTE] in _written(server):
            return int(row[_USER])
    return None


def _rows() -> list[list[str]]:
    lines = [line for table in CONNECTIONS if table.exists() for line in table.read_text().splitlines()[1:]]
    return [line.split() for line in lines]


def _written(address: Address) -> tuple[str, str]:
    """Return an address as both lists write it: words in the computer's own order of bytes."""
    host = int.from_bytes(IPv4Address(address[0]).packed, sys.byteorder).to_bytes(4, "big")
    return (f"{host.hex().upper()}:{address[1]:04X}", f"{(_MAPPED + host).hex().upper()}:{address[1]:04X}")
