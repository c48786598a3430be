"""Items of lists among the paragraphs of a PDF, with the line that opens their list.

A bullet always begins an item. A number or a letter does where the text before it ends in a colon, or where short
items without a full stop follow each other: the numbered paragraphs of a report are no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.documents import BlockKind
from ingest.hyphens import JoinHyphen
from ingest.lines import Line, ends_with_stop
from ingest.list_marks import Mark, read_mark
from ingest.parts import Part

_OPENS = re.compile(r"[:：፡]\s*[-–—]?\s*\d{0,3}$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_PARAGRAPH = re.compile(r"^\d{1,4}\.\s+")
_LONGEST_ITEM = 500
"""Characters of a numbered item: a longer one is a paragraph of a report."""
_LONGEST_FRAGMENT = 200
"""Characters of an item of a list that nothing opens."""
_LONGEST_HEADER = 400


@dataclass(slots=True)
class _Level:
    """A list that is open: what its items begin with, the number of the last one, and what heads them."""

    kind: str
    value: int
    header: str


@dataclass(slots=True)
class _Reading:
    """Where the reading stands."""

    levels: list[_Level] = field(default_factory=list)
    before: str = ""
    """The text before, where it may open a list."""
    before_mark: str = ""
    """The kind of mark that it begins with itself."""
    open_item: bool = False
    """Whether the last part was an item that does not end as a sentence does."""


def with_items(pages: Sequence[list[Part]], join: JoinHyphen) -> list[list[Part]]:
    """Return ``pages`` with the items of lists marked as such, in the document's reading order."""
    reading = _Reading()
    found = []
    for parts in pages:
        marked: list[Part] = []
        for index, part in enumerate(parts):
            marked.append(_read(reading, part, parts[index + 1 :], join, top=not marked))
        found.append(marked)
    return found


def _read(reading: _Reading, part: Part, following: Sequence[Part], join: JoinHyphen, *, top: bool) -> Part:
    if part.kind is BlockKind.FOOTNOTE:
        return part
    mark = read_mark(part.lines[0].text)
    may_be = part.kind is BlockKind.BODY or (part.kind is BlockKind.HEADING and mark is not None and mark.is_bullet)
    text = _text(part.lines, join)
    if not may_be:
        reading.levels, reading.open_item = [], False
        reading.before, reading.before_mark = (text if _OPENS.search(text) else ""), ""
        return part
    if mark is None:
        if top and reading.open_item and reading.levels and text[:1].islower():
            reading.open_item = not ends_with_stop(part.lines[-1])
            reading.before = f"{reading.before} {text}"
            return replace(part, kind=BlockKind.ITEM, header=reading.levels[-1].header)
        reading.before, reading.before_mark, reading.open_item = text, "", False
        return part
    level = _level(reading, mark, part, following, join)
    words = text[mark.length :].strip()
    reading.before, reading.before_mark = words, mark.kind
    reading.open_item = level is not None and not ends_with_stop(part.lines[-1])
    if level is None or not words:
        reading.levels = []
        return part
    return replace(_without_mark(part, mark), kind=BlockKind.ITEM, level=0, header=level.header)


def _level(reading: _Reading, mark: Mark, part: Part, following: Sequence[Part], join: JoinHyphen) -> _Level | None:
    """Return the list that an item belongs to; None where it is no item."""
    for depth in range(len(reading.levels) - 1, -1, -1):
        level = reading.levels[depth]
        value = mark.follows(level.value, level.kind)
        if value is not None:
            level.value = value
            del reading.levels[depth + 1 :]
            return level
    if mark.is_counted and 1 not in mark.values:
        return None
    opener = reading.before if _OPENS.search(reading.before) and reading.before_mark != mark.kind else ""
    if not opener and not mark.is_bullet and not _is_list(mark, part, following, join):
        return None
    if mark.kind.endswith("1.") and len(_text(part.lines, join)) > _LONGEST_ITEM:
        return None
    nested = bool(opener and reading.before_mark and reading.levels)
    over = reading.levels[-1].header if nested else ""
    if not nested:
        reading.levels = []
    header = f"{over} {_opening(opener)}".strip()[-_LONGEST_HEADER:]
    reading.levels.append(_Level(mark.kind, 1 if mark.is_counted else 0, header))
    return reading.levels[-1]


def _is_list(mark: Mark, part: Part, following: Sequence[Part], join: JoinHyphen) -> bool:
    """Return whether the next part is the next item of a list that nothing opens."""
    after = next((other for other in following if other.kind is not BlockKind.FOOTNOTE), None)
    next_mark = read_mark(after.lines[0].text) if after is not None else None
    if after is None or next_mark is None or next_mark.follows(1, mark.kind) is None:
        return False
    if mark.kind[0] == "(" or mark.kind.endswith(")"):
        return True
    return all(
        len(_text(each.lines, join)) <= _LONGEST_FRAGMENT and not re.search(r"[.!?]\W*$", each.lines[-1].text)
        for each in (part, after)
    )


def _opening(text: str) -> str:
    """Return the sentence that opens a list: the last one of the text before it, a paragraph's number left out."""
    return _PARAGRAPH.sub("", _SENTENCE.split(text)[-1]).strip()


def _text(lines: Sequence[Line], join: JoinHyphen) -> str:
    return "".join(_pieces(lines, join)).strip()


def _pieces(lines: Sequence[Line], join: JoinHyphen) -> Iterator[str]:
    for index, line in enumerate(lines):
        yield line.text
        if line.hyphen is None:
            yield " "
        elif index + 1 == len(lines) or not join(line.text, lines[index + 1].text):
            yield "-"


def _without_mark(part: Part, mark: Mark) -> Part:
    """Return ``part`` with its mark as a line of its own, outside the block."""
    first = part.lines[0]
    sign = first.text[: mark.length].rstrip()
    rest = first.text[mark.length :]
    if not rest:
        return replace(part, outside=1)
    source = first.source + mark.length if first.source >= 0 else -1
    words = replace(
        first,
        text=rest,
        source=source,
        left=first.left + first.size,
        notes=tuple((start - mark.length, end - mark.length) for start, end in first.notes if start >= mark.length),
    )
    return replace(
        part,
        lines=[replace(first, text=sign, right=first.left, hyphen=None, notes=()), words, *part.lines[1:]],
        outside=1,
    )
