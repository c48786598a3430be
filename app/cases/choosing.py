"""Choose the lines that say most of a case in few, and nothing twice: pure functions over numbers.

Greedy, as in maximal marginal relevance (Carbonell & Goldstein 1998): each step takes the line that matters most after
what was chosen before is taken off. A line with the same words is a repeat (``app.repeats``). Others crowd each other
by words and meaning, so that a dozen lines say much; but not where a line contradicts a chosen one or says the same of
somebody else. What contradicts a chosen line is shown in any case (``contradicting``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from app.cases.salience import figures_of
from app.repeats import dispute, names_another, words_in_order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REPEATED = 2.0
"""Taken off a line that says nothing new."""
_CROWDED = 0.1
"""Taken off for every line that its heading has already."""
_SHARED_WORDS = (0.4, 0.7)
"""Share of words from which a line begins to repeat another, and at which it does."""
_SHARED_MEANING = (1.0, 3.0)
"""The same for the cosine, in standard deviations over all pairs of lines."""
_SAMPLE = 1_000


def choose_lines(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    worth: NDArray[np.float32],
    headings: Sequence[int],
    count: int,
    wanted: Collection[int] = (),
) -> list[int]:
    """Return the indexes of at most ``count`` lines, in the order in which they were chosen.

    Args:
        texts: Of the lines.
        vectors: float32 [lines, dimensions] of length 1.
        worth: How much each line matters, float32 [lines].
        headings: The heading that each line belongs under; -1 for none, which is never chosen.
        count: How many at the most.
        wanted: Headings that get a line each, as long as there are as many left to choose.
    """
    import numpy as np

    lines = len(texts)
    under = np.asarray(headings, dtype=np.int64)
    middle, deviation = _usual_cosine(vectors)
    figures = [figures_of(text) for text in texts]
    words = [frozenset(words_in_order(text)) for text in texts]
    repeated = np.zeros(lines, dtype=np.float32)
    open_to_choice = under >= 0
    seen: set[str] = set()
    chosen: list[int] = []
    while len(chosen) < count and open_to_choice.any():
        lacking = set(wanted) - {int(under[index]) for index in chosen}
        allowed = open_to_choice
        if lacking and count - len(chosen) <= len(lacking):
            allowed = open_to_choice & np.isin(under, list(lacking))
            if not allowed.any():
                allowed = open_to_choice
        known = np.array([len(own & seen) / len(own) if own else 0.0 for own in figures], dtype=np.float32)
        crowd = np.array([np.count_nonzero(under[chosen] == heading) for heading in under]) if chosen else 0
        gain = worth - _REPEATED * np.maximum(repeated, known) - _CROWDED * crowd
        best = int(np.where(allowed, gain, -np.inf).argmax())
        chosen.append(best)
        open_to_choice[best] = False
        seen |= figures[best]
        cosines = (vectors @ vectors[best] - middle) / deviation
        for index in range(lines):
            if words_in_order(texts[index]) == words_in_order(texts[best]):
                repeated[index] = 1.0
            elif figures[index] <= seen and not _tells_another(
                texts[best], texts[index]
            ):  # figures that were not shown yet are something new, however alike the words
                shared = len(words[best] & words[index]) / max(1, min(len(words[best]), len(words[index])))
                likeness = max(_ramp(shared, *_SHARED_WORDS), _ramp(float(cosines[index]), *_SHARED_MEANING))
                repeated[index] = max(repeated[index], likeness)
    return chosen


def contradicting(
    lines: Sequence[tuple[str, str]], chosen: Collection[int], languages: Mapping[str, str]
) -> dict[int, list[int]]:
    """Return the lines that were not chosen and contradict one that was, by that one's index.

    Args:
        lines: Text and report (id) of each.
        chosen: Indexes of those that were.
        languages: Of each report (id), ISO 639-1; English where it is not given.
    """
    found: dict[int, list[int]] = {}
    taken = set(chosen)
    for index in chosen:
        text, report = lines[index]
        language = languages.get(report) or "en"
        for other, (theirs, where) in enumerate(lines):
            if other not in taken and dispute(text, theirs, language, same_report=report == where) is not None:
                found.setdefault(index, []).append(other)
                taken.add(other)
    return found


def _tells_another(chosen: str, text: str) -> bool:
    """Return whether a line contradicts a chosen one, or says the same of somebody else."""
    return names_another(chosen, text) or dispute(chosen, text) is not None


def _usual_cosine(vectors: NDArray[np.float32]) -> tuple[float, float]:
    """Return mean and standard deviation of the cosines between lines."""
    step = max(1, len(vectors) // _SAMPLE)
    cosines = vectors[::step] @ vectors[::step].T
    return float(cosines.mean()), max(float(cosines.std()), 1e-6)


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
