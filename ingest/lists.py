"""Items that a reader of files gave as paragraphs: lines that begin with a mark, and the line that opens their list.

Every reader recognises the lists of its kind of file. Here is what is left: what somebody typed as a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex as re

from ingest.documents import Block, BlockKind, Page
from ingest.openings import opens_list

_BULLET = re.compile(r"[ \t]*[•▪●○◦‣⁃∙■□❖➢➤✓·][ \t\u00a0]*(?=\S)")
_MARK = re.compile(r"[ \t]*(?:(?P<dash>[-*+–—])|\(?(?P<number>\d{1,3})[.)]|\(?(?P<letter>[a-z])[.)])[ \t\u00a0]+(?=\S)")
_LONGEST_LINE = 500
"""Characters of a line that opens a list."""


_FIRST = frozenset({1, ord("a")})


class Lists:
    """Recognises items among paragraphs, and holds between them what opened their list."""

    def __init__(self) -> None:
        """No list is open."""
        self._header = ""
        self._kind = ""

    def blocks_of(self, page: Page) -> Iterator[Block]:
        """Yield the page's blocks; those of plain text that hold items are parted into what they hold."""
        for block in page.blocks:
            if block.kind is not BlockKind.BODY:
                if block.kind not in (BlockKind.FURNITURE, BlockKind.FOOTNOTE):
                    self._header = ""
                yield block
                continue
            for place, (start, end, kind, rank) in enumerate(_parts(page.text, block.start, block.end)):
                if kind:
                    self._go_on(kind, rank, after_gap=place == 0)
                    yield replace(block, kind=BlockKind.ITEM, start=start, end=end, header=self._header)
                    continue
                said, self._kind = page.text[start:end], ""
                opens = end - start <= _LONGEST_LINE and opens_list(said.strip())
                self._header = " ".join(said.split()) if opens else ""
                yield replace(block, start=start, end=end)

    def _go_on(self, kind: str, rank: int, *, after_gap: bool) -> None:
        """Note an item; behind a gap, one with another kind of mark or a first number belongs to another list."""
        if after_gap and self._kind and (kind != self._kind or rank in _FIRST):
            self._header = ""
        if after_gap or not self._kind:
            self._kind = kind


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, int]]:
    """Yield ``(start, end, kind of mark, its rank)`` for the parts of a block of plain text; no kind: no item."""
    begin, kind, rank = start, "", 0
    for place, words, next_kind, next_rank in _items(text, start, end):
        if text[begin:place].strip():
            yield begin, place, kind, rank
        begin, kind, rank = words, next_kind, next_rank
    yield begin, end, kind, rank


def _items(text: str, start: int, end: int) -> list[tuple[int, int, str, int]]:
    """Return where items begin, where their words begin, the kind of their mark and its place in the order.

    A bullet is a mark wherever a line begins with it. A dash, a number or a letter may begin a line by chance: it is a
    mark where another line goes on with the next one.
    """
    lines = [start, *(match.end() for match in re.finditer("\n", text, pos=start, endpos=end))]
    found = list[tuple[int, int, str, int]]()
    weak = list[tuple[int, int, str, int]]()
    for line in lines:
        if bullet := _BULLET.match(text, line, end):
            found.append((line, bullet.end(), "sign", 0))
        elif mark := _MARK.match(text, line, end):
            weak.append((line, mark.end(), *_rank(mark)))
    for index, (line, words, kind, rank) in enumerate(weak):
        follows = index > 0 and weak[index - 1][2:] == (kind, rank - (kind != "sign"))
        precedes = index + 1 < len(weak) and weak[index + 1][2:] == (kind, rank + (kind != "sign"))
        if follows or precedes:
            found.append((line, words, kind, rank))
    return sorted(found)


def _rank(mark: re.Match[str]) -> tuple[str, int]:
    if mark["dash"]:
        return "sign", 0
    return ("number", int(mark["number"])) if mark["number"] else ("letter", ord(mark["letter"]))
