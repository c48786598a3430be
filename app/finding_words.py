"""Where words stand in a report, as a reader would look for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_AROUND = 40
"""Characters shown before and behind what was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words on a page (1-based); ``start`` and ``end`` are offsets into its stored text."""

    page: int
    start: int
    end: int
    before: str
    words: str
    after: str


def find_words(pages: Iterable[tuple[int, str]], wanted: str) -> list[Found]:
    """Return every place of ``wanted`` on ``pages``, each a number and a text, in order.

    Capital and small letters count as the same, and any blanks and line breaks between the words; nothing else does.
    """
    words = wanted.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [
        Found(
            number,
            *match.span(),
            _line(text[max(match.start() - _AROUND, 0) : match.start()], cut_before=match.start() > _AROUND),
            _line(match[0]),
            _line(text[match.end() : match.end() + _AROUND]),
        )
        for number, text in pages
        for match in pattern.finditer(text)
    ]


def _line(text: str, cut_before: bool = False) -> str:
    """Return ``text`` in one line; of one that was cut at its beginning, from its first whole word on."""
    if cut_before:
        text = text.partition(" ")[2]
    first, last = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if first else ''}{' '.join(text.split())}{' ' if last and text.strip() else ''}"
