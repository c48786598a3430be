"""What keeps hostile files within bounds: archives, sizes, XML that opens nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ingest.errors import TooBig, too_much_text
from ingest.limits import Limits
from ingest.messages import message

_MAX_ARCHIVE_ENTRIES = 10_000


def check_archive(path: Path, limits: Limits) -> None:
    """Check that the ZIP archive may be unpacked.

    Raises:
        TooBig: it would unpack to more than the limits allow.
    """
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes or len(entries) > _MAX_ARCHIVE_ENTRIES:
        raise TooBig(
            message(
                "{name} unpacks to {size} MB in {count} parts, more than is safe: save it as PDF and add that.",
                name=path.name,
                size=round(unpacked / 1e6),
                count=len(entries),
            )
        )


def capped(text: str, path: Path, limits: Limits) -> str:
    """Return ``text`` as it is.

    Raises:
        TooBig: it is longer than the limits allow.
    """
    if len(text) > limits.characters:
        raise too_much_text(path.name, limits)
    return text
