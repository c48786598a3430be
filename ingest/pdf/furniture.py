"""Running headers and footers: found because they come back on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.pdf.lines import Line

_EDGE = 0.11
"""Share of the page's height, at the top and at the bottom, in which running lines stand."""
_ROMAN_AT_EDGE = re.compile(r"^[ivxlc]{1,7}\b|\b[ivxlc]{1,7}$")
_NUMBER = re.compile(r"\d+")


def _pattern(text: str) -> str:
    squeezed = re.sub(r"\s+", " ", text.lower()).strip(" -–—|·")
    return _ROMAN_AT_EDGE.sub("#", _NUMBER.sub("#", squeezed))


def find_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[int]]:
    """Return, for every page, the indices of its running lines.

    A line is furniture when it is near the page's edge and the same line, numbers aside, is there on at
    least three pages (on two, of a document of two to five pages).
    """
    needed = 2 if 2 <= len(pages) <= 5 else 3
    keyed: list[dict[int, tuple[str, bool]]] = []
    counts: Counter[tuple[str, bool]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        keys = {}
        for index, line in enumerate(lines):
            top = line.bottom > height * (1 - _EDGE)
            if line.size and (top or line.top < height * _EDGE):
                keys[index] = (_pattern(line.text), top)
        counts.update(set(keys.values()))
        keyed.append(keys)
    return [{index for index, key in keys.items() if counts[key] >= needed} for keys in keyed]


def is_edge(line: Line, height: float) -> bool:
    """Return whether a line is at the top or at the foot of a page, which is ``height`` points high."""
    return bool(line.size) and (line.bottom > height * (1 - _EDGE) or line.top < height * _EDGE)


def edge_lines(lines: Sequence[Line], height: float) -> list[str]:
    """Return the texts of the lines at the top and at the foot of a page."""
    return [line.text for line in lines if is_edge(line, height)]
