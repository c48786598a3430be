"""What others make of a document and keep beside the library: a file each, which goes with the document.

Its words are the document's, so it may not outlive it. It can be deleted at any time and made again.
"""

from __future__ import annotations

from pathlib import Path

GUIDES = "guides"
"""Folder of the guides (``app.guide``)."""
_FOLDERS = (GUIDES,)


def derived_file(home: Path, folder: str, document_id: str) -> Path:
    """Return where what was made of a document is kept, below the library's folder ``home``; it need not be there."""
    return home / folder / f"{document_id}.json"


def drop_derived(home: Path, document_id: str) -> None:
    """Delete all that was made of a document."""
    for folder in _FOLDERS:
        derived_file(home, folder, document_id).unlink(missing_ok=True)
