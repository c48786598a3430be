"""Footnote marks: small raised figures behind a word or a number, which are no part of either.

A figure is raised when its ink begins well above the line's baseline and it is smaller than the line's own: old-style
figures rise and sink, but begin on the baseline or below it. What is raised and no mark of a note is a power ("10²").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.openings import OWN_MARK
from ingest.pdf.lines import Line, gap_beside
from ingest.pdf.text_layer import TextLayer

_FIGURES = re.compile(r"[\d⁰¹²³⁴-⁹]+|(?<=\d)[a-z](?![^\W\d_])")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"(?:[\d⁰¹²³⁴-⁹]{1,3}(?:[,;–-][\d⁰¹²³⁴-⁹]{1,3})*|[a-z])[)\]*]?")
_BETWEEN = re.compile(r"[,;] ?")
_MOST_FIGURES = 3
_RISE = 0.12
"""How far above the baseline a mark's ink begins, in line heights."""
_SMALL = 0.85
"""Share of the line's height that the letters of a mark have at most; page numbers set higher are larger."""
_LOW_INK = 0.45
"""Height of a mark's ink, in line heights, where a font has raised figures of its own: whole ones have 0.6."""
_UNIT = re.compile(r"(?:\d|\b)\s?(?:[kcdm]?m|ft|in|mi)$")
_TIMES_TEN = re.compile(r"[×x*·⋅] ?10$")
_STARTS_NOTE = re.compile(r"[\[(]?([\d⁰¹²³⁴-⁹]{1,3}|[a-z])[\])]?[.\s]?\s*(?=[^\d\s.,;%)\]])")
_SMALL_PRINT = 0.95
_ENDS = frozenset('.,;:!?"”’»)')


def raised_figures(layer: TextLayer, line: Line, baseline: float, size: float) -> tuple[tuple[int, int], ...]:
    """Return start and end of the raised figures in ``line``; ``baseline`` and ``size`` are those of the line.

    What begins the line is none: it is the number of the note itself, or see ``marks_apart``.
    """
    found: list[tuple[int, int]] = []
    text, reached = line.text, 0
    for match in _FIGURES.finditer(text):
        start = end = match.end()
        while start > max(match.start(), reached) and _is_raised(layer, line, start - 1, baseline, size):
            start -= 1
        if start == end:
            continue
        while end < len(text) and not text[end].isspace() and _is_raised(layer, line, end, baseline, size):
            end += 1
        reached = end
        end = start + len(text[start:end].rstrip(",;-–"))
        if not start or not _MARK.fullmatch(text[start:end]) or text[end : end + 1] in ("/", "⁄"):
            continue
        if found and _BETWEEN.fullmatch(text[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def _is_raised(layer: TextLayer, line: Line, index: int, baseline: float, size: float) -> bool:
    if line.text[index] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return True
    _, bottom, _, top = layer.char_box(line.source + index)
    if bottom <= baseline + _RISE * size:
        return False
    low = line.text[index].isalnum() and top - bottom < _LOW_INK * size
    return low or layer.line_height(line.source + index) < _SMALL * size


def marks_apart(layer: TextLayer, lines: Sequence[Line]) -> list[Line]:
    """Return ``lines``, with a mark that begins a line at the height of the one before as one of its marks."""
    found: list[Line] = list(lines[:1])
    for before, line in pairwise(lines):
        mark = _FIGURES.match(line.text)
        gap = gap_beside(before, line) if mark and before.size else None
        if mark and gap is not None and gap < before.size / 2 and mark.end() <= _MOST_FIGURES:
            letters = [index for index, char in enumerate(before.text) if char.isalpha()] or [0]
            baseline = layer.baseline(before.source + letters[len(letters) // 2])
            if _is_raised(layer, line, 0, baseline, before.size):
                found.append(replace(line, notes=(mark.span(), *line.notes)))
                continue
        found.append(line)
    return found


def settle_marks(pages: Sequence[Sequence[Line]], body: float) -> list[list[Line]]:
    """Return the lines of a document whose raised figures are marks of notes, or powers.

    It is a mark where a note of that number begins anywhere in the document, or where the document has the mark before
    or behind it. All else is set in raised signs: "10²".
    """
    begun = set[str]().union(*(_notes_begun(lines, body) for lines in pages))
    values = {value for lines in pages for line in lines for note in line.notes for value in _values(line, note)}
    known = begun | {value for value in values if value.isdigit() and _neighbours(value) & values}
    return [[_settled(line, known) if line.notes else line for line in lines] for lines in pages]


def _settled(line: Line, known: set[str]) -> Line:
    text, notes = line.text, []
    for start, end in line.notes:
        before, figures = text[:start].rstrip(), text[start:end]
        ends = before[-1:] in _ENDS  # no power follows the end of a sentence
        if ends or (set(_values(line, (start, end))) & known and not _is_power(before, figures)):
            notes.append((start, end))
        else:
            text = text[:start] + figures.translate(_SUPERSCRIPTS) + text[end:]
    return replace(line, text=text, notes=tuple(notes))


def _is_power(before: str, figures: str) -> bool:
    if _UNIT.search(before):
        return figures.translate(_PLAIN) in ("2", "3")
    return bool(_TIMES_TEN.search(before))


def _values(line: Line, note: tuple[int, int]) -> list[str]:
    """Return the numbers, or the letter, in a mark."""
    return re.findall(r"\d+|[a-z]", line.text[note[0] : note[1]].translate(_PLAIN))


def _neighbours(value: str) -> set[str]:
    return {str(int(value) - 1), str(int(value) + 1)}


def _notes_begun(lines: Iterable[Line], body: float) -> set[str]:
    """Return the numbers with which notes begin on a page: small print, or lines below the mark that they explain."""
    found, called = set[str](), set[str]()
    for line in lines:
        match = _STARTS_NOTE.match(line.text)
        if match and line.size and line.size < _SMALL_PRINT * body:
            found.add(match.group(1).translate(_PLAIN))
        found |= {own_number(line.text)} & called
        called |= marks_of(line)
    return found


def marks_of(line: Line) -> set[str]:
    """Return the numbers of the notes that a line's marks call."""
    return {value for note in line.notes for value in _values(line, note) if value.isdigit()}


def own_number(text: str) -> str:
    """Return the number of a note that ``text`` begins with, joined to its first word; "" of other text."""
    match = OWN_MARK.match(text)
    return match.group().translate(_PLAIN) if match else ""
