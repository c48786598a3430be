"""What the reader of a Word file must know: changes, hidden text, and what it holds that is not read."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.docx_package import Package, W
from ingest.formats.docx_xml import Found
from ingest.formats.html_tree import HIDDEN, STRUCK
from ingest.messages import Message, message

_SOUND = (".mp3", ".wav", ".m4a", ".mp4", ".mov", ".avi", ".wmv", ".ogg")


def remarks(package: Package, found: Found) -> Iterator[Message]:
    """Return one clause for each thing to know of a Word file."""
    changes = [_insertions(found.insertions)] if found.insertions else []
    changes += [_deletions(found.deletions)] if found.deletions else []
    if len(changes) == 2:
        yield message("has tracked changes: {insertions}, {deletions}", insertions=changes[0], deletions=changes[1])
    elif changes:
        yield message("has tracked changes: {changes}", changes=changes[0])
    if found.hidden:
        yield HIDDEN
    if found.struck:
        yield STRUCK
    comments = package.related("comments")
    if comments and any(True for _ in package.xml(comments).iter(W + "comment")):
        yield message("has comments in the margin: not quoted")
    names = package.names()
    if any(name.endswith("vbaproject.bin") for name in names):
        yield message("holds macros, which are never run")
    unread = list(_unread(found, names))
    if unread:
        listed = unread[0]
        for kind in unread[1:]:
            listed = message("{first}, {second}", first=listed, second=kind)
        yield message("holds parts that were not read: {parts}", parts=listed)


def _insertions(count: int) -> Message:
    return message("1 insertion") if count == 1 else message("{count} insertions", count=count)


def _deletions(count: int) -> Message:
    return message("1 deletion") if count == 1 else message("{count} deletions", count=count)


def _unread(found: Found, names: list[str]) -> Iterator[Message]:
    if found.unread.get("object"):
        yield message("embedded objects")
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
