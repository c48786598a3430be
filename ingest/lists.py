"""Items of lists in running text: lines that begin with a mark, and the line that opens their list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex as re

from ingest.documents import Block, BlockKind, Page

_BULLET = re.compile(r"[ \t]*[•▪●○◦‣⁃∙■□❖➢➤✓·][ \t\u00a0]*(?=\S)")
_MARK = re.compile(r"[ \t]*(?:(?P<dash>[-*+–—])|\(?(?P<number>\d{1,3})[.)]|\(?(?P<letter>[a-z])[.)])[ \t\u00a0]+(?=\S)")
_OPENS = re.compile(r"[:：]\s*$")
_LONGEST_LINE = 500
"""Characters of a line that opens a list."""


class Lists:
    """Recognises list items that a reader of files gave as plain text; holds what opened the list between blocks."""

    def __init__(self) -> None:
        """No list is open."""
        self._header = ""

    def blocks_of(self, page: Page) -> Iterator[Block]:
        """Yield the page's blocks; those of plain text that hold items are parted into what they hold."""
        for block in page.blocks:
            if block.kind is not BlockKind.BODY:
                if block.kind not in (BlockKind.FURNITURE, BlockKind.FOOTNOTE):
                    self._header = ""
                yield block
                continue
            for start, end, item in _parts(page.text, block.start, block.end):
                if item:
                    yield replace(block, kind=BlockKind.ITEM, start=start, end=end, header=self._header)
                    continue
                said = page.text[start:end]
                self._header = (
                    " ".join(said.split()) if _OPENS.search(said[-9:]) and end - start <= _LONGEST_LINE else ""
                )
                yield replace(block, start=start, end=end)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield ``(start, end, whether it is an item)`` for the parts of a block of plain text."""
    begin, item = start, False
    for place, words in _items(text, start, end):
        if text[begin:place].strip():
            yield begin, place, item
        begin, item = words, True
    yield begin, end, item


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where items begin, their marks and their words.

    A bullet is a mark wherever a line begins with it. A dash, a number or a letter may begin a line by chance: it is a
    mark where another line goes on with the next one.
    """
    lines = [start, *(match.end() for match in re.finditer("\n", text, pos=start, endpos=end))]
    found = list[tuple[int, int]]()
    weak = list[tuple[int, int, str, int]]()
    for line in lines:
        if bullet := _BULLET.match(text, line, end):
            found.append((line, bullet.end()))
        elif mark := _MARK.match(text, line, end):
            weak.append((line, mark.end(), *_rank(mark)))
    for index, (line, words, kind, rank) in enumerate(weak):
        follows = index > 0 and weak[index - 1][2:] == (kind, rank - (kind != "dash"))
        precedes = index + 1 < len(weak) and weak[index + 1][2:] == (kind, rank + (kind != "dash"))
        if follows or precedes:
            found.append((line, words))
    return sorted(found)


def _rank(mark: re.Match[str]) -> tuple[str, int]:
    if mark["dash"]:
        return "dash", 0
    return ("number", int(mark["number"])) if mark["number"] else ("letter", ord(mark["letter"]))
