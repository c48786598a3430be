"""Make a report's guide: everything in it is a quote, or was tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.assistant import ask
from app.cases.key_lines import OWN_SUMMARY, Signs, choose_key_lines, date_of, line_signs
from app.cases.quoting import quote_lines
from app.cases.reading import CaseLines, Line, read_case_lines
from app.cases.salience import Weights
from app.citations import CitationBook
from app.guide.figures import gives_figure
from app.guide.headings import is_apparatus
from app.guide.names import most_named
from app.guide.questions import Ask, answered_questions
from app.guide.records import Event, Guide, Named
from app.translations import ENGLISH
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ABOUT, _FIGURES, _EVENTS, _NAMES, _QUESTIONS = 3, 5, 5, 8, 6
"""How many of each at the most."""
_NO_SUMMARY = replace(OWN_SUMMARY, lead=Weights().lead)
"""Of a report that does not sum itself up: it says first what it is about."""
_OF_FIGURES = replace(Weights(), figures=2.0, lead=1.5, events=1.0, people=0.5, nowhere=-1.0)
"""Figures of what happened to people come before those of an author's own work."""
_OF_EVENTS = replace(Weights(), figures=0.2, lead=1.0, events=1.5, nowhere=-1.0)


def make_guide(library: Library, document: DocumentRecord) -> Guide:
    """Make the guide of a report that is ready, all but its questions; in about a second."""
    case = read_case_lines(library, Scope((document.id,)))
    found = line_signs(library, case)
    language = document.language or ENGLISH
    told = [index for index, line in enumerate(case.lines) if _tells(line)]
    if not told:
        return Guide(document.id, (), (), (), (), ())
    about = sorted(_choose_about(case, found, told))
    with_figures = [i for i in told if i not in about and gives_figure(case.lines[i].text, language)]
    figures = choose_key_lines(case, found, _FIGURES, _OF_FIGURES, with_figures)
    book = CitationBook(library)
    return Guide(
        document.id,
        tuple(quote_lines(book, _lines(case, about))),
        tuple(quote_lines(book, _lines(case, figures))),
        _events(book, case, found, [i for i in told if i not in about and i not in figures], document.date),
        _names(book, _lines(case, told), language),
        tuple(book.citations),
    )


def with_questions(library: Library, document: DocumentRecord, guide: Guide, answer: Ask = ask) -> Guide:
    """Return a report's guide with its questions; each takes as long as an answer to one.

    Args:
        library: Where the report is.
        document: The report.
        guide: What was made of it.
        answer: Asks a question within a scope.
    """
    return replace(guide, questions=answered_questions(library, document, _QUESTIONS, answer))


def _choose_about(case: CaseLines, found: Signs, told: Sequence[int]) -> list[int]:
    """Return what a report says of itself: its own summary; where it has none, what it says first and is about."""
    if any(found["own_summary"][index] for index in told):
        return choose_key_lines(case, found, _ABOUT, OWN_SUMMARY, told)
    central = _is_central(case)
    return choose_key_lines(case, found, _ABOUT, _NO_SUMMARY, [index for index in told if central[index]])


def _is_central(case: CaseLines) -> NDArray[np.bool_]:
    """Return whether each line is as near to what the whole report is about as half of all lines are [lines].

    Notes on symbols, copyright and the like stand in front of a report, and are about something else.
    """
    import numpy as np

    nearness = case.vectors @ case.vectors.mean(axis=0)
    central: NDArray[np.bool_] = nearness >= np.median(nearness)
    return central


def _tells(line: Line) -> bool:
    """Return whether a line is a part of what a report has to say; rows of dots are of a table of contents."""
    return not is_apparatus(line.section) and "...." not in line.text


def _lines(case: CaseLines, indexes: Iterable[int]) -> list[Line]:
    return [case.lines[index] for index in indexes]


def _events(
    book: CitationBook, case: CaseLines, found: Signs, among: Sequence[int], published: str
) -> tuple[Event, ...]:
    """Return what happened on a date; on a month where too few days are given.

    A sentence must be nearer than most to what happened to people: a date alone is that of a budget, too. What is to
    come when the report appears (``published``, ISO 8601) has not happened.
    """
    dated = {index: date for index in among if (date := date_of(case.lines[index], case.languages))}
    happened = [
        index
        for index, (year, month, _) in dated.items()
        if found["events"][index] > 0 and (not published or f"{year:04}-{month:02}" <= published)
    ]
    chosen = choose_key_lines(case, found, _EVENTS, _OF_EVENTS, [index for index in happened if dated[index][2]])
    if len(chosen) < _EVENTS:
        months = [index for index in happened if not dated[index][2]]
        chosen += choose_key_lines(case, found, _EVENTS - len(chosen), _OF_EVENTS, months)
    order = sorted(chosen, key=lambda index: (dated[index], index))
    quoted = quote_lines(book, _lines(case, order))
    return tuple(Event(*dated[index], sentence) for index, sentence in zip(order, quoted, strict=True))


def _names(book: CitationBook, lines: Sequence[Line], language: str) -> tuple[Named, ...]:
    """Return who is named most, each with the first sentence that names it."""
    named = most_named([line.text for line in lines], language, _NAMES)
    first = [lines[min(one.lines)] for one in named]
    return tuple(
        Named(one.name, len(one.lines), book.cite(line.document, line.whole, line.paragraph, line.header)[0])
        for one, line in zip(named, first, strict=True)
    )
