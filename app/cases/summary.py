"""Summarise a country's case: the lines that say most, verbatim, under fixed headings, and what is missing, named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from app.answer_json import citation_json, sentence_json
from app.answers import AnswerSentence, Citation
from app.cases.choosing import choose_lines, contradicting
from app.cases.countries import known_country
from app.cases.coverage import ReportCoverage, coverage_json, measure_coverage
from app.cases.headings import HEADINGS, RECOMMENDATIONS
from app.cases.placing import Placed, place_lines
from app.cases.quoting import quote_lines
from app.cases.reading import CaseLines, Line, read_case_lines
from app.cases.salience import Weights, signs, weigh
from app.citations import CitationBook
from app.differences import mark_differences
from app.messages import Message, message
from ingest.documents import CaseSource
from ingest.language.countries import country_name
from vectorstore.embeddings import Embedder
from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import first_stage

if TYPE_CHECKING:
    pass

NO_EVIDENCE = message("The reports say nothing on this.")
NOT_SHOWN = message("The reports mention this, but no sentence was important enough to show.")
SENTENCES = 12
"""How many lines a summary has, unless more are wanted."""
_IN_PASSING = 3.0
"""Taken off a line of a report on something else, where the country has a section of its own."""
_GAP_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class HeadingSummary:
    """A heading and its cited sentences; none when the reports say nothing on it."""

    title: str
    sentences: tuple[AnswerSentence, ...]
    elsewhere: Message | None = None
    """For a heading on which the reports say nothing: the nearest other case that has something, in words."""
    not_shown: bool = False
    """No sentence was chosen, but the reports have some."""

    @property
    def gap(self) -> Message | None:
        """What is said of a heading without sentences; None for others."""
        if self.sentences:
            return None
        if self.not_shown:
            return NOT_SHOWN
        if self.elsewhere is None:
            return NO_EVIDENCE
        return nothing_but(self.elsewhere)


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A country's case. ``pages_…`` are ``(file name, page)``."""

    country: str
    headings: tuple[HeadingSummary, ...]
    citations: tuple[Citation, ...]
    pages_read: tuple[tuple[str, int], ...]
    pages_cited: tuple[tuple[str, int], ...]
    about: str = ""
    """The subject that it keeps to; empty for the whole case."""
    reports: tuple[ReportCoverage, ...] = ()


def summarise(
    library: Library,
    country: str,
    documents: Sequence[str] = (),
    on_heading: Callable[[str], None] | None = None,
    *,
    about: str = "",
    sentences: int = SENTENCES,
    weights: Weights | None = None,
) -> CaseSummary:
    """Summarise the case of ``country`` under the fixed headings.

    Args:
        library: Where to look.
        country: As a person writes it.
        documents: Ids of documents to keep to.
        on_heading: Called with every heading before it is filled.
        about: A subject to keep to, in the user's words and language ("women and girls").
        sentences: How many sentences at the most, all headings together.
        weights: What each sign is worth, for measuring.

    Raises:
        UsageError: it is no country, or no report has a case of it; the message names those there are.
    """
    code, name = known_country(library, country)
    scope = Scope(tuple(documents), (code,))
    records = {document.id: document for document in library.catalogue.documents()}
    case = read_case_lines(library, scope)
    by_heading = choose_by_heading(library.embedder, case, about, sentences, weights)
    spoken_of = place_lines(library.embedder, case.lines, case.vectors).spoken_of if case.lines else frozenset[int]()
    book = CitationBook(library)
    headings: list[HeadingSummary] = []
    for index, heading in enumerate(HEADINGS):
        if on_heading is not None:
            on_heading(heading.title)
        chosen = by_heading.get(index, [])
        more = not chosen and index in spoken_of
        elsewhere = None if chosen or more else _elsewhere(library, heading.question, code)
        quoted = tuple(quote_lines(book, chosen, case.repeats))
        headings.append(HeadingSummary(heading.title, quoted, elsewhere, more))
    headings = _with_differences(headings, book)
    reports = measure_coverage(case.read, book.citations, records, case.twins)
    return CaseSummary(
        name,
        tuple(headings),
        tuple(book.citations),
        tuple((report.document, page) for report in reports for page in report.read),
        tuple((report.document, page) for report in reports for page in report.cited),
        " ".join(about.split()),
        reports,
    )


