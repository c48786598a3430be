"""What the reader of a Word file must know: changes, hidden text, and what it holds that is not read."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.docx_package import Package, W
from ingest.formats.docx_xml import Found
from ingest.formats.html_tree import HIDDEN, STRUCK
from ingest.formats.remarks import COMMENTS, OBJECTS, tracked_changes, unread_parts
from ingest.messages import Message, message

_SOUND = (".mp3", ".wav", ".m4a", ".mp4", ".mov", ".avi", ".wmv", ".ogg")


def remarks(package: Package, found: Found) -> Iterator[Message]:
    """Return one clause for each thing to know of a Word file."""
    yield from tracked_changes(found.insertions, found.deletions)
    if found.hidden:
        yield HIDDEN
    if found.struck:
        yield STRUCK
    comments = package.related("comments")
    if comments and any(True for _ in package.xml(comments).iter(W + "comment")):
        yield COMMENTS
    names = package.names()
    if any(name.endswith("vbaproject.bin") for name in names):
        yield message("holds macros, which are never run")
    yield from unread_parts(list(_unread(found, names)))


def _unread(found: Found, names: list[str]) -> Iterator[Message]:
    if found.unread.get("object"):
        yield OBJECTS
    if found.unread.get("chart"):
        yield message("charts")
    if found.unread.get("diagram"):
        yield message("diagrams")
    if found.unread.get("picture"):
        yield message("large pictures")
    if found.unread.get("part"):
        yield message("embedded documents")
    if any(name.endswith(_SOUND) for name in names):
        yield message("recordings")
