"""The line that opens a list: its items mean little without it."""

from __future__ import annotations

import re

from ingest.openings import ends_with_colon

_MAX_OPENING = 300
_SENTENCE_END = re.compile(r"[.!?…。।؟۔][\"”’»)\]]*\s+")
_ENDED = re.compile(r"[.!?…。।؟۔;,][\"”’»)\]]*$")
_BULLET = re.compile(r"(?:[•▪●◦‣·*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")


def opening_line(above: str, *, heading: bool = False) -> str:
    """Return the line that opens the list under ``above``, the text of the block before it; "" where it opens none.

    A heading does, and so does a paragraph's last sentence that has not ended: it ends in a colon, or in a word.
    """
    line = _SENTENCE_END.split(above.strip())[-1]
    if not line or len(line) > _MAX_OPENING or (_ENDED.search(line) and not heading):
        return ""
    return above.strip() if heading else line


def inner_opening(outer: str, item: str) -> str:
    """Return what opens a list within an ``item`` of a list that ``outer`` opens."""
    item = _BULLET.sub("", item, count=1)
    joined = f"{outer} {item}" if ends_with_colon(outer) else item
    return joined if len(joined) <= _MAX_OPENING else (item if len(item) <= _MAX_OPENING else outer)
