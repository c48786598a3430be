"""Remove the bytes of deleted passages from Chroma's files.

Chroma 1.5 deletes rows and leaves their bytes: in its full-text segments and in free pages. The work is done by a
process of its own, because two copies of SQLite in one process (Chroma's and Python's) do not see each other's locks:
``python -m vectorstore.chroma_scrub FOLDER``.

It also writes its graph with room for more vectors, and that room holds whatever the process had in memory.
"""

from __future__ import annotations

import sqlite3
import struct
import subprocess
import sys
from pathlib import Path

_FILE = "chroma.sqlite3"
_WAIT = 60.0
"""Seconds to wait for a reader to finish."""
_HEADER = struct.Struct("<i4Q")
"""How hnswlib's ``header.bin`` begins: version, offset of level 0, room for vectors, vectors, bytes of each."""
_VERSION = 1
_LENGTH = 4
"""Bytes of a number in ``length.bin``: one a vector."""


def scrub(folder: Path) -> None:
    """Remove what the files in ``folder`` keep of deleted passages; nothing where there are none.

    Raises:
        OSError: it cannot be done: a file is damaged, or another process keeps it locked.
    """
    for header in folder.glob("*/header.bin"):
        blank_spare_room(header.parent)
    if not (folder / _FILE).is_file():
        return
    command = [sys.executable, "-m", "vectorstore.chroma_scrub", str(folder)]
    ended = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    if ended.returncode:
        last = ended.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise OSError(f"removed text may be left in {folder / _FILE}: {last[0]}")


def blank_spare_room(graph: Path) -> None:
    """Overwrite the room for more vectors in the files of a graph, which holds what happened to be in memory.

    Raises:
        OSError: the files cannot be written, or are not laid out as hnswlib does it.
    """
    start = (graph / "header.bin").read_bytes()[: _HEADER.size]
    version, _, room, used, size = _HEADER.unpack(start) if len(start) == _HEADER.size else (0, 0, 0, 0, 0)
    for name, each in (("data_level0.bin", size), ("length.bin", _LENGTH)):
        length = (graph / name).stat().st_size
        if version != _VERSION or not used * each <= length <= room * each:
            raise OSError(f"removed text may be left in {graph / name}: its layout is unknown")
        with (graph / name).open("r+b") as file:
            file.seek(used * each)
            file.write(bytes(length - used * each))


def main(folder: Path) -> None:
    """Scrub the file in ``folder``, in this process."""
    connection = sqlite3.connect(folder / _FILE, timeout=_WAIT, isolation_level=None)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("INSERT INTO embedding_fulltext_search (embedding_fulltext_search) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
