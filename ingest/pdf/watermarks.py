"""Marks over pages ("DRAFT", "CONFIDENTIAL"): set aslant, or huge and over the text, on page after page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.lines import Line

_ASLANT = 1.6
"""How many times its letters' height a slanting line reaches both up the page and across it."""
_HUGE = 1.8
"""How many times the text's line height a mark has that stands upright."""
_SAME_PLACE = 4.0
"""Points within which a mark comes back at the same place."""
_LEAST_PAGES = 2
_LEAST_SIGNS = 2
"""Of three: it is set aslant, other text runs through it, it comes back at the same place."""
_LEAST_ANGLE = 5.0
"""Degrees: scanned lines lean by fewer."""
_MOST_LETTERS = 80


def find_watermarks(pdf: pypdfium2.PdfDocument, pages: Sequence[Sequence[Line]], body: float) -> list[set[int]]:
    """Return, for every page, the indices of the lines that are marks over it.

    ``body`` is the line height of the text, in points. A mark is set aslant, or is far larger than the text and stands
    over it; and it comes back at the same place, or other text runs through it.
    """
    marks: list[dict[int, tuple[str, int, int]]] = []
    counts: Counter[tuple[str, int, int]] = Counter()
    for lines in pages:
        here = {index: _place(lines[index]) for index in _candidates(lines, body)}
        counts.update(set(here.values()))
        marks.append(here)
    found: list[set[int]] = []
    for number, (lines, here) in enumerate(zip(pages, marks, strict=True)):
        found.append(set())
        for index, place in here.items():
            signs = _is_crossed(lines, index) + (counts[place] >= _LEAST_PAGES)
            marked = signs + _is_aslant(lines[index]) >= _LEAST_SIGNS
            # The boxes of letters on their side look aslant too: the page itself knows their angle.
            if marked and (signs >= _LEAST_SIGNS or _climbs(pdf[number], lines[index])):
                found[-1].add(index)
    return found


def _climbs(page: pypdfium2.PdfPage, line: Line) -> bool:
    """Return whether the letters of ``line`` stand at an angle that is no quarter turn."""
    middle = line.source + len(line.text) // 2
    place = line.layer.place(middle) if line.layer is not None else middle
    angle = math.degrees(pdfium_raw.FPDFText_GetCharAngle(page.get_textpage().raw, place)) % 90
    return _LEAST_ANGLE < angle < 90 - _LEAST_ANGLE


def mark_texts(pages: Sequence[Sequence[Line]], marks: Sequence[set[int]]) -> list[str]:
    """Return the words of the marks, each once, the commonest first."""
    counts = Counter(
        " ".join(lines[index].text.split()) for lines, here in zip(pages, marks, strict=True) for index in sorted(here)
    )
    return [text for text, _ in counts.most_common()]


def _candidates(lines: Sequence[Line], body: float) -> Iterator[int]:
    for index, line in enumerate(lines):
        if (body and line.size > _HUGE * body) or _is_aslant(line):
            letters = sum(char.isalpha() for char in line.text)
            if line.size and 2 <= letters <= _MOST_LETTERS:
                yield index


def _is_aslant(line: Line) -> bool:
    """Return whether a line climbs: an upright one is no higher than its letters, one on its side no wider."""
    return min(line.top - line.bottom, line.right - line.left) > _ASLANT * line.size > 0


def _place(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.left / _SAME_PLACE), round(line.bottom / _SAME_PLACE)


def _is_crossed(lines: Sequence[Line], mark: int) -> bool:
    """Return whether other text runs through the line ``mark``."""
    line = lines[mark]
    return any(
        other.size
        and min(other.right, line.right) - max(other.left, line.left) > other.size
        and min(other.top, line.top) - max(other.bottom, line.bottom) > 0.4 * (other.top - other.bottom)
        for index, other in enumerate(lines)
        if index != mark
    )
