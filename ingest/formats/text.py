"""Plain text: paragraphs between blank lines, lists by their marks, pages between form feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.documents import Block, BlockKind, Metadata, Page, PageState, PageUnit
from ingest.errors import TooBig
from ingest.formats.decoding import decode
from ingest.formats.direction import direction_remarks
from ingest.formats.lists import inner_opening, opening_line
from ingest.formats.safety import capped
from ingest.invisible import visible_text
from ingest.limits import Limits
from ingest.messages import Message, message

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_MARKED_LINE = re.compile(
    r"^(?P<indent>[ \t]*)"
    r"(?:(?P<sure>[-*•▪●◦‣·○■□►➢✓])|(?P<maybe>[–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]))[ \t]+(?=\S)",
    re.M,
)
"""A line that begins an item. Prose may begin a line with a dash or a number too: see ``_items``."""
_COUNTED = re.compile(r"\d+|[a-z]+")


def read_text(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read plain text. Offsets are into what is seen of the file; after a form feed, into the page that it begins.

    Raises:
        TooBig: it has more pages than the limits allow.
    """
    decoded = capped(decode(path), path, limits)
    text = visible_text(decoded)
    pages = text.split("\f")
    if len(pages) > limits.pages:
        raise TooBig(
            message(
                "{name} has {count} pages, the limit is {limit}: split it.",
                name=path.name,
                count=len(pages),
                limit=limits.pages,
            )
        )
    yield Metadata(unit=PageUnit.PAGE if len(pages) > 1 else PageUnit.NONE)
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # the form feed that ends the last page
    for number, page in enumerate(pages, start=1):
        blocks = tuple(text_blocks(page))
        yield Page(number, page, blocks, state=PageState.TEXT if blocks else PageState.EMPTY)
    yield from direction_remarks(decoded)


def with_line_feeds(text: str) -> str:
    """Return ``text`` with all line ends as line feeds, and every letter where it was."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def text_blocks(text: str) -> Iterator[Block]:
    """Return the paragraphs of plain text and the items of its lists."""
    lined = with_line_feeds(text)
    last = Block(BlockKind.BODY, 0, 0)
    for paragraph in _PARAGRAPH.finditer(lined):
        start, end = paragraph.span()
        above = lined[last.start : last.end]
        for block in _items(lined, start, end, last, above):
            yield block
            last = block


def _items(text: str, start: int, end: int, last: Block, above: str) -> Iterator[Block]:
    """Return a paragraph's own words and the items in it."""
    marks = list(_MARKED_LINE.finditer(text, start, end))
    lead = text[start : marks[0].start()] if marks else ""
    opened = opening_line(lead if lead.strip() else above)
    listed = last.kind is BlockKind.ITEM and not lead.strip() and _goes_on(text, last, marks)
    if marks and marks[0]["maybe"] and not (opened.endswith((":", "：")) or listed):
        # Numbered paragraphs, a dialogue, or a wrapped line that begins with a number.
        marks = [mark for mark in marks if mark["sure"]]
        lead = text[start : marks[0].start()] if marks else ""
        opened = opening_line(lead)
    if not marks:
        yield _block(text, start, end)
        return
    if lead.strip():
        yield _block(text, start, marks[0].start())
    openings = [(len(marks[0]["indent"]), last.header if listed else opened)]
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        indent = len(mark["indent"])
        while len(openings) > 1 and openings[-1][0] > indent:
            openings.pop()
        if indent > openings[-1][0] and index:
            item = text[marks[index - 1].end() : mark.start()]
            openings.append((indent, inner_opening(openings[-1][1], " ".join(item.split()))))
        yield _block(text, mark.end(), stop, BlockKind.ITEM, openings[-1][1])


def _goes_on(text: str, last: Block, marks: Sequence[re.Match[str]]) -> bool:
    """Return whether the marks of a paragraph go on with the list whose ``last`` item is above it.

    Signs follow signs, and a number or a letter the one before it: what is found must not be read as what is asked for.
    """
    before = _MARKED_LINE.match(text, text.rfind("\n", 0, last.start) + 1)
    if before is None or not marks:
        return False
    counted, following = (_COUNTED.search(mark.group()) for mark in (before, marks[0]))
    if counted is None or following is None:
        return counted is following
    one, other = counted.group(), following.group()
    if one.isdigit() and other.isdigit():
        return int(other) == int(one) + 1
    return one.isdigit() == other.isdigit() and other not in ("a", "i")


def _block(text: str, start: int, end: int, kind: BlockKind = BlockKind.BODY, header: str = "") -> Block:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip()) if kind is BlockKind.ITEM else 0
    return Block(kind, start, start + len(text[start:end].rstrip()), header=" ".join(header.split()))
