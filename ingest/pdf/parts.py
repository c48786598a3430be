"""What the lines of a page are: paragraphs, headings, small print, and tables row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.documents import BlockKind
from ingest.pdf.lines import Line, ends_with_stop, gap_beside
from ingest.pdf.list_marks import next_in_list
from ingest.pdf.tables import find_tables, is_dates, table_rows
from ingest.pdf.upright import Rect

_MARKER = re.compile(r"(?:[•▪●◦‣]\s*|(?:[*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+)\S")
_DOT_LEADER = re.compile(r"(?:\. ?|…){5,}\s*\w*$")
SMALL_PRINT = 0.92
"""Share of the body's line height under which a line is a footnote or a caption."""
_MAX_HEADING = 200
_NEIGHBOURS = 6
_SAME_LEFT = 3.0
"""Points within which two items of a list begin at the same place."""
_FULL = 0.7
"""Of the column's width, which a line that a paragraph goes on after reaches."""


@dataclass(frozen=True, slots=True)
class Part:
    """A group of lines and what it is; see ``Block``."""

    kind: BlockKind
    lines: Sequence[Line]
    level: int = 0
    header: str = ""
    number: str = ""
    outside: int = 0
    """Lines at its beginning that are no part of the block: the mark of a list's item."""
    box: Rect | None = None
    """Where on the page as it is stored its words are, where they are in no text layer: the field that holds them."""


def body_size(pages: Iterable[Sequence[Line]]) -> float:
    """Return the line height in which most characters of the document are set, in points; 0 when unknown."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def page_parts(lines: Sequence[Line], body: float, carried: str = "") -> list[Part]:
    """Return what is on a page, in the order of ``lines``: paragraphs and headings, and tables row by row.

    ``carried`` heads the first table as well: it began on the page before.
    """
    parts: list[Part] = []
    reached = 0
    for table in find_tables(lines):
        parts += [Part(classify(group, body), group) for group in group_lines(lines[reached : table.start])]
        kind = BlockKind.FURNITURE if table.contents else BlockKind.TABLE
        header = f"{carried} {table.header}".strip()
        carried = ""
        parts += [Part(kind, row, header=header) for row in table_rows(lines[table.start : table.end])]
        reached = table.end
    return parts + [Part(classify(group, body), group) for group in group_lines(lines[reached:])]


def group_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of one page into paragraphs, headings and table rows."""
    if not lines:
        return []
    leading, size = _typical_leading(lines)
    groups = [[lines[0]]]
    for index, line in enumerate(lines[1:], start=1):
        # Only the neighbours show the column's edge: further off are other columns and charts.
        near = lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
        right = max(other.right for other in near if abs(other.left - lines[index - 1].left) < 30)
        scaled = leading * max(1.0, line.size / size) if size else leading
        before = next((group[0] for group in reversed(groups) if abs(line.left - group[0].left) < _SAME_LEFT), None)
        listed = before is not None and next_in_list(before.text, line.text)
        if not listed and not _leaves(groups[-1], line, lines) and _continues(lines[index - 1], line, right, scaled):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _leaves(item: Sequence[Line], line: Line, lines: Sequence[Line]) -> bool:
    """Return whether a line is set to the left of an item of a list, whose last line ends before it is full."""
    outdented = line.left <= item[0].left - 2 * _SAME_LEFT and line.text[0].isupper()
    if not outdented or not _MARKER.match(item[0].text):
        return False
    column = max(other.right for other in lines if abs(other.left - line.left) < _SAME_LEFT) - line.left
    return item[-1].right - line.left < _FULL * column


def _typical_leading(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the commonest distance of baselines and the commonest line height, in points."""
    steps = [round(a.bottom - b.bottom, 1) for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 4 * (a.size or 1)]
    sizes = Counter(round(line.size, 1) for line in lines)
    return (Counter(steps).most_common(1)[0][0] if steps else 0.0), sizes.most_common(1)[0][0]


def is_numeric(text: str) -> bool:
    """Recognise a row of figures: more than a quarter of it digits, in two numbers at least."""
    digits = sum(char.isdigit() for char in text)
    return digits > 0.25 * len(text.replace(" ", "")) and len(re.findall(r"\d[\d.,]*", text)) >= 2


def _continues(prev: Line, line: Line, right_edge: float, leading: float) -> bool:
    if prev.hyphen is not None:
        return True
    if not prev.size or not line.size:  # no geometry: every line stands for itself
        return False
    gap = gap_beside(prev, line)
    if gap is not None:
        return gap < 2.5 * prev.size
    terminal = ends_with_stop(prev)
    flows = not terminal and line.text[:1].islower()
    if max(prev.size, line.size) > 1.1 * min(prev.size, line.size) or prev.bold != line.bold:
        return flows and abs(prev.size - line.size) < 0.1 * prev.size
    step = prev.bottom - line.bottom
    if step <= 0:  # up again: the next column
        return flows
    if leading and step > 2.5 * leading:
        return False
    if leading and step > 1.3 * leading:
        return flows
    if _MARKER.match(line.text) and (terminal or line.text[0] in "•▪●◦‣"):
        return False
    if flows:
        return True
    if is_numeric(prev.text) and is_numeric(line.text):
        return False
    if terminal and line.left > prev.left + 8:
        return False
    # Where the next word would have fitted, the writer ended the line on purpose.
    char_width = (line.right - line.left) / max(len(line.text), 1)
    word = len(line.text.split(maxsplit=1)[0]) + 1
    return right_edge - prev.right < word * char_width + 0.12 * (prev.right - prev.left)


def classify(group: Sequence[Line], body: float) -> BlockKind:
    """Recognise what a group of lines is by size, weight and shape. ``body`` is the document's ``body_size``."""
    text = " ".join(line.text for line in group)
    size = max(line.size for line in group)
    letters = sum(char.isalpha() for char in text)
    if all(_DOT_LEADER.search(line.text) for line in group):
        return BlockKind.FURNITURE
    if not body or not size:
        return BlockKind.BODY
    if size < SMALL_PRINT * body and not all(line.bold for line in group):
        return BlockKind.FOOTNOTE
    short = len(group) <= 3 and len(text) <= _MAX_HEADING and letters >= 3
    if short and letters > 0.5 * len(text.replace(" ", "")) and not re.search(r"[.;,]$", text):
        bold = all(line.bold for line in group)
        if size > 1.15 * body or bold or (text.isupper() and len(text.split()) > 1):
            return BlockKind.HEADING
    figures = all(is_numeric(line.text) for line in group) and letters < 0.6 * len(text)
    if figures and not is_dates(text) and not text[0].islower():
        return BlockKind.TABLE
    return BlockKind.BODY


def heading_levels(groups: Iterable[Sequence[Line]]) -> dict[tuple[float, bool], int]:
    """Return the level of every heading style ``(size, bold)`` of a document, the largest first, six at most."""
    styles = {heading_style(group) for group in groups}
    return {style: min(rank, 6) for rank, style in enumerate(sorted(styles, reverse=True), start=1)}


def heading_style(group: Sequence[Line]) -> tuple[float, bool]:
    """Return size, in points to the half, and weight of a heading."""
    return (round(max(line.size for line in group) * 2) / 2, all(line.bold for line in group))
