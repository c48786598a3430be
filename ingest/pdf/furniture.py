"""Running headers and footers: found because they come back on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.pdf.lines import Line

_EDGE = 0.11
"""Share of the page's height, at the top and at the bottom, in which running lines stand."""
_TITLE = 1.25
"""Of the size of the same words on other pages: larger ones are the title that the running line repeats."""
_LEAST_NAME = 2
"""Words of a title."""
_ROMAN_AT_EDGE = re.compile(r"^[ivxlc]{1,7}\b|\b[ivxlc]{1,7}$")
_NUMBER = re.compile(r"\d+")


def _pattern(text: str) -> str:
    squeezed = re.sub(r"\s+", " ", text.lower()).strip(" -–—|·")
    return _ROMAN_AT_EDGE.sub("#", _NUMBER.sub("#", squeezed))


def find_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[int]]:
    """Return, for every page, the indices of its running lines.

    A line is furniture when it is near the page's edge and the same line, numbers aside, is there on at least three
    pages (on two, of a document of two to five pages). A title that a running line repeats is none.
    """
    needed = 2 if 2 <= len(pages) <= 5 else 3
    keyed: list[dict[int, tuple[str, bool]]] = []
    counts: Counter[tuple[str, bool]] = Counter()
    smallest: dict[tuple[str, bool], float] = {}
    for lines, height in zip(pages, heights, strict=True):
        keys = {
            index: (_pattern(lines[index].text), lines[index].bottom > height / 2) for index in edges(lines, height)
        }
        counts.update(set(keys.values()))
        for index, key in keys.items():
            smallest[key] = min(smallest.get(key, lines[index].size), lines[index].size)
        keyed.append(keys)
    return [
        {
            index
            for index, key in keys.items()
            if counts[key] >= needed and not (_is_name(key[0]) and lines[index].size >= _TITLE * smallest[key])
        }
        for lines, keys in zip(pages, keyed, strict=True)
    ]


def _is_name(pattern: str) -> bool:
    """Return whether a line is words, as a title is, and no number or symbol."""
    return len(re.findall(r"[^\W\d_]{2,}", pattern)) >= _LEAST_NAME and "/" not in pattern


def edges(lines: Sequence[Line], height: float) -> list[int]:
    """Return the indices of the lines at the top and at the foot of a page, which is ``height`` points high.

    A number by itself is at its foot wherever it is the last line, and at its top where it is the first.
    """
    printed = [index for index, line in enumerate(lines) if line.size]
    if not printed:
        return []
    outer = (max(printed, key=lambda i: lines[i].top), min(printed, key=lambda i: lines[i].bottom))
    return [
        index
        for index in printed
        if lines[index].bottom > height * (1 - _EDGE)
        or lines[index].top < height * _EDGE
        or (index in outer and len(lines) > 1 and _pattern(lines[index].text) == "#")
    ]
