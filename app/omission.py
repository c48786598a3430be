"""Long sentences: an answer shows the pieces that matter with marks of omission, and its citation opens the whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from app.verbatim import find_words
from ingest.documents import Span

OMITTED = "[…]"
_OPENING = 120
"""Characters of a sentence's beginning that are always shown: who speaks, and whether it is denied."""
_GAP = 3
"""Characters that may be between two pieces that follow each other."""


class Piece(Protocol):
    """A sentence of a report, or a piece of a long one."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it is."""

    @property
    def whole(self) -> tuple[Span, ...]:
        """Where the whole sentence is."""


def shortened(pieces: Sequence[Piece], whole: str) -> str:
    """Return the words of pieces of one sentence, in reading order, with a mark wherever some are left out.

    ``whole`` is the text of the whole sentence; its first words come before a later piece.
    """
    first, last = pieces[0], pieces[-1]
    words = list[str]()
    if _place(first.whole[0]) < _place(first.spans[0]):
        before = " ".join(whole.split())[: _OPENING + 1]
        words += [before.rpartition(" ")[0], OMITTED]
    words.append(first.text)
    for piece, following in pairwise(pieces):
        if not _follows(piece.spans[-1], following.spans[0]):
            words.append(OMITTED)
        words.append(following.text)
    if _end(last.spans[-1]) < _end(last.whole[-1]):
        words.append(OMITTED)
    return " ".join(" ".join(words).split())


def is_shortened(text: str, quote: str) -> bool:
    """Return whether ``text`` has marks of omission and is, between them, word for word in ``quote``, in its order."""
    if OMITTED not in text:
        return False
    rest = quote
    for part in filter(str.strip, text.split(OMITTED)):
        found = find_words(part, [rest])
        if not found:
            return False
        rest = rest[found[0][2] :]
    return True


def _place(span: Span) -> tuple[int, int]:
    return span.page, span.start


def _end(span: Span) -> tuple[int, int]:
    return span.page, span.end


def _follows(span: Span, following: Span) -> bool:
    return span.page != following.page or following.start - span.end <= _GAP
