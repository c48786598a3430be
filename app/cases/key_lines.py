"""The lines that say most of whole reports, whatever is asked for: their own summary, events with a date, figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.cases.choosing import choose_lines
from app.cases.reading import CaseLines, Line
from app.cases.salience import Weights, signs, weigh
from app.cases.summary import place_lines
from ingest.language.dates import find_dates
from ingest.language.figures import plain_digits
from vectorstore.library import Library

OWN_SUMMARY = replace(Weights(), figures=0.0, lead=1.5, own_summary=9.0, length=0.7)
"""Of a report's own words on what it found: its first lines say how it was made."""


def choose_key_lines(
    library: Library,
    case: CaseLines,
    count: int,
    weights: Weights | None = None,
    only: Collection[int] | None = None,
) -> list[int]:
    """Return the indexes of the lines that say most and nothing twice, at most ``count``, the best first.

    Args:
        library: Has the embedder.
        case: The lines.
        count: How many at the most.
        weights: What each sign of a line is worth; the fitted ones where none are given.
        only: Indexes to choose from; all lines where it is None.
    """
    if not case.lines or (only is not None and not only):
        return []
    near, activity, _ = place_lines(library.embedder, case)
    worth = weigh(signs(case.lines, case.vectors, near, activity), weights or Weights())
    allowed = [0 if only is None or index in only else -1 for index in range(len(case.lines))]
    return choose_lines([line.text for line in case.lines], case.vectors, worth, allowed, count)


def date_of(line: Line, languages: Mapping[str, str]) -> tuple[int, int, int] | None:
    """Return year, month and day of the first date of a line that names its year and month; day 0 where none is.

    ``languages`` has the language of each document (id), ISO 639-1; English where it is not given.
    """
    dates = find_dates(line.text, plain_digits(line.text), languages.get(line.document) or "en")
    return next(((date.year, date.month, date.day) for date in dates if date.year and date.month), None)
