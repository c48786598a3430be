"""What an item of a list begins with: a bullet, a dash, a number or a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.labels import roman_value

_BULLETS = "•▪●◦‣∙·■□▫○◆◇◊►▸▶➢➤➔→✓✔✗✘❖❑❒★☐☑☒"
_BULLET = re.compile(rf"[{_BULLETS}\uf000-\uf0ff]\s*(?=\S|$)")
_SIGN = re.compile(r"(?:[*–—-]|[§Øüo](?=\s+[^\W\d_]))(?:\s+(?=\S)|$)")
"""Dashes, stars, and the letters that a bullet of a symbol font is without it."""
_COUNTED = re.compile(r"(\(?)([^\W\d_]|[ivxlc]{2,6}|[IVXLC]{2,6}|\d{1,3})([.)]\)?)(?:\s+(?=\S)|$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of an item: what kind of list it belongs to, its number there, and how many characters it takes."""

    kind: str
    """The same for all items of a list: the bullet itself, "(a)", "1."."""
    values: tuple[int, ...]
    """What it counts: two numbers of "(i)", a letter and a roman numeral; (0,) of a bullet."""
    length: int

    @property
    def is_bullet(self) -> bool:
        """Whether it is a sign that begins nothing but items."""
        return self.kind[0] in _BULLETS or "\uf000" <= self.kind[0] <= "\uf0ff"

    @property
    def is_counted(self) -> bool:
        """Whether it is a number or a letter."""
        return self.values != (0,)

    def follows(self, value: int, kind: str) -> int | None:
        """Return its number in a list of this ``kind`` whose last item has the number ``value``; None elsewhere."""
        if kind != self.kind:
            return None
        return next((own for own in self.values if not self.is_counted or own == value + 1), None)


def read_mark(text: str) -> Mark | None:
    """Return the mark that ``text`` begins with; None of other text."""
    if match := _BULLET.match(text) or _SIGN.match(text):
        return Mark(match[0][0], (0,), match.end())
    match = _COUNTED.match(text)
    if match is None or (not match[1] and match[3][0] == "." and match[2].isupper()):  # "J. Smith said"
        return None
    if match[2].isdecimal():
        return Mark(f"{match[1]}1{match[3]}", (int(match[2]),), match.end())
    values = []
    if len(match[2]) == 1:
        values.append(ord(match[2]) - ord("a" if match[2].islower() else "A") + 1)
    if roman := roman_value(match[2]):
        values.append(roman)
    return Mark(f"{match[1]}{'a' if match[2].islower() else 'A'}{match[3]}", tuple(values), match.end())


def next_in_list(first: str, text: str) -> bool:
    """Return whether a line ``text`` begins the item after the one that begins with ``first``."""
    mark = read_mark(text)
    before = read_mark(first) if mark is not None else None
    return (
        mark is not None and before is not None and any(mark.follows(v, before.kind) is not None for v in before.values)
    )
