"""Footnotes and boxes go behind the text that they interrupt, so that its sentences are whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.documents import BlockKind
from ingest.pdf.lines import Line, ends_with_stop
from ingest.pdf.note_marks import marks_of, own_number
from ingest.pdf.parts import Part

_LEAST_PROSE = 35
"""Letters in the last line before a box that is within a sentence."""
_MOST_IN_BOX = 8
"""Paragraphs of a box that is within a sentence."""


def footnotes_last(parts: Sequence[Part]) -> list[Part]:
    """Return ``parts`` with the footnotes at the end, and paragraphs that one of them had divided joined again.

    Small print that is over other text is no footnote but a caption, a source or a box: it keeps its place. Text of any
    size is one that begins with the number, joined to its first word, of a mark above it.
    """
    ordered: list[Part] = []
    notes: list[Part] = []
    called = set[str]()
    for each in parts:
        part = each
        if part.kind is BlockKind.BODY and own_number(part.lines[0].text) in called:
            part = replace(part, kind=BlockKind.FOOTNOTE)
        called |= {number for line in part.lines for number in marks_of(line)}
        if part.kind is BlockKind.FOOTNOTE:
            if not any(_stands_over(part, other) for other in parts):
                notes.append(part)
                continue
            part = replace(part, kind=BlockKind.BODY)
        if (
            ordered
            and part.kind is BlockKind.BODY
            and ordered[-1].kind is BlockKind.BODY
            and _resumes(ordered[-1].lines, part.lines)
        ):
            ordered[-1] = replace(ordered[-1], lines=[*ordered[-1].lines, *part.lines])
        else:
            ordered.append(part)
    return _boxes_behind(ordered) + notes


def _boxes_behind(parts: list[Part]) -> list[Part]:
    """Return ``parts`` with boxes that cut a sentence in two moved behind the paragraph that they had cut."""
    ordered: list[Part] = []
    index = 0
    while index < len(parts):
        end = _end_of_box(parts, index)
        if end:
            joined = replace(parts[index], lines=[*parts[index].lines, *parts[end].lines])
            parts[index : end + 1] = [joined, *parts[index + 1 : end]]
            continue
        ordered.append(parts[index])
        index += 1
    return ordered


def _end_of_box(parts: Sequence[Part], index: int) -> int:
    """Return where the sentence that part ``index`` leaves open goes on behind a box; 0 where none does."""
    last = parts[index].lines[-1]
    if parts[index].kind is not BlockKind.BODY or ends_with_stop(last) or not last.size:
        return 0
    if sum(map(str.isalpha, last.text)) < _LEAST_PROSE:  # a label of a chart, an entry of a list
        return 0
    for end in range(index + 1, min(len(parts), index + 2 + _MOST_IN_BOX)):
        part = parts[end]
        # Set in other letters and indented: lines that OCR measured are as unlike each other, but not set apart.
        if not any(_is_set_like(line, last) or abs(line.left - last.left) < 6 for line in part.lines):
            continue
        first = part.lines[0]
        goes_on = part.kind is BlockKind.BODY and first.text[:1].islower() and _is_set_like(first, last)
        begun = abs(first.left - last.left) < 3 or first.bottom > last.bottom
        return end if goes_on and begun and end > index + 1 else 0
    return 0


def _is_set_like(line: Line, other: Line) -> bool:
    """Return whether two lines are set in letters of one size and weight."""
    return abs(line.size - other.size) < 0.03 * other.size and line.bold == other.bold


def _stands_over(note: Part, other: Part) -> bool:
    """Return whether text that is no footnote stands lower on the page, in the same column."""
    if other.kind is BlockKind.FOOTNOTE:
        return False
    left, right = min(line.left for line in note.lines), max(line.right for line in note.lines)
    bottom = min(line.bottom for line in note.lines)
    return any(line.top <= bottom and line.left < right and left < line.right for line in other.lines if line.size)


def _resumes(before: Sequence[Line], after: Sequence[Line]) -> bool:
    last, first = before[-1], after[0]
    moved_up = first.bottom >= last.bottom
    return moved_up and not ends_with_stop(last) and first.text[:1].islower()
