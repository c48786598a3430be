"""Country cases: a summary under fixed headings, and a comparison. Every line is a verbatim, cited quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.answers import AnswerSentence, Citation, citation_json, sentence_json
from app.assistant import CitationBook, quote_sentences, sentences_about
from app.errors import UsageError
from app.evidence import Evidence, weigh_evidence
from app.extractive import choose_sentences
from ingest.countries import country_name, parse_country
from vectorstore.library import Library
from vectorstore.records import Scope, StoredSentence
from vectorstore.retriever import ScoredSentence, retrieve

NO_EVIDENCE = "The reports say nothing on this."
_SENTENCES_A_HEADING = 4
_SENTENCES_A_CELL = 3
_SHARE_OF_BEST = 0.6
_NEAR = 0.35
"""Cosine below which a sentence is not about the heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A fixed heading, the sentences that stand for what belongs under it, and words that its evidence must hold."""

    title: str
    probes: tuple[str, ...]
    words: str = ""
    """A regular expression, for a heading that nearness alone would fill with anything."""

    def wants(self, sentence: str) -> bool:
        """Return whether a sentence can stand under the heading."""
        return not self.words or bool(re.search(self.words, sentence, re.IGNORECASE))


HEADINGS = (
    Heading(
        "Situation",
        (
            "the human rights situation, laws, policies and context",
            "a law, bill, policy or government measure that affects women and civil society",
        ),
    ),
    Heading(
        "Who is at risk",
        (
            "women human rights defenders, activists, journalists and groups at particular risk",
            "discrimination against women, minorities, workers and vulnerable communities",
        ),
    ),
    Heading(
        "What happened",
        (
            "people were attacked, killed, injured, arrested, detained or threatened",
            "number of victims, incidents and violations documented",
        ),
    ),
    Heading(
        "How defenders respond",
        (
            "defenders and organisations protested, organised, campaigned and went on strike",
            "an alliance, network or organisation of women defenders works for rights",
        ),
    ),
    Heading(
        "Protection and support",
        (
            "protection, support, shelter, legal aid, training and assistance for victims and defenders",
            "measures to protect people and to help survivors",
        ),
    ),
    Heading(
        "Recommendations",
        (
            "the government should, must, is urged or called upon to",
            "recommendations to the authorities, the United Nations and companies",
        ),
        r"\b(should|must|ought to|urg(e|es|ed|ing)|call(s|ed|ing)? (up)?on|recommend\w*|"
        r"demand(s|ed)?|sought|deb(e|en|er[áa]n?)|devrai(t|ent)|doi(t|vent)|следует|долж\w+)\b",
    ),
)


@dataclass(frozen=True, slots=True)
class HeadingSummary:
    """A heading and its cited sentences; none when the reports say nothing on it."""

    title: str
    sentences: tuple[AnswerSentence, ...]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A country's case. ``pages_…`` are ``(file name, page)``."""

    country: str
    headings: tuple[HeadingSummary, ...]
    citations: tuple[Citation, ...]
    pages_read: tuple[tuple[str, int], ...]
    pages_cited: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What the reports say of one question in one country's case; empty when they do not say it."""

    country: str
    sentences: tuple[AnswerSentence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question over all countries."""

    question: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A matrix of questions by countries, with one list of citations for all of it."""

    countries: tuple[str, ...]
    rows: tuple[Row, ...]
    citations: tuple[Citation, ...]


def summarise(
    library: Library,
    country: str,
    documents: Sequence[str] = (),
    on_heading: Callable[[str], None] | None = None,
) -> CaseSummary:
    """Summarise the case of ``country`` under the fixed headings.

    Args:
        library: Where to look.
        country: As a person writes it.
        documents: Ids of documents to keep to.
        on_heading: Called with every heading before it is filled.

    Raises:
        UsageError: it is no country, or no report has a case of it; the message names those there are.
    """
    code = _known_country(library, country)
    scope = Scope(tuple(documents), (code,))
    book, shown = CitationBook(library), list[StoredSentence]()
    headings = []
    for heading in HEADINGS:
        if on_heading is not None:
            on_heading(heading.title)
        found = _evidence_for(library, scope, heading)
        chosen = choose_sentences(found, _SENTENCES_A_HEADING, shown, _SHARE_OF_BEST)
        shown += chosen
        headings.append(HeadingSummary(heading.title, tuple(quote_sentences(book, chosen))))
    read = _pages_read(library, scope)
    cited = sorted({(citation.document, citation.page) for citation in book.citations})
    return CaseSummary(country_name(code), tuple(headings), tuple(book.citations), read, tuple(cited))


def compare(
    library: Library, countries: Sequence[str], questions: Sequence[str] = (), documents: Sequence[str] = ()
) -> Comparison:
    """Set countries side by side: the given questions, or the fixed headings, each answered from each case.

    Raises:
        UsageError: fewer than two countries, or one without a case.
    """
    codes = list(dict.fromkeys(_known_country(library, country) for country in countries))
    if len(codes) < 2:
        raise UsageError("Give two countries at least: whrd compare Nepal Kyrgyzstan.")
    book = CitationBook(library)
    rows = []
    if questions:
        for question in questions:
            cells = [_answered(library, book, question, Scope(tuple(documents), (code,))) for code in codes]
            rows.append(Row(question, tuple(cells)))
    else:
        for heading in HEADINGS:
            cells = []
            for code in codes:
                found = _evidence_for(library, Scope(tuple(documents), (code,)), heading)
                chosen = choose_sentences(found, _SENTENCES_A_CELL, share_of_best=_SHARE_OF_BEST)
                cells.append(Cell(country_name(code), tuple(quote_sentences(book, chosen))))
            rows.append(Row(heading.title, tuple(cells)))
    return Comparison(tuple(country_name(code) for code in codes), tuple(rows), tuple(book.citations))


def summary_json(summary: CaseSummary, identity: str = "") -> dict[str, Any]:
    """Return the contract's form of a summary."""
    return {
        "id": identity,
        "country": summary.country,
        "headings": [
            {"title": heading.title, "sentences": [sentence_json(sentence) for sentence in heading.sentences]}
            for heading in summary.headings
        ],
        "citations": [citation_json(citation) for citation in summary.citations],
        "coverage": {"pages_read": _places(summary.pages_read), "pages_cited": _places(summary.pages_cited)},
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON."""
    return {
        "countries": list(comparison.countries),
        "rows": [
            {
                "question": row.question,
                "cells": [
                    {"country": cell.country, "sentences": [sentence_json(sentence) for sentence in cell.sentences]}
                    for cell in row.cells
                ],
            }
            for row in comparison.rows
        ],
        "citations": [citation_json(citation) for citation in comparison.citations],
    }


def countries_with_cases(library: Library) -> dict[str, int]:
    """Return the countries that have a section of their own in some report, by name, with their number of pages."""
    pages: dict[str, int] = {}
    for case in library.catalogue.cases():
        if case.section_pages:
            name = country_name(case.country)
            pages[name] = pages.get(name, 0) + len(case.section_pages)
    return dict(sorted(pages.items()))


def _places(pages: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"document": document, "page": page} for document, page in pages]


def _known_country(library: Library, country: str) -> str:
    try:
        code = parse_country(country)
    except ValueError as error:
        raise UsageError(str(error)) from error
    if not library.catalogue.passage_ids(Scope(countries=(code,))):
        known = ", ".join(countries_with_cases(library)) or "none yet: add a report first"
        raise UsageError(f"No report in the library speaks of {country_name(code)}. Cases: {known}.")
    return code


def _evidence_for(library: Library, scope: Scope, heading: Heading) -> list[ScoredSentence]:
    """Return the sentences nearest to any of the heading's probes, best first."""
    (code,) = scope.countries
    best: dict[int, ScoredSentence] = {}
    for probe in heading.probes:
        retrieval = retrieve(library, f"{country_name(code)}: {probe}", scope)
        for item in sentences_about(library, retrieval.sentences, scope):
            known = best.get(item.sentence.id)
            better = known is None or item.score > known.score
            if better and item.cosine >= _NEAR and heading.wants(item.sentence.text):
                best[item.sentence.id] = item
    return sorted(best.values(), key=lambda item: (-item.score, item.sentence.id))


def _answered(library: Library, book: CitationBook, question: str, scope: Scope) -> Cell:
    retrieval = retrieve(library, question, scope)
    name = country_name(scope.countries[0])
    if weigh_evidence(library, question, retrieval, scope) is not Evidence.STRONG:
        return Cell(name, ())
    chosen = choose_sentences(sentences_about(library, retrieval.sentences, scope), _SENTENCES_A_CELL)
    return Cell(name, tuple(quote_sentences(book, chosen)))


def _pages_read(library: Library, scope: Scope) -> tuple[tuple[str, int], ...]:
    names = {document.id: document.name for document in library.catalogue.documents()}
    passages = library.catalogue.passages(library.catalogue.passage_ids(scope)).values()
    return tuple(sorted({(names[passage.document], page) for passage in passages for page in passage.pages}))
