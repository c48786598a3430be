"""Coordinates in which a pipeline's passages can be compared with a set's evidence.

A text file's characters are the same for everybody. A PDF's page is read by each extractor in its own order, with its
own white space and hyphens; there both sides are counted in the comparable characters of the pipeline's own page text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache

from evaluation.data_sets import Evidence, comparable
from evaluation.spans import CharacterSpan


class PageLetters:
    """A page's text without what extractors differ in, and the way from its offsets to those of the letters."""

    def __init__(self, text: str) -> None:
        self._kept = [offset for offset, character in enumerate(text) if comparable(character)]
        self._letters = comparable(text)

    def measure(self, start: int, end: int) -> tuple[int, int]:
        """Return which letters (start, end) the characters from ``start`` to ``end`` are."""
        return bisect_left(self._kept, start), bisect_left(self._kept, end)

    def find(self, text: str) -> tuple[int, int] | None:
        """Return the letters at which ``text`` first stands; None where it does not, or has no letter."""
        wanted = comparable(text)
        start = self._letters.find(wanted)
        return (start, start + len(wanted)) if wanted and start >= 0 else None


class Coordinates:
    """The coordinates of one pipeline's documents."""

    def __init__(self, page_text: Callable[[str, int], str]) -> None:
        """``page_text`` gives the pipeline's text of a document's page (1-based)."""
        self._letters = cache(lambda document, page: PageLetters(page_text(document, page)))

    def measure(self, span: CharacterSpan) -> CharacterSpan:
        """Return a span of the pipeline's own text in shared coordinates."""
        if span.page is None:
            return span
        return CharacterSpan(*span.place, *self._letters(*span.place).measure(span.start, span.end))

    def find(self, document: str, page: int, text: str) -> CharacterSpan | None:
        """Return where ``text`` is on a page; None where the page does not hold it."""
        found = self._letters(document, page).find(text)
        return None if found is None else CharacterSpan(document, page, *found)

    def locate(self, evidence: Evidence) -> CharacterSpan | None:
        """Return where evidence is; None where the page does not hold it: a table read in another order."""
        if evidence.page is None:
            return CharacterSpan(evidence.document, None, evidence.start, evidence.end)
        return self.find(evidence.document, evidence.page, evidence.text)
