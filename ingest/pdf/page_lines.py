"""Lines of a PDF page with their geometry, as pdfium reads them, upright and in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2

from ingest.invisible import without_invisible
from ingest.pdf.accents import accents_joined
from ingest.pdf.drawn_bullets import bullets_written
from ingest.pdf.lines import Line
from ingest.pdf.note_marks import marks_apart, raised_figures
from ingest.pdf.page_objects import page_objects
from ingest.pdf.reading_order import columns_in_order
from ingest.pdf.right_to_left import in_reading_order, signs_in_their_places
from ingest.pdf.spaced_letters import letters_joined
from ingest.pdf.syllables import marks_over_their_letters, syllables_mended
from ingest.pdf.text_layer import TextLayer
from ingest.pdf.unseen_text import count_words, without_unseen
from ingest.pdf.upright import Rect
from ingest.pdf.visibility import Unseen, runs_of

_LINE = re.compile(r"([^\r\n\ufffe]*)(\ufffe\r?\n?|\r\n|\r|\n|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OPEN_RANGE = re.compile(r"\d[-–‑]$")
"""Of years or articles, that goes on in the next line: "2019–", "Article 14-"."""
_WORD = re.compile(r"\w{2,}")
_DIVIDED = re.compile(r"[^\W\d_]-$")
_CELL_GAP = 1.6
"""Width of a gap that parts two cells, in line heights; behind a paragraph's number it is about 1.3."""
_COLUMN_GAP = 0.7
"""Least width of a gap between two columns, in line heights."""
_TINY = 1.7
"""Height, in points, of a line that nobody can read: letters of 1.5 points."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of an upright page in reading order, blank ones left out, and what is known of its text as a whole."""

    lines: list[Line]
    height: float
    """Of the page, in points."""
    unseen: int
    """How many words nobody can see: they are in no line."""
    scanned: bool
    """A picture fills the page, or nothing prints its text: a machine read it."""


def page_lines(page: pypdfium2.PdfPage) -> PageLines:
    """Return the lines of ``page``, as a reader sees them."""
    layer = TextLayer(page)
    objects = page_objects(page)
    unseen, scanned = layer.unseen(page, objects)
    stray = _strays(layer, _lines(layer))
    unseen |= dict.fromkeys(stray - unseen.keys(), Unseen.HIDDEN)
    words = count_words(layer.text, unseen)
    layer.edited = layer.edited.edit(without_unseen(layer.text, unseen))
    layer.edited = layer.edited.edit(syllables_mended(layer, objects))
    layer.edited = marks_over_their_letters(layer)
    layer.edited = layer.edited.edit(without_invisible(layer.text))
    layer.edited = layer.edited.edit(accents_joined(layer.text, layer.char_box))
    layer.edited = layer.edited.edit(letters_joined(layer.text, layer.char_box))
    layer.edited = signs_in_their_places(layer.edited, layer.char_box)
    layer.edited = in_reading_order(layer.edited, layer.char_box)
    measured = [_measure(layer, line) for line in _lines(layer)]
    bullets = bullets_written([layer.upright.rect(*dot) for dot in objects.dots], layer.text, measured)
    if bullets:
        layer.edited = layer.edited.edit(bullets)
        measured = [_measure(layer, line) for line in _lines(layer)]
    measured = marks_apart(layer, measured)
    lines = columns_in_order(measured, lambda line, edges: divide(layer, line, edges))
    return PageLines(lines, layer.upright.height, words, scanned)


def _lines(layer: TextLayer) -> list[Line]:
    """Return the lines of the layer's text as it is now, not measured yet."""
    lines = []
    for match in _LINE.finditer(layer.text):
        text, hyphen = match.group(1), match.start(2) if match.group(2).startswith("\ufffe") else None
        if _OPEN_RANGE.search(text) and layer.text[match.end() : match.end() + 1].isdecimal():
            text, hyphen = text[:-1], match.end(1) - 1
        line = _line(layer, text, match.start(1), hyphen)
        if line is not None:
            lines.append(line)
    return lines


def _line(layer: TextLayer, text: str, source: int, hyphen: int | None) -> Line | None:
    """Return a line that is not measured yet; None of blanks."""
    text = _CONTROL.sub(" ", text)
    body = text.strip()
    if not body:
        return None
    source += len(text) - len(text.lstrip())
    return Line(body, source, 0, 0, 0, 0, 0, False, hyphen, layer=layer.edited)


