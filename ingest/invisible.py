"""Characters that nobody sees: they part words from those that are searched for, or turn what a reader is shown.

Soft hyphens and zero-width signs leave a text, marks of direction too. The joiners of Persian and Indic scripts shape
the letters beside them, and stay there; so does the zero-width blank between words of scripts that set no blanks.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff]"
)
_OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_JOINERS = "\u200c\u200d"
_SHAPED = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff]")


def invisible_characters(text: str) -> list[int]:
    """Return the indices of the characters of ``text`` that nobody sees and that shape no letter."""
    found = []
    for match in _UNSEEN.finditer(text):
        index, char = match.start(), match.group()
        before, after = text[max(index - 1, 0) : index], text[index + 1 : index + 2]
        if char in _JOINERS and _SHAPED.match(before):
            continue
        if char == "\u200b" and (_UNSPACED.match(before) or _UNSPACED.match(after)):
            continue
        found.append(index)
    return found


def without_invisible(text: str) -> str:
    """Return ``text`` without what nobody sees, for readers that keep no way back to the file."""
    gone = set(invisible_characters(text))
    return "".join(char for index, char in enumerate(text) if index not in gone) if gone else text


def has_overrides(text: str) -> bool:
    """Return whether marks in ``text`` turn its direction: what is shown is not in the order of its letters."""
    return bool(_OVERRIDES.search(text))
