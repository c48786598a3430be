"""What readers say of citations, in one file below the library's folder; nothing of it leaves the computer."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from app.answers import Citation

_FILE = "feedback.jsonl"


def keep_feedback(home: Path, citation: Citation, fits: bool | None, note: str = "") -> None:
    """Add a line; of several on the same place the last one counts.

    Args:
        home: The library's folder.
        citation: What it is about.
        fits: Whether the quote supports the sentence; None withdraws the feedback.
        note: The reader's own words.

    Raises:
        OSError: it cannot be written.

    """
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "document": citation.document_id,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "fits": fits,
        "note": note,
    }
    # The owner alone may read it.
    handle = os.open(home / _FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def wipe_feedback(home: Path) -> None:
    """Delete all of it."""
    (home / _FILE).unlink(missing_ok=True)