def divide(layer: TextLayer, line: Line, edges: Sequence[float]) -> list[Line]:
    """Return the parts into which the vertical lines at ``edges`` divide ``line``."""
    places, last = [], 0
    for char, index in zip(line.text, range(line.source, line.source + len(line.text)), strict=True):
        if not char.isspace():
            left, _, right, _ = layer.char_box(index)
            last = sum(edge < (left + right) / 2 for edge in edges)
        places.append(last)
    cuts = [0, *(i for i in range(1, len(places)) if places[i] != places[i - 1]), len(places)]
    parts = []
    for start, end in pairwise(cuts):
        text, hyphen = line.text[start:end].rstrip(), line.hyphen
        if end < len(line.text):  # pdfium marks the hyphens at its own line ends only
            divided = _DIVIDED.search(text)
            hyphen = line.source + start + len(text) - 1 if divided else None
            text = text[:-1] if divided else text
        part = _line(layer, text, line.source + start, hyphen)
        if part is not None:
            parts.append(_measure(layer, part))
    return parts


def _strays(layer: TextLayer, lines: Iterable[Line]) -> set[int]:
    """Return the letters that are off the page or too small to be read, by their index.

    A line that runs over the page's edge is kept whole: its reader sees how it begins.
    """
    width, height = layer.upright.width, layer.upright.height
    found = set[int]()
    for line in lines:
        rects = layer.rects(line.source, len(line.text))
        small = any(top - bottom < _TINY for _, bottom, _, top in rects)
        off_page = any(left < 0 or bottom < 0 or right > width or top > height for left, bottom, right, top in rects)
        if not small and not off_page:
            continue
        letters = [line.source + index for index, char in enumerate(line.text) if not char.isspace()]
        if off_page:
            found |= _off_page(layer, letters, width, height)
        words = [line.source + match.start() for match in _WORD.finditer(line.text)]
        if small and any(0 < layer.line_height(index) < _TINY for index in words):
            found |= {index for index in letters if 0 < layer.line_height(index) < _TINY}
    return found


def _off_page(layer: TextLayer, letters: Sequence[int], width: float, height: float) -> set[int]:
    boxes = [layer.char_box(index) for index in letters]
    off = [
        place
        for place, (left, bottom, right, top) in enumerate(boxes)
        if right < 0 or left > width or top < 0 or bottom > height
    ]
    found = set[int]()
    for run in runs_of(off):
        before = boxes[run[0] - 1 : run[0]] if run[0] else []
        beside = before + boxes[run[-1] + 1 : run[-1] + 2]
        size = layer.line_height(letters[run[0]])
        if not any(_is_beside(boxes[place], box, size) for place in (run[0], run[-1]) for box in beside):
            found |= {letters[place] for place in run}
    return found


def _is_beside(one: Rect, other: Rect, size: float) -> bool:
    """Return whether two letters are set on one line of a height without a wide gap."""
    gap = max(one[0], other[0]) - min(one[2], other[2])
    return gap < 2 * size and abs(one[1] - other[1]) < size


def _measure(layer: TextLayer, line: Line) -> Line:
    rects = layer.rects(line.source, len(line.text))
    if not rects:
        return line
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    visible = [i for i, char in enumerate(line.text) if char.isalpha()] or [0]
    middle = line.source + visible[len(visible) // 2]
    size = layer.line_height(middle)
    baseline = layer.baseline(middle)
    gaps = _gaps(zip(lefts, rights, strict=True), _COLUMN_GAP * size) if size else ()
    return replace(
        line,
        left=min(lefts),
        bottom=min(bottoms),
        right=max(rights),
        top=max(tops),
        size=size,
        cells=1 + sum(right - left >= _CELL_GAP * size for left, right in gaps),
        gaps=gaps,
        bold=all(layer.is_bold(line.source + i) for i in {visible[0], visible[len(visible) // 2], visible[-1]}),
        notes=raised_figures(layer, line, baseline, size),
    )


def _gaps(extents: Iterable[tuple[float, float]], least: float) -> tuple[tuple[float, float], ...]:
    """Return the gaps of at least ``least`` points between rectangles ``(left, right)`` of one line."""
    gaps, reached = [], float("inf")
    for left, right in sorted(extents):
        if left - reached >= least:
            gaps.append((reached, left))
        reached = max(right, reached) if reached < float("inf") else right
    return tuple(gaps)
