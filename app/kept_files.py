"""JSON files below the library's folder that their owner alone may read: chats, the brief and guides."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def write_kept(file: Path, data: dict[str, Any]) -> None:
    """Write ``data``, with its folder where there is none; readers see the old file or the new one, never a part.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp gives the owner alone the right to read, and the replacement keeps it.
    handle, partial = tempfile.mkstemp(dir=file.parent, suffix=".partial")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(data, opened, ensure_ascii=False, indent=1)
        os.replace(partial, file)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
