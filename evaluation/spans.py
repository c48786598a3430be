"""How far what is shown and what is asked for overlap, in characters: pure functions over spans.

The three figures are those of token-wise retrieval evaluation (Smith & Troynikov, "Evaluating Chunking Strategies for
Retrieval", Chroma 2024), counted in characters. Text that two spans share counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Place = tuple[str, int | None]
"""Document and 1-based page; None for files without pages."""


class CharacterSpan(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of a page, or of a file without pages."""

    document: str
    page: int | None
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where it is."""
        return (self.document, self.page)


def size(spans: Iterable[CharacterSpan]) -> int:
    """Return how many characters the spans cover together."""
    by_place: dict[Place, list[tuple[int, int]]] = defaultdict(list)
    for span in spans:
        by_place[span.place].append((span.start, span.end))
    covered = 0
    for intervals in by_place.values():
        reached = 0
        for start, end in sorted(intervals):
            covered += max(0, end - max(start, reached))
            reached = max(reached, end)
    return covered


def common(first: Sequence[CharacterSpan], second: Sequence[CharacterSpan]) -> int:
    """Return how many characters are in both."""
    return size(first) + size(second) - size([*first, *second])


def recall(shown: Sequence[CharacterSpan], gold: Sequence[CharacterSpan]) -> float:
    """Return the share of the evidence that is shown; 0 where there is none."""
    return _share(common(shown, gold), size(gold))


def precision(shown: Sequence[CharacterSpan], gold: Sequence[CharacterSpan]) -> float:
    """Return the share of what is shown that is evidence; 0 where nothing is shown."""
    return _share(common(shown, gold), size(shown))


def iou(shown: Sequence[CharacterSpan], gold: Sequence[CharacterSpan]) -> float:
    """Return intersection over union (Jaccard 1912); 0 where nothing is shown and nothing asked for."""
    return _share(common(shown, gold), size([*shown, *gold]))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
