"""What an item of a list begins with: a bullet, a dash, a number or a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.pdf.labels import roman_value

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
    length: int
    value: int = 0
    """Its number or the place of its letter in the alphabet; 0 of a sign that counts nothing."""
    roman: int = 0
    """Its value as a roman numeral, 0 where it is none: "(i)" may follow "(h)" or begin a list."""

    @property
    def is_bullet(self) -> bool:
        """Whether it is a sign that begins nothing but items."""
        return self.kind[0] in _BULLETS or "\uf000" <= self.kind[0] <= "\uf0ff"

    @property
    def is_counted(self) -> bool:
        """Whether it is a number or a letter."""
        return bool(self.value or self.roman)

    def counts_on(self, kind: str, value: int, *, roman: bool) -> bool:
        """Return whether it is the next mark of a list of this ``kind`` whose last item has the number ``value``."""
        return kind == self.kind and (not self.is_counted or (self.roman if roman else self.value) == value + 1)


def read_mark(text: str) -> Mark | None:
    """Return the mark that ``text`` begins with; None of other text."""
    if match := _BULLET.match(text) or _SIGN.match(text):
        return Mark(match[0][0], match.end())
    match = _COUNTED.match(text)
    if match is None or (not match[1] and match[3][0] == "." and match[2].isupper()):  # "J. Smith said"
        return None
    if match[2].isdecimal():
        return Mark(f"{match[1]}1{match[3]}", match.end(), int(match[2]))
    small = match[2].islower()
    letter = ord(match[2]) - ord("a" if small else "A") + 1 if len(match[2]) == 1 else 0
    return Mark(f"{match[1]}{'a' if small else 'A'}{match[3]}", match.end(), letter, roman_value(match[2]))


def next_in_list(first: str, text: str) -> bool:
    """Return whether a line ``text`` begins the item after the one that begins with ``first``."""
    mark = read_mark(text)
    before = read_mark(first) if mark is not None else None
    if mark is None or before is None:
        return False
    return mark.counts_on(before.kind, before.value, roman=False) or (
        bool(before.roman) and mark.counts_on(before.kind, before.roman, roman=True)
    )
