"""Replies made of whole reports: a dossier, a comparison, recommendations, a timeline, an overview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from app.answers import Answer, AnswerKind, AnswerSentence, AnswerStatus, Citation, Heading
from app.cases import (
    NO_EVIDENCE,
    NOT_STATED,
    CaseSummary,
    Comparison,
    Recommendations,
    compare,
    countries_with_cases,
    recommendations,
    summarise,
)
from app.cases.key_lines import OWN_SUMMARY, choose_key_lines, date_of, line_signs
from app.cases.quoting import quote_lines
from app.cases.reading import read_case_lines
from app.cases.recommendation_words import ADDRESSED
from app.citations import CitationBook
from app.errors import UsageError
from app.exports.manuscript import NONE_FOUND
from app.messages import Message, error_message, message
from app.turns.target import Previous, documents_of, scope_of
from ingest.language.countries import country_name
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import Scope

MOST_COUNTRIES = 4
"""Side by side."""
_EVENTS = 20
_OVERVIEW = 8
"""Lines in which a report is summed up."""
_OVERVIEW_OF_EACH = 2
"""The same where there are several reports."""
_SHOWN = 8
NOTHING_OF_IT = {
    AnswerKind.QUOTES: message("The reports hold no sentence to sum them up with."),
    AnswerKind.DOSSIER: NO_EVIDENCE,
    AnswerKind.COMPARISON: NOT_STATED,
    AnswerKind.RECOMMENDATIONS: NONE_FOUND,
    AnswerKind.TIMELINE: message("The reports give no dates for this."),
}
"""What is said where there is nothing to show."""
Section = tuple[Message, Sequence[AnswerSentence]]
T = TypeVar("T")


def dossier(library: Library, asked: Question, scope: Scope) -> Answer | None:
    """Return the dossier of the country that is named, or of the only one; None where that is not clear."""
    summary = _or_problem(asked, AnswerKind.DOSSIER, lambda: _summary(library, asked, scope))
    if not isinstance(summary, CaseSummary):
        return summary
    return as_answer(asked, summary)


def comparison(library: Library, asked: Question, scope: Scope) -> Answer | None:
    """Return the countries that are named side by side; None where there are not two at least."""
    names = [country_name(code) for code in asked.countries]
    if not 2 <= len(names) <= MOST_COUNTRIES:
        return None
    made = _or_problem(asked, AnswerKind.COMPARISON, lambda: compare(library, names, (), scope.documents))
    return as_answer(asked, made) if isinstance(made, Comparison) else made


def recommended(library: Library, asked: Question, scope: Scope) -> Answer | None:
    """Return what the reports recommend, to those alone whom the turn names."""
    names = [country_name(code) for code in asked.countries]
    addressees = [addressee for addressee, words in ADDRESSED.items() if words.search(asked.clean)]
    documents = [] if names else [document.id for document in documents_of(library, asked, scope)]

    def find() -> Recommendations:
        found = recommendations(library, names, documents or scope.documents, addressees)
        return found if found.found else recommendations(library, names, documents or scope.documents)

    made = _or_problem(asked, AnswerKind.RECOMMENDATIONS, find)
    return as_answer(asked, made) if isinstance(made, Recommendations) else made


def timeline(library: Library, asked: Question, scope: Scope, previous: Previous) -> Answer:
    """Return the events of a case, or of reports, in the order of their dates."""
    documents = documents_of(library, asked, scope, previous)
    within = scope_of(documents, asked.countries or scope.countries)
    case = read_case_lines(library, within)
    dated = {index: date for index, line in enumerate(case.lines) if (date := date_of(line, case.languages))}
    chosen = choose_key_lines(case, line_signs(library, case), _EVENTS, only=dated)
    events = sorted(chosen, key=lambda index: (dated[index], index))
    by_year = [(str(dated[index][0]), case.lines[index]) for index in events]
    years = dict.fromkeys(year for year, _ in by_year)
    book, sections = CitationBook(library), list[Section]()
    for year in years:
        lines = [line for other, line in by_year if other == year]
        sections.append((message("{year}", year=year), list(quote_lines(book, lines, case.repeats))))
    names = tuple(map(country_name, within.countries))
    return _answer(asked, AnswerKind.TIMELINE, sections, tuple(book.citations), names)


def overview(library: Library, asked: Question, scope: Scope, previous: Previous) -> Answer:
    """Return what reports say of themselves that they found: their summaries, conclusions and figures."""
    documents = documents_of(library, asked, scope, previous)
    each = _OVERVIEW if len(documents) == 1 else _OVERVIEW_OF_EACH
    book, sections = CitationBook(library), list[Section]()
    for document in documents[:_SHOWN]:
        case = read_case_lines(library, scope_of([document]))
        chosen = choose_key_lines(case, line_signs(library, case), each, OWN_SUMMARY)
        lines = [case.lines[index] for index in sorted(chosen)]
        quoted = list(quote_lines(book, lines, case.repeats))
        sections.append((message("{title}", title=document.title or document.name), quoted))
    answer = _answer(asked, AnswerKind.QUOTES, sections, tuple(book.citations), ())
    return answer if len(answer.headings) > 1 else replace(answer, headings=())


def as_answer(asked: Question, made: CaseSummary | Comparison | Recommendations) -> Answer:
    """Return what was made as an answer: its headings over its sentences."""
    if isinstance(made, CaseSummary):
        sections: list[Section] = [(Message(heading.title), heading.sentences) for heading in made.headings]
        return _answer(asked, AnswerKind.DOSSIER, sections, made.citations, (made.country,))
    if isinstance(made, Comparison):
        sections = [
            (message("{country}: {question}", country=cell.country, question=row.question), cell.sentences)
            for row in made.rows
            for cell in row.cells
        ]
        return _answer(asked, AnswerKind.COMPARISON, sections, made.citations, made.countries)
    sections = [
        (message("To: {addressee}", addressee=str(addressee)), [item.sentence for item in items])
        for addressee, items in made.by_addressee().items()
    ]
    return _answer(asked, AnswerKind.RECOMMENDATIONS, sections, made.citations, made.countries, _SHOWN)


def _or_problem(asked: Question, kind: AnswerKind, make: Callable[[], T]) -> T | Answer:
    """Return what ``make`` returns; where it cannot be made, an answer that says why."""
    try:
        return make()
    except UsageError as error:
        return Answer(asked.text, AnswerStatus.NOT_FOUND, kind=kind, note=error_message(error))


def _summary(library: Library, asked: Question, scope: Scope) -> CaseSummary | None:
    names = [country_name(code) for code in asked.countries or scope.countries]
    names = names or list(countries_with_cases(library))
    return summarise(library, names[0], scope.documents) if len(names) == 1 else None


def _answer(
    asked: Question,
    kind: AnswerKind,
    sections: Sequence[Section],
    citations: tuple[Citation, ...],
    countries: tuple[str, ...],
    shown: int = 0,
) -> Answer:
    """Return an answer of ``sections``; sentences behind the first ``shown`` are folded, none where that is 0."""
    filled = [(title, sentences) for title, sentences in sections if sentences]
    starts = list(_starts(filled))
    folds = range(shown, sum(len(sentences) for _, sentences in filled)) if shown else ()
    return Answer(
        asked.text,
        AnswerStatus.ANSWERED if filled else AnswerStatus.NOT_FOUND,
        tuple(sentence for _, sentences in filled for sentence in sentences),
        citations,
        note=None if filled else NOTHING_OF_IT[kind],
        kind=kind,
        headings=tuple(Heading(start, title) for start, (title, _) in zip(starts, filled, strict=True)),
        countries=countries,
        folds=tuple(folds),
    )


def _starts(sections: Sequence[Section]) -> Iterator[int]:
    start = 0
    for _, sentences in sections:
        yield start
        start += len(sentences)
