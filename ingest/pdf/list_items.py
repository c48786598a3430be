"""Items of lists among the paragraphs of a PDF, with the line that opens their list.

A bullet always begins an item. A number or a letter does where the text before it ends in a colon, or where short
items without a full stop follow each other: the numbered paragraphs of a report are no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.documents import BlockKind
from ingest.openings import ends_with_colon, opens_list
from ingest.pdf.drawn_bullets import BULLET, has_drawn_bullet
from ingest.pdf.hyphens import JoinHyphen
from ingest.pdf.lines import Line, ends_with_stop
from ingest.pdf.list_marks import Mark, read_mark
from ingest.pdf.parts import Part

_SENTENCE = re.compile(r"(?<=[.!?।॥۔؟។၊။።。])\s+(?=[^\W\d_a-z])")
_PARAGRAPH = re.compile(r"^\d{1,4}\.\s+")
_LONGEST_ITEM = 500
"""Characters of a numbered item: a longer one is a paragraph of a report."""
_LONGEST_FRAGMENT = 200
"""Characters of an item of a list that nothing opens."""
_LONGEST_HEADER = 400
_LONGEST_NAME = 80
"""Characters of a line between a list and the line that opens it: the name of a part of the list."""
_LOOK_AHEAD = 40
"""Parts of the document in which the other items of a list are looked for."""


@dataclass(slots=True)
class _Level:
    """A list that is open: what its items begin with, the number of the last one, and what heads them."""

    kind: str
    value: int
    roman: bool
    header: str
    numbered: bool
    """Whether its numbers are those of paragraphs: no paragraph with a number opens it."""


@dataclass(slots=True)
class _Reading:
    """Where the reading stands."""

    levels: list[_Level] = field(default_factory=list)
    before: str = ""
    """The text before, where it may open a list."""
    before_mark: tuple[str, bool] = ("", False)
    """The kind of mark that it begins with itself, and whether that is a roman numeral."""
    open_item: bool = False
    """Whether the last part was an item that does not end as a sentence does."""


def with_items(pages: Sequence[list[Part]], join: JoinHyphen) -> list[list[Part]]:
    """Return ``pages`` with the items of lists marked as such, in the document's reading order."""
    reading = _Reading()
    parts = [part for page in pages for part in page if part.kind is not BlockKind.FOOTNOTE]
    found, place = [], 0
    for page in pages:
        marked: list[Part] = []
        for part in page:
            if part.kind is BlockKind.FOOTNOTE:
                marked.append(part)
                continue
            place += 1
            marked.append(_read(reading, part, parts[place : place + _LOOK_AHEAD], join, top=not marked))
        found.append([_without_drawn(part) for part in marked])
    return found


def _read(reading: _Reading, part: Part, following: Sequence[Part], join: JoinHyphen, *, top: bool) -> Part:
    mark = read_mark(part.lines[0].text)
    text = _text(part.lines, join)
    if part.kind is not BlockKind.BODY and not (part.kind is BlockKind.HEADING and mark and mark.is_bullet):
        reading.levels, reading.open_item = [], False
        reading.before, reading.before_mark = (text if ends_with_colon(text) else ""), ("", False)
        return part
    if mark is None:
        if top and reading.open_item and reading.levels and text[:1].islower():
            reading.open_item = not ends_with_stop(part.lines[-1])
            reading.before = f"{reading.before} {text}"
            return replace(part, kind=BlockKind.ITEM, header=reading.levels[-1].header)
        names = ends_with_colon(reading.before) and len(text) <= _LONGEST_NAME and not ends_with_stop(part.lines[-1])
        reading.before = f"{reading.before} {text}:" if names else text
        reading.before_mark, reading.open_item = ("", False), False
        return part
    words = text[mark.length :].strip()
    level = _level(reading, mark, text, following, join) if any(map(str.isalpha, words)) else None
    reading.before, reading.before_mark = words, (mark.kind, level is not None and level.roman)
    reading.open_item = level is not None and not ends_with_stop(part.lines[-1])
    if level is None:
        reading.levels = []
        return part
    number = str(mark.value) if level.numbered else ""
    return replace(_without_mark(part, mark), kind=BlockKind.ITEM, level=0, header=level.header, number=number)


def _level(reading: _Reading, mark: Mark, text: str, following: Sequence[Part], join: JoinHyphen) -> _Level | None:
    """Return the list that an item belongs to; None where it is no item."""
    for depth in range(len(reading.levels) - 1, -1, -1):
        level = reading.levels[depth]
        if mark.counts_on(level.kind, level.value, roman=level.roman):
            level.value += mark.is_counted
            del reading.levels[depth + 1 :]
            return level
    if mark.is_counted and 1 not in (mark.value, mark.roman):
        return None
    roman = mark.value != 1 and mark.roman == 1
    opener = reading.before if opens_list(reading.before) and reading.before_mark != (mark.kind, roman) else ""
    others = [text, *_others(mark, following, join, roman=roman)]
    if not opener and not mark.is_bullet and not _is_list(mark, others):
        return None
    if mark.kind == "1." and any(len(other) > _LONGEST_ITEM for other in others):
        return None
    nested = bool(opener and reading.before_mark[0] and reading.levels)
    if not nested:
        reading.levels = []
    header = f"{reading.levels[-1].header if nested else ''} {_opening(opener)}".strip()
    numbered = mark.kind == "1." and not nested and not _PARAGRAPH.match(opener)
    reading.levels.append(_Level(mark.kind, int(mark.is_counted), roman, header[-_LONGEST_HEADER:], numbered))
    return reading.levels[-1]


def _others(mark: Mark, following: Sequence[Part], join: JoinHyphen, *, roman: bool) -> Iterator[str]:
    """Yield the items that follow the first one of a list, as long as they count on."""
    value = 1
    for part in following:
        other = read_mark(part.lines[0].text)
        if part.kind is not BlockKind.BODY:
            return
        if other is not None and other.counts_on(mark.kind, value, roman=roman):
            value += 1
            yield _text(part.lines, join)
        elif not mark.is_counted:
            return


def _is_list(mark: Mark, items: Sequence[str]) -> bool:
    """Return whether items that nothing opens are a list: several, short ones without a full stop where numbered."""
    if len(items) < 2:
        return False
    if mark.kind.endswith(")"):
        return True
    return all(len(item) <= _LONGEST_FRAGMENT and not re.search(r"[.!?]\W*$", item) for item in items)


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


def _without_drawn(part: Part) -> Part:
    """Return ``part`` without a bullet that the page draws as a shape: its text has none, and a quote is the text."""
    first = part.lines[0]
    if not has_drawn_bullet(first):
        return part
    if part.outside:
        return replace(part, lines=part.lines[1:], outside=0)
    width = len(BULLET)
    notes = tuple((start - width, end - width) for start, end in first.notes)
    bare = replace(first, text=first.text[width:], source=first.source + width, notes=notes)
    return replace(part, lines=[bare, *part.lines[1:]])


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
