"""The number that is printed on a page, told from all other numbers at its edges because it grows with the pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

_DIGITS = re.compile(r"\d+")
_OF = r"(?:\s*(?:/|\b(?:of|de|sur|von|van|di|из|з)\b)\s*\d{1,5})"
"""Behind a page's number, how many pages there are: "3 of 20", "3/20"."""
_PAGE = r"(?:(?:page|pages|p|pp|pg|pág|página|pagina|seite|стр|страница|halaman|trang)\b\.?\s*)"
_FIRST = re.compile(rf"{_PAGE}?(\d{{1,5}}){_OF}?(?![\w.,:/’'-]|\s*%)", re.I)
_LAST = re.compile(rf"(?<![\w.,:/-])(\d{{1,5}}){_OF}?$", re.I)
_ALONE = re.compile(rf"(?:{_PAGE}?\d{{1,5}}{_OF}?)", re.I)
_APART = re.compile(rf"^\d{{1,5}}(?:{_OF}\b|\s*[|•·])|\d{_OF}$|[|•·]\s*\d{{1,5}}$", re.I)
"""A number that something sets apart from the words of its line."""
_ROMAN = re.compile(r"[ivxlc]{1,7}", re.I)
_ROMAN_AT_EDGE = re.compile(r"^(?:[ivxlc]{1,7}|[IVXLC]{1,7})\b|\b(?:[ivxlc]{1,7}|[IVXLC]{1,7})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PREFIXED = re.compile(r"([A-Z]{1,3}\s?[-–.]?\s?|\d{1,2}\s?[-–]\s?)(\d{1,4})")
"""A page of an annex or of a chapter: "A-3", "4-12"."""
_FRAME = " -–—|·[]()<>~*"
"""Signs around a page's number."""
_LEAST = 2
"""Pages on which a number must grow with them."""
_LEAST_ELSEWHERE = 3
"""The same, of numbers in lines that do not come back: the number of a paragraph grows by chance on two."""
_LEAST_OF_YEARS = 10
"""The same, of numbers that may be years: the columns of three statements may begin with three years."""
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
    most pages in a row. A page between two of one row has the number that belongs there, printed or not. A roman
    numeral by itself on the page before page 1 is that page's.

    Args:
        running: The running lines of every page.
        edges: All lines at the top and at the foot of every page. Those that do not come back count only where a
            number stands apart from words, and three pages in a row are proof.
    """
    found = [dict(_numbers(lines, number)) for number, lines in enumerate(running)]
    elsewhere = [dict(_numbers(lines, number, apart=True)) for number, lines in enumerate(edges or running)]
    both = [more | numbers for numbers, more in zip(found, elsewhere, strict=True)]
    totals = Counter(key for numbers in found for key in numbers)
    commonest = totals.most_common(1)[0][0] if totals and totals.most_common(1)[0][1] >= _LEAST else None
    labels = [""] * len(running)
    for key, row in sorted(_rows(both), key=lambda row: (-len(row[1]), -totals[row[0]])):
        proven = len(row) >= _LEAST_ELSEWHERE or sum(key in found[page] for page in row) >= _LEAST
        first = both[row[0]][key]
        year = first.isdecimal() and 1900 <= int(first) < 2100
        if (not proven and key != commonest) or (year and len(row) < _LEAST_OF_YEARS):
            continue
        pages = [page for page in row if not labels[page]]
        for page in pages:
            labels[page] = both[page][key]
        for before, after in pairwise(pages):
            for page in range(before + 1, after):
                labels[page] = labels[page] or _between(key, page, labels[before])
    for page in range(len(labels) - 1):
        if labels[page + 1] == "1" and not labels[page]:
            labels[page] = _last_roman((edges or running)[page])
    return labels


def _last_roman(lines: Sequence[str]) -> str:
    """Return the roman numeral by itself at the edge of the page before page 1; "" where there is none."""
    found = [bare for bare in (line.strip(_FRAME) for line in lines) if roman_value(bare) and bare.islower()]
    return found[0] if len(found) == 1 else ""


def names(line: str, label: str) -> bool:
    """Return whether ``line`` is there for the page's number, which is ``label``: "– 46 –", "46 | The valley"."""
    return bool(label) and label in dict(_numbers([line], 0, apart=True)).values()


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
    digits = _DIGITS.findall(label)
    return int(digits[-1]) if digits else roman_value(label.strip(_FRAME)) or -1


def _numbers(lines: Sequence[str], at: int, *, apart: bool = False) -> Iterator[tuple[Key, str]]:
    """Yield the numbers at either end of ``lines``; where ``apart``, only those that are apart from words."""
    for line in lines:
        bare = line.strip(_FRAME)
        prefixed = _PREFIXED.fullmatch(bare)
        if prefixed:
            before = "".join(prefixed[1].split())
            yield ("arabic", before, int(prefixed[2]) - at), before + prefixed[2]
            continue
        if apart and not _ALONE.fullmatch(bare) and not _APART.search(bare):
            if _ROMAN.fullmatch(bare):
                yield from _romans(bare, at)
            continue
        for match in (_LAST.search(bare), _FIRST.match(bare)):
            if match is not None:
                yield ("arabic", "", int(match[1]) - at), match[1]
        yield from _romans(bare, at)


def _romans(bare: str, at: int) -> Iterator[tuple[Key, str]]:
    for numeral in _ROMAN_AT_EDGE.findall(bare):
        yield ("roman" if numeral.islower() else "ROMAN", "", roman_value(numeral) - at), numeral


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
    return rows


def _between(key: Key, at: int, like: str) -> str:
    """Return the number that belongs on a page whose neighbours are numbered; "" of roman ones and other digits."""
    style, before, offset = key
    return f"{before}{offset + at}" if style == "arabic" and like.isascii() else ""
