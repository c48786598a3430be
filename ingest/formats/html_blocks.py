"""From a tree of HTML to blocks: paragraphs, headings, items of lists, rows of tables, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.documents import BlockKind
from ingest.formats.builder import TextBuilder
from ingest.formats.html_notes import is_note, is_note_mark, raised_figures
from ingest.formats.html_tables import add_table
from ingest.formats.lists import inner_opening, opening_line

if TYPE_CHECKING:
    from lxml.etree import _Element

NUMBER = "block-number"
"""Attribute of a paragraph that the file counts: see ``Block.number``."""
ITEM = "block-item"
"""Attribute of a paragraph that is an item of a list without being ``<li>``: its level, from 1."""
CONTENTS = "block-contents"
"""Attribute of an entry of a table of contents."""

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary "
    "td th ul".split()
)
_LISTS = frozenset("ul ol menu dir dl".split())
_UNREAD = frozenset(
    "script style template noscript iframe object embed applet canvas audio video svg head title meta link select "
    "textarea button datalist rt rp map area noframes".split()
)
"""Nothing that a reader sees as text."""
_BREAK = "\u2028"
_TWO_BREAKS = re.compile(rf"{_BREAK}\s*{_BREAK}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(slots=True)
class _Frame:
    """What the text within an element is."""

    kind: BlockKind = BlockKind.BODY
    level: int = 0
    header: str = ""
    number: str = ""
    begun: int = 0
    """Blocks that the builder had when the element began."""
    printed: bool = False
    """Line ends are as they are printed: ``<pre>``."""


def add_html(builder: TextBuilder, root: _Element) -> None:
    """Append what is in ``root`` and its descendants to ``builder``.

    The tree is what ``html_tree`` gives: without comments, and without what nobody sees.
    """
    from lxml import etree

    walk = _Walk(builder)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if not walk.enter(element):
                events.skip_subtree()
        else:
            walk.leave(element, root)
    walk.flush()


class _Walk:
    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._pieces: list[str] = []
        self._frames = [_Frame()]
        self._items: list[str] = []
        """Of paragraphs that are items: what opens the list of each level."""

    def enter(self, element: _Element) -> bool:
        """Take the start of ``element``; return whether to go into it."""
        tag = element.tag
        if tag in _UNREAD:
            return False
        if tag == "table":
            self.flush()
            add_table(self._builder, element, add_html)
            return False
        if tag in _BLOCKS:
            self.flush()
            self._frames.append(self._frame(element))
        elif tag in {"sup", "a"} and is_note_mark(element, self._before()):
            return False
        elif tag == "sup" and (raised := raised_figures(element)):
            self._pieces.append(raised)
            return False
        elif tag == "br":
            self._pieces.append(_BREAK)
        elif tag == "q":
            self._pieces.append("“")
        elif tag == "input" and (element.get("type") or "").lower() in {"checkbox", "radio"}:
            self._pieces.append("☐ " if element.get("checked") is None else "☒ ")
        self._pieces.append(element.text or "")
        return True

    def leave(self, element: _Element, root: _Element) -> None:
        """Take the end of ``element`` and the text behind it."""
        if element.tag in _BLOCKS:
            self.flush()
            self._frames.pop()
        elif element.tag == "q":
            self._pieces.append("”")
        if element is not root:
            self._pieces.append(element.tail or "")

    def flush(self) -> None:
        """Append the text collected so far as a block, or as several where it is parted by blank lines."""
        if not self._pieces:
            return
        frame = self._frames[-1]
        text = "".join(self._pieces)
        self._pieces.clear()
        for part in (_BLANK_LINE if frame.printed else _TWO_BREAKS).split(text):
            self._builder.add(part, frame.kind, frame.level, frame.header, frame.number)

    def _before(self) -> str:
        return "".join(self._pieces[-3:])

    def _frame(self, element: _Element) -> _Frame:
        tag, outer = element.tag, self._frames[-1]
        frame = replace(outer, begun=len(self._builder.blocks), printed=tag == "pre")
        if is_note(element):
            return replace(frame, kind=BlockKind.FOOTNOTE, header="", level=0)
        if re.fullmatch(r"h[1-6]", tag):
            return replace(frame, kind=BlockKind.HEADING, level=int(tag[1]), header="")
        if element.get(CONTENTS) is not None:
            return replace(frame, kind=BlockKind.FURNITURE, header="", level=0)
        if element.get(NUMBER) is not None:
            frame.number = element.get(NUMBER)
        if element.get(ITEM) is not None:
            return replace(frame, kind=BlockKind.ITEM, header=self._item_header(int(element.get(ITEM))))
        if tag == "p" and outer.kind is BlockKind.BODY:
            self._items.clear()
        if frame.kind is BlockKind.FOOTNOTE:
            return frame
        if tag in _LISTS:
            frame.header = self._list_header(outer)
        elif tag == "li":
            frame.kind = BlockKind.ITEM
        elif tag == "dt":
            frame.kind = BlockKind.BODY
        elif tag == "dd":
            return replace(frame, kind=BlockKind.ITEM, header=self._builder.last)
        return frame

    def _list_header(self, outer: _Frame) -> str:
        if outer.kind is BlockKind.ITEM:
            own = len(self._builder.blocks) > outer.begun
            return inner_opening(outer.header, self._builder.last) if own else outer.header
        return self._opening()

    def _item_header(self, level: int) -> str:
        """Return what opens the list that a paragraph of ``level`` is an item of."""
        del self._items[level:]
        if not self._items:
            self._items = [self._opening()] * level
        while len(self._items) < level:
            self._items.append(inner_opening(self._items[-1], self._builder.last))
        return self._items[level - 1]

    def _opening(self) -> str:
        blocks = self._builder.blocks
        if not blocks or blocks[-1].kind in {BlockKind.TABLE, BlockKind.FOOTNOTE, BlockKind.FURNITURE}:
            return ""
        return opening_line(self._builder.last, heading=blocks[-1].kind is BlockKind.HEADING)
