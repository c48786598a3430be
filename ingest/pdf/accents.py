"""Accents that a PDF sets as signs of their own, over a letter: pdfTeX gives "Jose´ Mun˜oz Garc´ıa"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ingest.pdf.upright import Rect

_SIGNS = "`ˋ´ˊ^ˆ~˜¯ˉ˘˙¨˚°˝ˇ¸˛"
_MARKS = (
    "\u0300\u0300\u0301\u0301\u0302\u0302\u0303\u0303\u0304\u0304\u0306\u0307\u0308\u030a\u030a\u030b\u030c\u0327\u0328"
)
_COMBINING = dict(zip(_SIGNS, _MARKS, strict=True))
_ACCENT = re.compile("[" + re.escape(_SIGNS) + "\u0300-\u030c\u0327\u0328]")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_BELOW = frozenset("\u0327\u0328")


def accents_joined(text: str, box: Callable[[int], Rect]) -> dict[int, str]:
    """Return how ``text`` changes, by index, where an accent is printed over a letter beside it.

    ``box`` gives a character's place. The letter becomes the composed one, the accent and a blank between them go.
    An accent that stands for itself, as in "~200" or "10°", is over nothing, and stays.
    """
    changes: dict[int, str] = {}
    for match in _ACCENT.finditer(text):
        index = match.start()
        accent = _COMBINING.get(match.group(), match.group())
        place = box(index)
        found = _letter_under(text, index, place, box, below=accent in _BELOW)
        if found is None or found in changes:
            continue
        composed = unicodedata.normalize("NFC", _DOTLESS.get(text[found], text[found]) + accent)
        if len(composed) > 1 and match.group() == accent:
            continue  # set as Unicode has it
        changes |= dict.fromkeys(range(min(found, index), max(found, index) + 1), "") | {found: composed}
    return changes


def _letter_under(text: str, index: int, place: Rect, box: Callable[[int], Rect], *, below: bool) -> int | None:
    """Return the index of the letter over or under which an accent is printed."""
    middle = (place[0] + place[2]) / 2
    for step in (-1, 1, -2, 2):
        at = index + step
        if not 0 <= at < len(text) or not text[at].isalpha() or (abs(step) == 2 and text[index + step // 2] != " "):
            continue
        left, bottom, right, top = box(at)
        level = place[1] < bottom + 0.4 * (top - bottom) if below else place[1] > bottom + 0.5 * (top - bottom)
        if left - 0.5 <= middle <= right + 0.5 and level:
            return at
    return None
