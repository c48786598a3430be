"""From printed lines to a page's stored text: paragraphs, headings, footnotes, joined hyphens, and the way back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.documents import Block, BlockKind, CharRun
from ingest.lines import Line
from ingest.tables import find_tables, is_dates, table_rows

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TERMINAL = re.compile(r"[.!?:;…។॥।؟]['\"”’)\]]*\d{0,3}$")
_MARKER = re.compile(r"(?:[•▪●◦‣*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_DOT_LEADER = re.compile(r"(?:\. ?|…){5,}\s*\w*$")
SMALL_PRINT = 0.92
"""Share of the body's line height under which a line is a footnote or a caption."""
_MAX_HEADING = 200
_NEIGHBOURS = 6
_LEAST_PROSE = 35
"""Letters in the last line before a box that stands within a sentence."""
_MOST_IN_BOX = 8
"""Paragraphs of a box that stands within a sentence."""

JoinHyphen = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of lines and what it is; see ``Block``."""

    kind: BlockKind
    lines: Sequence[Line]
    level: int = 0
    header: str = ""


def hyphen_joiner(texts: Iterable[str]) -> JoinHyphen:
    """Return a judge of line-end hyphens that knows the document's own words.

    ``join(left, right)`` is true when the hyphen only divides the word over the line ("govern-ment") and false when
    it belongs to it ("community-based"): whichever spelling stands elsewhere in the document wins; where neither
    does, the hyphen stays when both halves are words of the document.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.casefold() for word in _WORD.findall(text))
    plain = Counter[str]()
    for word, count in counts.items():
        for part in word.split("-"):
            plain[part] += count

    def join(left: str, right: str) -> bool:
        head, tail = _last_word(left), _first_word(right)
        if not head or not tail:
            return False
        joined, kept = counts[head + tail], counts[f"{head}-{tail}"]
        if joined != kept:
            return joined > kept
        # Each half also stands at this very line break, hence more than once.
        return not (plain[head] > 1 and plain[tail] > 1)

    return join


def _last_word(text: str) -> str:
    match = re.search(r"([^\W\d_]+)$", text)
    return match.group(1).casefold() if match else ""


def _first_word(text: str) -> str:
    match = re.match(r"([^\W\d_]+)", text)
    return match.group(1).casefold() if match else ""


def body_size(pages: Iterable[Sequence[Line]]) -> float:
    """Return the line height in which most characters of the document are set, in points; 0 when unknown."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def page_parts(lines: Sequence[Line], body: float, carried: str = "") -> list[Part]:
    """Return what stands on a page, in the order of ``lines``: paragraphs and headings, and tables row by row.

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
        # The column's edge is told by the neighbours alone: further off stand other columns and charts.
        near = lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
        right = max(other.right for other in near if abs(other.left - lines[index - 1].left) < 30)
        scaled = leading * max(1.0, line.size / size) if size else leading
        if _continues(lines[index - 1], line, right, scaled):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _typical_leading(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the commonest distance of baselines and the commonest line height, in points."""
    steps = [round(a.bottom - b.bottom, 1) for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 4 * (a.size or 1)]
    sizes = Counter(round(line.size, 1) for line in lines)
    return (Counter(steps).most_common(1)[0][0] if steps else 0.0), sizes.most_common(1)[0][0]


def _same_row(a: Line, b: Line) -> bool:
    overlap = min(a.top, b.top) - max(a.bottom, b.bottom)
    return overlap > 0.4 * max(min(a.top - a.bottom, b.top - b.bottom), 1e-6) and b.left >= a.right - 2


def is_numeric(text: str) -> bool:
    """Tell a row of figures: more than a quarter of it digits, in two numbers at least."""
    digits = sum(char.isdigit() for char in text)
    return digits > 0.25 * len(text.replace(" ", "")) and len(re.findall(r"\d[\d.,]*", text)) >= 2


def _continues(prev: Line, line: Line, right_edge: float, leading: float) -> bool:
    if prev.hyphen is not None:
        return True
    if not prev.size or not line.size:  # no geometry: every line stands for itself
        return False
    if _same_row(prev, line):
        return line.left - prev.right < 2.5 * prev.size
    terminal = bool(_TERMINAL.search(prev.text))
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
    """Tell what a group of lines is, by size, weight and shape. ``body`` is the document's ``body_size``."""
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


def footnotes_last(parts: Sequence[Part]) -> list[Part]:
    """Return ``parts`` with the footnotes at the end, and paragraphs that one of them had divided joined again.

    Small print that stands over other text is no footnote but a caption, a source or a box: it keeps its place.
    """
    ordered: list[Part] = []
    notes: list[Part] = []
    for each in parts:
        part = each
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
    if parts[index].kind is not BlockKind.BODY or _TERMINAL.search(last.text) or not last.size:
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
    return moved_up and not _TERMINAL.search(last.text) and first.text[:1].islower()


def compose(
    parts: Sequence[Part], join_hyphen: JoinHyphen
) -> tuple[str, tuple[Block, ...], tuple[CharRun, ...], tuple[tuple[int, int], ...]]:
    """Set a page's stored text from its parts, one part a line.

    Returns the text, its blocks, the runs that map its characters back to the text layer, and the footnote marks.
    """
    notes: list[tuple[int, int]] = []
    pieces: list[str] = []
    runs: list[CharRun] = []
    blocks: list[Block] = []
    length = 0

    def put(text: str, source: int) -> None:
        nonlocal length
        pieces.append(text)
        if source >= 0 and text:
            runs.append(CharRun(length, source, len(text)))
        length += len(text)

    for part in parts:
        lines = part.lines
        if length:
            put("\n", -1)
        start = length
        for index, line in enumerate(lines):
            notes += [(length + note_start, length + note_end) for note_start, note_end in line.notes]
            put(line.text, line.source)
            if index + 1 == len(lines):
                continue
            following = lines[index + 1]
            if line.hyphen is not None:
                if not join_hyphen(line.text, following.text):
                    put("-", line.hyphen if line.source >= 0 else -1)
            elif not (_same_row(line, following) and following.left - line.right < 0.2 * line.size):
                put(" ", -1)
        if lines[-1].hyphen is not None:
            put("-", lines[-1].hyphen if lines[-1].source >= 0 else -1)
        blocks.append(Block(part.kind, start, length, part.level, part.header))
    return "".join(pieces), tuple(blocks), tuple(runs), tuple(notes)
