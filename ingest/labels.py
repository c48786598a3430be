"""The number that is printed on a page, told from all other numbers at its edges because it grows with the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}", re.I)
_ROMAN_AT_EDGE = re.compile(r"^(?:[ivxlc]{1,7}|[IVXLC]{1,7})\b|\b(?:[ivxlc]{1,7}|[IVXLC]{1,7})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PREFIXED = re.compile(r"([A-Z]{1,3}[-–.]?|\d{1,2}[-–])(\d{1,4})")
"""A page of an annex or of a chapter: "A-3", "4-12"."""
_FRAME = " -–—|·[]()"
"""Signs around a page's number."""
_LEAST = 2
"""Pages on which a number must grow with them."""
_LEAST_ELSEWHERE = 3
"""The same, of numbers in lines that do not come back: the number of a paragraph grows by chance on two."""
_WIDEST_GAP = 8
"""Pages without a number between two that have one: plates, blank pages, first pages of chapters."""

Key = tuple[str, str, int]
"""Style of a number, what stands before it, and how far it is ahead of the physical number."""


def roman_value(numeral: str) -> int:
    """Return the value of a roman numeral in any case; 0 when it is none."""
    if not _ROMAN.fullmatch(numeral):
        return 0
    values = [_ROMAN_VALUES[char] for char in numeral.lower()]
    return sum(-v if any(v < later for later in values[i + 1 :]) else v for i, v in enumerate(values))


def printed_labels(running: Sequence[Sequence[str]], edges: Sequence[Sequence[str]] = ()) -> list[str]:
    """Return every page's printed number; "" where none is sure.

    A page's number is one that grows with the pages on two pages at least, and of several such the one that does so on
    most pages in a row. A page between two of one row has the number that belongs there, printed or not.

    Args:
        running: The running lines of every page.
        edges: Other lines at the top and at the foot of every page: only three pages in a row are proof there.
    """
    found = [dict(_numbers(lines, number)) for number, lines in enumerate(running)]
    elsewhere = [dict(_numbers(lines, number, whole=True)) for number, lines in enumerate(edges or running)]
    both = [more | numbers for numbers, more in zip(found, elsewhere, strict=True)]
    labels = [""] * len(running)
    for key, row in sorted(_rows(both), key=lambda row: -len(row[1])):
        if len(row) < _LEAST_ELSEWHERE and sum(key in found[page] for page in row) < _LEAST:
            continue
        pages = [page for page in row if not labels[page]]
        for page in pages:
            labels[page] = both[page][key]
        for before, after in pairwise(pages):
            for page in range(before + 1, after):
                labels[page] = labels[page] or _between(key, page, labels[before])
    return labels


def chosen_labels(own: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Return what each page is called: by the number that is printed on it, or by the file's own label.

    Labels that merely count say less than what is printed; those that say more ("iv", "A-1") hold good where the
    printed number agrees or is not known.
    """
    if not any(printed):
        return list(own)
    pairs = list(zip(own, printed, strict=True))
    contrary = sum(_value(o) != _value(p) for o, p in pairs if o and p)
    trusted = contrary <= sum(_value(o) == _value(p) for o, p in pairs if o and p)
    if all(label.isdecimal() for label in own if label):
        return [p or (o if trusted else "") for o, p in pairs]
    return [o or p if trusted else p or o for o, p in pairs]


def _value(label: str) -> int:
    """Return the number that a label ends in; -1 of a label without one."""
    digits = _NUMBER.findall(label)
    return int(digits[-1]) if digits else roman_value(label.strip(_FRAME)) or -1


def _numbers(lines: Sequence[str], at: int, *, whole: bool = False) -> Iterator[tuple[Key, str]]:
    """Yield the numbers in ``lines``; where ``whole``, only those at the beginning or the end of a line."""
    for line in lines:
        bare = line.strip(_FRAME)
        prefixed = _PREFIXED.fullmatch(bare)
        if prefixed:
            yield ("arabic", prefixed[1], int(prefixed[2]) - at), bare
            continue
        for match in _NUMBER.finditer(bare):
            outer = match.start() == 0 or match.end() == len(bare)
            if len(match[0]) <= 5 and (outer or not whole):
                yield ("arabic", "", int(match[0]) - at), match[0]
        for numeral in _ROMAN_AT_EDGE.findall(bare):
            style = "roman" if numeral.islower() else "ROMAN"
            yield (style, "", roman_value(numeral) - at), numeral


def _rows(found: Sequence[dict[Key, str]]) -> list[tuple[Key, list[int]]]:
    """Return the rows of pages on which one number grows with the pages."""
    places: dict[Key, list[int]] = defaultdict(list)
    for page, numbers in enumerate(found):
        for key in numbers:
            places[key].append(page)
    rows: list[tuple[Key, list[int]]] = []
    for key, pages in places.items():
        row = [pages[0]]
        for page in pages[1:]:
            if page - row[-1] > _WIDEST_GAP:
                rows.append((key, row))
                row = []
            row.append(page)
        rows.append((key, row))
    return [(key, row) for key, row in rows if len(row) >= _LEAST]


def _between(key: Key, at: int, like: str) -> str:
    """Return the number that belongs on a page whose neighbours are numbered; "" of roman ones and other digits."""
    style, before, offset = key
    return f"{before}{offset + at}" if style == "arabic" and like.isascii() else ""
