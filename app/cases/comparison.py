"""Set countries side by side: questions by countries, each cell a cited quote or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.answer_json import citation_json, sentence_json
from app.answers import AnswerSentence, Citation
from app.cases.choosing import choose_lines, contradicting
from app.cases.countries import known_country
from app.cases.headings import HEADINGS
from app.cases.placing import place_lines
from app.cases.quoting import quote_lines
from app.cases.reading import Line, read_case_lines
from app.cases.salience import Weights, signs, weigh
from app.checking import check_sentence
from app.citations import CitationBook
from app.differences import mark_differences
from app.errors import UsageError
from app.extractive import choose_quotes, sentences_about
from app.messages import message
from app.refusal.evidence import Evidence, find_evidence
from ingest.language.countries import find_countries
from vectorstore.library import Library
from vectorstore.records import Scope

NOT_STATED = message("not found in the reports")
_SENTENCES_A_CELL = 3
_LINES_A_CELL = 2
_SHARE_OF_BEST = 0.85
"""A cell is narrow: what scores below this share of its best sentence is left out."""
_NAMED_SHARE = 0.8
"""Of the names and numbers of a question, that must be in the sentences of a cell."""
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<!^[\"“«¿¡])\b[^\W\d_][\w’'-]+")


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


def compare(
    library: Library, countries: Sequence[str], questions: Sequence[str] = (), documents: Sequence[str] = ()
) -> Comparison:
    """Set countries side by side: the given questions, or the fixed headings, each answered from each case.

    Raises:
        UsageError: fewer than two countries, or one without a case.
    """
    known = list(dict.fromkeys(known_country(library, country) for country in countries))
    if len(known) < 2:
        raise UsageError("Give two countries at least: whrd compare Nepal Kyrgyzstan.")
    book = CitationBook(library)
    scopes = {name: Scope(tuple(documents), (code,)) for code, name in known}
    if questions:
        rows = [
            Row(question, tuple(_answered(library, book, question, name, scope) for name, scope in scopes.items()))
            for question in questions
        ]
    else:
        lines = {name: _lines_by_heading(library, scope) for name, scope in scopes.items()}
        rows = [
            Row(
                heading.title,
                tuple(_cell(book, name, lines[name].get(index, [])) for name in scopes),
            )
            for index, heading in enumerate(HEADINGS)
        ]
    return Comparison(tuple(scopes), tuple(rows), tuple(book.citations))


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


def _lines_by_heading(library: Library, scope: Scope) -> dict[int, list[Line]]:
    """Return the best lines of a case under each heading that has evidence, in reading order."""
    case = read_case_lines(library, scope)
    if not case.lines:
        return {}
    placed = place_lines(library.embedder, case.lines, case.vectors)
    worth = weigh(signs(case.lines, case.vectors, placed), Weights())
    texts = [line.text for line in case.lines]
    found: dict[int, list[Line]] = {}
    for heading in range(len(HEADINGS)):
        belongs = [heading if own == heading else -1 for own in placed.under]
        chosen = choose_lines(texts, case.vectors, worth, belongs, _LINES_A_CELL)
        if chosen:
            against = contradicting([(line.text, line.document) for line in case.lines], chosen, case.languages)
            order = [other for index in sorted(chosen) for other in (index, *against.get(index, ()))]
            found[heading] = [case.lines[index] for index in order]
    return found


def _cell(book: CitationBook, name: str, lines: Sequence[Line]) -> Cell:
    return Cell(name, _with_differences(book, list(quote_lines(book, lines))))


def _with_differences(book: CitationBook, sentences: Sequence[AnswerSentence]) -> tuple[AnswerSentence, ...]:
    return mark_differences(sentences, book.citations, book.languages())


def _answered(library: Library, book: CitationBook, question: str, name: str, scope: Scope) -> Cell:
    """Return what one country's case says to a question: nothing, where the evidence for it is weak."""
    found = find_evidence(library, question, scope)
    if found.evidence is not Evidence.STRONG:
        return Cell(name, ())
    about = sentences_about(library, found.retrieval.sentences, scope)
    quotes = choose_quotes(about, _SENTENCES_A_CELL, _SHARE_OF_BEST, book.languages())
    chosen = [sentence for sentence, *_ in quotes]
    asked = named_in(question)
    held = named_in(" ".join(f"… {sentence.text}" for sentence in chosen))
    if len(asked & held) < _NAMED_SHARE * len(asked):
        return Cell(name, ())
    sentences = [check_sentence(book, quote[0].text, quote) for quote in quotes]
    return Cell(name, _with_differences(book, sentences))


def named_in(text: str) -> frozenset[str]:
    """Return the numbers and names of a text in small letters; a name is a capital word that begins no sentence.

    The names of countries are left out: a cell is of one country, whatever the question calls it.
    """
    numbers = re.findall(r"\d+", text)
    words = (match.group() for match in _NAME.finditer(text))
    return frozenset(numbers) | frozenset(
        word.casefold() for word in words if word[0].isupper() and not find_countries(word)
    )
