"""Running headers, footers and page numbers: found because they come back on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.lines import Line

_EDGE = 0.11
"""Share of the page's height, at the top and at the bottom, in which running lines stand."""
_ROMAN = re.compile(r"[ivxlc]{1,7}", re.I)
_ROMAN_AT_EDGE = re.compile(r"^[ivxlc]{1,7}\b|\b[ivxlc]{1,7}$")
_NUMBER = re.compile(r"\d+")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


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


def roman_value(numeral: str) -> int:
    """Return the value of a roman numeral in any case; 0 when it is none."""
    if not _ROMAN.fullmatch(numeral):
        return 0
    values = [_ROMAN_VALUES[char] for char in numeral.lower()]
    return sum(-v if any(v < later for later in values[i + 1 :]) else v for i, v in enumerate(values))


def printed_labels(running: Sequence[Sequence[str]]) -> list[str]:
    """Return every page's printed number, read from its running lines; "" where none is sure.

    The number that grows with the pages is the page number: of all numbers in the running lines the one whose
    distance to the physical number is the commonest, and is on two pages at least.
    """
    found: list[dict[tuple[str, int], str]] = []
    offsets: Counter[tuple[str, int]] = Counter()
    for number, lines in enumerate(running, start=1):
        here: dict[tuple[str, int], str] = {}
        for line in lines:
            for digits in _NUMBER.findall(line):
                here.setdefault(("arabic", int(digits) - number), digits)
            for numeral in _ROMAN_AT_EDGE.findall(line.strip(" -–—|·")):
                here.setdefault(("roman", roman_value(numeral) - number), numeral)
        offsets.update(here.keys())
        found.append(here)
    labels = [""] * len(running)
    for style in ("arabic", "roman"):
        best = max((key for key in offsets if key[0] == style), key=lambda key: offsets[key], default=None)
        if best is None or offsets[best] < 2:
            continue
        for index, here in enumerate(found):
            if not labels[index]:
                labels[index] = here.get(best, "")
    return labels