def choose_by_heading(
    embedder: Embedder, case: CaseLines, about: str = "", count: int = SENTENCES, weights: Weights | None = None
) -> dict[int, list[Line]]:
    """Return the chosen lines by the index of their heading, each heading's in reading order.

    Behind a line come those that contradict it, beyond ``count``.
    """
    import numpy as np

    if not case.lines:
        return {}
    placed = place_lines(embedder, case.lines, case.vectors)
    subject = (about, embedder.embed_question(about)) if about.strip() else None
    under = placed.under if subject is None else placed.likeliest
    worth = weigh(signs(case.lines, case.vectors, placed, subject), weights or Weights())
    if not all(line.in_passing for line in case.lines):
        worth = worth - _IN_PASSING * np.array([line.in_passing for line in case.lines], dtype=np.float32)
    # With a subject, a heading on which the reports say nothing of it stays empty.
    wanted = set() if subject is not None else _with_evidence(case.lines, placed)
    chosen = choose_lines([line.text for line in case.lines], case.vectors, worth, under, count, wanted)
    against = contradicting([(line.text, line.document) for line in case.lines], chosen, case.languages)
    by_heading: dict[int, list[Line]] = {}
    for index in sorted(chosen):
        together = [case.lines[other] for other in (index, *against.get(index, ()))]
        by_heading.setdefault(under[index], []).extend(together)
    return by_heading


def _with_differences(headings: Sequence[HeadingSummary], book: CitationBook) -> list[HeadingSummary]:
    """Return the headings with sentences that point to those that contradict them, under whatever heading."""
    sentences = [sentence for heading in headings for sentence in heading.sentences]
    marked = iter(mark_differences(sentences, book.citations, book.languages()))
    return [replace(heading, sentences=tuple(islice(marked, len(heading.sentences)))) for heading in headings]


def _with_evidence(lines: Sequence[Line], placed: Placed) -> set[int]:
    """Return the headings that a summary of a whole case is to fill: some line stands there, and not in passing."""
    return {heading for line, heading in zip(lines, placed.under, strict=True) if heading >= 0 and not line.in_passing}


def summary_json(summary: CaseSummary, identity: str = "") -> dict[str, Any]:
    """Return the contract's form of a summary."""
    return {
        "id": identity,
        "country": summary.country,
        "about": summary.about,
        "headings": [
            {
                "title": heading.title,
                "sentences": [sentence_json(sentence) for sentence in heading.sentences],
                "elsewhere": str(heading.elsewhere or ""),
                "not_shown": heading.not_shown,
            }
            for heading in summary.headings
        ],
        "citations": [citation_json(citation) for citation in summary.citations],
        "coverage": {
            "pages_read": _places(summary.pages_read),
            "pages_cited": _places(summary.pages_cited),
            "reports": [coverage_json(report) for report in summary.reports],
        },
    }


def _index_of_recommendations() -> int:
    return next(index for index, heading in enumerate(HEADINGS) if heading.title == RECOMMENDATIONS)


def _elsewhere(library: Library, question: str, code: str) -> Message | None:
    """Return which other country's case comes nearest to ``question``; None where none does."""
    cases: dict[int, str] = {}
    for case in {case.country for case in library.catalogue.cases() if case.section_pages} - {code}:
        cases |= dict.fromkeys(library.catalogue.case_passages([case], CaseSource.SECTION), case)
    if not cases:
        return None
    for item in first_stage(library, question).passages[:_GAP_PASSAGES]:
        other = cases.get(item.passage.id)
        if other is not None:
            record = library.catalogue.document(item.passage.document)
            name = record.name if record is not None else ""
            return nearest_case(country_name(other), name, item.passage.page)
    return None


def nearest_case(country: str, name: str, page: int) -> Message:
    """Return the line that names the page of another country's case that comes nearest."""
    return message(
        "The nearest is in the case of {country}: {name}, page {page}.", country=country, name=name, page=str(page)
    )


def nothing_but(nearest: Message) -> Message:
    """Return the line for a heading on which the reports say nothing, with the nearest page elsewhere."""
    return message("{nothing} {nearest}", nothing=NO_EVIDENCE, nearest=nearest)


def _places(pages: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"document": document, "page": page} for document, page in pages]
