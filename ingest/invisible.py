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
_SOFT_LINE_END = re.compile(r"\u00ad(?:\r\n|\n|\r)(?=\w)")
_JOINERS = "\u200c\u200d"
_SHAPED = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff]")


def without_invisible(text: str) -> dict[int, str]:
    """Return how ``text`` changes, by index: what nobody sees and what shapes no letter goes.

    A soft hyphen that ends a line becomes the mark of pdfium's for a hyphen there.
    """
    changes: dict[int, str] = {}
    for match in _UNSEEN.finditer(text):
        index, char = match.start(), match.group()
        before, after = text[max(index - 1, 0) : index], text[index + 1 : index + 2]
        if char in _JOINERS and _SHAPED.match(before):
            continue
        if char == "\u200b" and (_UNSPACED.match(before) or _UNSPACED.match(after)):
            continue
        changes[index] = "\ufffe" if char == "\u00ad" and after in ("\r", "\n") else ""
    return changes


def visible_text(text: str) -> str:
    """Return the text of a file without what nobody sees in it; see ``without_invisible``.

    A soft hyphen that ends a line parts a word: the word is put together.
    """
    if text.isascii():
        return text
    text = _SOFT_LINE_END.sub("", text)
    changes = without_invisible(text)
    return "".join(changes.get(index, char) for index, char in enumerate(text)) if changes else text
