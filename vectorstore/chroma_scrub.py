"""Remove the bytes of deleted passages from Chroma's SQLite file.

Chroma 1.5 deletes rows and leaves their bytes: in its full-text segments and in free pages. The work is done by a
process of its own, because two copies of SQLite in one process (Chroma's and Python's) do not see each other's locks:
``python -m vectorstore.chroma_scrub FOLDER``.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

_FILE = "chroma.sqlite3"
_WAIT = 60.0
"""Seconds to wait for a reader to finish."""


def scrub(folder: Path) -> None:
    """Remove what the file in ``folder`` keeps of deleted passages; nothing where there is no file.

    Raises:
        OSError: it cannot be done: the file is damaged, or another process keeps it locked.
    """
    if not (folder / _FILE).is_file():
        return
    command = [sys.executable, "-m", "vectorstore.chroma_scrub", str(folder)]
    ended = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    if ended.returncode:
        last = ended.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise OSError(f"removed text may be left in {folder / _FILE}: {last[0]}")


def main(folder: Path) -> None:
    """Scrub the file in ``folder``, in this process."""
    connection = sqlite3.connect(folder / _FILE, timeout=_WAIT, isolation_level=None)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("INSERT INTO embedding_fulltext_search (embedding_fulltext_search) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
