"""What a reader must know of a file that people write in: changes, and what it holds that is not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.messages import Message, message

COMMENTS = message("has comments in the margin: not quoted")
OBJECTS = message("embedded objects")


def tracked_changes(insertions: int, deletions: int) -> Iterator[Message]:
    """Yield a clause that counts tracked changes, where there are any."""
    changes = [_insertions(insertions)] if insertions else []
    changes += [_deletions(deletions)] if deletions else []
    if len(changes) == 2:
        yield message("has tracked changes: {insertions}, {deletions}", insertions=changes[0], deletions=changes[1])
    elif changes:
        yield message("has tracked changes: {changes}", changes=changes[0])


def unread_parts(kinds: Sequence[Message]) -> Iterator[Message]:
    """Yield a clause that names what a file holds and is not read, where there is anything."""
    if kinds:
        listed = kinds[0]
        for kind in kinds[1:]:
            listed = message("{first}, {second}", first=listed, second=kind)
        yield message("holds parts that were not read: {parts}", parts=listed)


def _insertions(count: int) -> Message:
    return message("1 insertion") if count == 1 else message("{count} insertions", count=count)


def _deletions(count: int) -> Message:
    return message("1 deletion") if count == 1 else message("{count} deletions", count=count)
