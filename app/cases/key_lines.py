"""The lines that say most of whole reports, whatever is asked for: their own summary, events with a date, figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.cases.choosing import choose_lines
from app.cases.placing import place_lines
from app.cases.reading import CaseLines, Line
from app.cases.salience import Weights, signs, weigh
from ingest.language.dates import find_dates
from ingest.language.figures import plain_digits
from vectorstore.library import Library

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Signs = Mapping[str, "NDArray[np.float32]"]
OWN_SUMMARY = replace(Weights(), figures=0.0, lead=1.5, own_summary=9.0, length=0.7)
"""Of a report's own words on what it found: its first lines say how it was made."""
_CANDIDATES = 15
"""Lines that are compared with each other for each that is chosen."""


def line_signs(library: Library, case: CaseLines) -> Signs:
    """Return the signs of every line (``app.cases.salience.signs``); they need the embedder, so read them once."""
    if not case.lines:
        return {}
    return signs(case.lines, case.vectors, place_lines(library.embedder, case.lines, case.vectors))


def choose_key_lines(
    case: CaseLines, found: Signs, count: int, weights: Weights | None = None, only: Collection[int] | None = None
) -> list[int]:
    """Return the indexes of the lines that say most and nothing twice, at most ``count``, the best first.

    Args:
        case: The lines.
        found: Their signs.
        count: How many at the most.
        weights: What each sign is worth; the fitted ones where none are given.
        only: Indexes to choose from; all lines where it is None.
    """
    indexes = range(len(case.lines)) if only is None else sorted(only)
    if not indexes:
        return []
    worth = weigh(found, weights or Weights())
    # What is far from the best is never reached, and comparing lines with each other is what takes the time.
    best = sorted(indexes, key=lambda index: (-worth[index], index))[: _CANDIDATES * count]
    texts = [case.lines[index].text for index in best]
    chosen = choose_lines(texts, case.vectors[best], worth[best], [0] * len(best), count)
    return [best[place] for place in chosen]


def date_of(line: Line, languages: Mapping[str, str]) -> tuple[int, int, int] | None:
    """Return year, month and day of the first date of a line that names its year and month; day 0 where none is.

    ``languages`` has the language of each document (id), ISO 639-1; English where it is not given.
    """
    dates = find_dates(line.text, plain_digits(line.text), languages.get(line.document) or "en")
    return next(((date.year, date.month, date.day) for date in dates if date.year and date.month), None)
