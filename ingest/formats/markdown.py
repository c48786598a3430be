"""Markdown: the text keeps its marks, so that offsets are into the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.documents import Block, BlockKind, Metadata, Page
from ingest.formats.builder import table_header
from ingest.formats.decoding import decode
from ingest.formats.direction import direction_remarks
from ingest.formats.lists import inner_opening, opening_line
from ingest.formats.publication import year_of
from ingest.formats.safety import capped
from ingest.formats.text import with_line_feeds
from ingest.invisible import visible_text
from ingest.limits import Limits
from ingest.messages import Message

if TYPE_CHECKING:
    from markdown_it.token import Token

_KINDS = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.BODY,
    "tr_open": BlockKind.TABLE,
    "fence": BlockKind.BODY,
    "code_block": BlockKind.BODY,
    "html_block": BlockKind.FURNITURE,
}
_LISTS = {"bullet_list_open", "ordered_list_open"}
_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_MOST_FRONT = 20_000
_LEAD = re.compile(r"[\s#>|]*(?:[-*+]\s+(?:\[[ xX]\]\s+)?)?")
_NUMBERED = re.compile(r"[\s#>|]*\d{1,9}[.)]\s+")
_ENDED = re.compile(r"[.!?…。।؟۔][\"”’»)\]*_]*$")
_NOTE = re.compile(r"\s*\[\^[^\]\s]{1,40}\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_PICTURES = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+")
_NO_WORDS = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_BETWEEN_TAGS = re.compile(r"(?:^|>)([^<>]*[^\W\d_][^<>]*)(?=<|$)")


def read_markdown(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read Markdown with markdown-it; the text keeps its marks, so offsets are into what is seen of the file."""
    from markdown_it import MarkdownIt

    decoded = capped(decode(path), path, limits)
    text = visible_text(decoded)
    lined = with_line_feeds(text)
    front = _FRONT.match(lined[: _MOST_FRONT + 10])
    yield _front_matter(front[1]) if front else Metadata()
    # Front matter is blank lines to the parser: its last line would be a heading over three dashes.
    body = re.sub(r"[^\n]", " ", lined[: front.end()]) + lined[front.end() :] if front else lined
    blocks = _Blocks(lined, front.end() if front else 0)
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        blocks.take(token)
    notes = tuple(mark.span() for mark in _NOTE_MARK.finditer(lined))
    yield Page(1, text, tuple(blocks.found), notes=notes)
    yield from direction_remarks(decoded)


def _front_matter(text: str) -> Metadata:
    import yaml

    try:
        fields = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        return Metadata()
    named = {str(key).lower(): value for key, value in fields.items()}
    authors = next((named[key] for key in ("author", "authors", "creator") if named.get(key)), "")
    date = next((named[key] for key in ("date", "published", "publication_date", "year") if named.get(key)), "")
    return Metadata(_said(named.get("title")), _said(authors), year_of(str(date)))


def _said(value: Any) -> str:
    """Return a field as text: a list's entries with semicolons between them, a person's name."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_said, value)))
    if isinstance(value, dict):
        return _said(value.get("name") or value.get("literal"))
    return " ".join(str(value).split()) if value is not None else ""


@dataclass(slots=True)
class _List:
    header: str
    numbered: bool
    begun: int
    """Blocks that there were when its last item began."""


@dataclass(slots=True)
class _Blocks:
    """Collects blocks from the parser's tokens."""

    text: str
    least: int
    """Where the next block may begin."""
    found: list[Block] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _starts: Sequence[int] = ()
    _table: str = ""

    def __post_init__(self) -> None:
        self._starts = [0, *(m.end() for m in re.finditer(r"\n", self.text)), len(self.text)]

    def take(self, token: Token) -> None:
        """Take one token; of those that open a block, the block."""
        if token.type in _LISTS:
            self._lists.append(_List(self._opening(), token.type == "ordered_list_open", len(self.found)))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif token.type == "list_item_open":
            self._lists[-1].begun = len(self.found)
        kind = _KINDS.get(token.type)
        if kind is None or token.map is None:
            return
        start, end = self._starts[token.map[0]], self._starts[min(token.map[1], len(self._starts) - 1)]
        start = max(start, self.least)
        if token.type == "html_block":
            self._add_between_tags(start, end)
        elif start < end:
            self._add(kind, start, end, int(token.tag[1:]) if kind is BlockKind.HEADING else 0)

    def _add(self, kind: BlockKind, start: int, end: int, level: int) -> None:
        header = ""
        note = _NOTE.match(self.text, start, end)
        if kind is BlockKind.BODY and note:
            kind, start = BlockKind.FOOTNOTE, note.end()
        elif kind is BlockKind.BODY and self._lists:
            kind, header, start = self._item(start, end)
        lead = _LEAD.match(self.text, start, end)
        start = lead.end() if lead else start
        end = start + len(self.text[start:end].rstrip(" \t\r\n#|"))
        if start >= end:
            return
        if kind is BlockKind.TABLE:
            self._table = self._table or table_header(self._above().strip("*_"), self.text[start:end])
            header = self._table
        else:
            self._table = ""
        if _PICTURES.fullmatch(self.text, start, end):
            kind = BlockKind.FURNITURE
        self.found.append(Block(kind, start, end, level, header))
        self.least = end

    def _item(self, start: int, end: int) -> tuple[BlockKind, str, int]:
        """Return what a paragraph of a list is, what opens it, and where its words begin.

        A number before a whole sentence is that of a paragraph, unless a line with a colon opens a list.
        """
        inner = self._lists[-1]
        number = _NUMBERED.match(self.text, start, end) if inner.numbered else None
        opened = inner.header.endswith((":", "："))
        if number and not opened and len(self._lists) == 1 and _ENDED.search(self.text[start:end].rstrip()):
            return BlockKind.BODY, "", start
        return BlockKind.ITEM, inner.header, number.end() if number else start

    def _add_between_tags(self, start: int, end: int) -> None:
        html = _NO_WORDS.sub(lambda found: f"<{' ' * (len(found[0]) - 2)}>", self.text[start:end])
        reached = start
        for piece in _BETWEEN_TAGS.finditer(html):
            words = piece[1]
            first = start + piece.start(1) + len(words) - len(words.lstrip())
            self._leave_out(reached, first)
            reached = first + len(words.strip())
            self.found.append(Block(BlockKind.BODY, first, reached))
        self._leave_out(reached, end)
        self.least = end

    def _leave_out(self, start: int, end: int) -> None:
        piece = self.text[start:end]
        if piece.strip():
            start += len(piece) - len(piece.lstrip())
            self.found.append(Block(BlockKind.FURNITURE, start, start + len(piece.strip())))

    def _above(self) -> str:
        if not self.found:
            return ""
        last = self.text[self.found[-1].start : self.found[-1].end]
        return " ".join(_NOTE_MARK.sub("", last).split())

    def _opening(self) -> str:
        if self._lists:
            outer = self._lists[-1]
            return inner_opening(outer.header, self._above()) if len(self.found) > outer.begun else outer.header
        heading = bool(self.found) and self.found[-1].kind is BlockKind.HEADING
        return opening_line(self._above().strip("*_"), heading=heading)
