"""Words whose letters a PDF sets apart with blanks: "T h e  g o v e r n o r". The widths of the gaps tell the words."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from ingest.pdf.upright import Rect

_APART = re.compile(r"(?<!\S)(?:[^\W_][.,;:!?’']? +){5,}[^\W_](?: ?[.,;:!?])?(?!\S)")
_WIDER = 1.5
"""A gap between words, as a multiple of the usual one between letters."""
_MOST_WORDS = 0.5
"""Share of the gaps that part words: letters that stand for themselves have none, or no others."""


def letters_joined(text: str, box: Callable[[int], Rect]) -> dict[int, str]:
    """Return how ``text`` changes, by index: the blanks within words go, where the gaps are plainly of two widths.

    ``box`` gives a character's place.
    """
    changes: dict[int, str] = {}
    for run in _APART.finditer(text):
        letters = [index for index in range(run.start(), run.end()) if not text[index].isspace()]
        gaps = [max(box(after)[0] - box(before)[2], 0.0) for before, after in pairwise(letters)]
        pitches = [box(after)[0] - box(before)[0] for before, after in pairwise(letters)]
        usual = sorted(gaps)[len(gaps) // 2]
        if not usual or min(pitches) <= 0:
            continue
        wide = [gap > _WIDER * usual for gap in gaps]
        if not any(wide) or sum(wide) > _MOST_WORDS * len(gaps):
            continue
        for (before, after), parts in zip(pairwise(letters), wide, strict=True):
            blanks = range(before + 1, after)
            changes |= dict.fromkeys(blanks, "")
            if parts and blanks:
                changes[before + 1] = " "
    return changes
