"""Replies about the assistant, the library and a report as such: out of the catalogue, in the assistant's own words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import babel

from app.answers import Answer, AnswerKind, AnswerStatus
from app.cases import countries_of_report, countries_with_cases
from app.checking import check_sentence
from app.citations import CitationBook
from app.extractive import choose_sentences
from app.messages import Message, message
from app.refusal.explanation import EMPTY_LIBRARY
from app.turns.target import Previous, documents_of, ready_documents, scope_of
from ingest.documents import BlockKind
from ingest.language.countries import country_name
from ingest.language.folding import fold
from ingest.sentences import is_prose
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import DocumentRecord, Scope, StoredSentence
from vectorstore.retriever import first_stage

_LISTED = 40
"""Reports that are listed before "and more"."""
_TITLE_LINES = 4
"""Headings of a first page that are quoted: title, publisher, symbol and date stand there."""
_SUBJECT_SENTENCES = 3
_FIRST_PAGES = 3
"""On which a report says who made it."""
_WHAT_IT_IS = "This report is about; it presents, documents, examines and describes"


def say_help(library: Library, asked: Question) -> Answer:
    """Reply to a greeting, to thanks, and to questions about the assistant: what it does, and what to try."""
    countries = list(countries_with_cases(library))
    tries = [message("Which reports are here?"), message("What are the main findings?")]
    if countries:
        tries = [
            message("What happened in {country}?", country=countries[0]),
            message("Summarise the case of {country}", country=countries[0]),
            *tries,
        ]
    first, second, third = [*tries, message("What is this report about?")][:3]
    says = (
        message(
            "I answer questions about the reports in this library: word for word, with the page of every sentence."
        ),
        message("Try: “{first}”, “{second}” or “{third}”.", first=first, second=second, third=third),
    )
    return _said(asked, AnswerKind.HELP, says)


def list_library(library: Library, asked: Question, scope: Scope) -> Answer:
    """Reply what is in the library; where a country is named, what there is on it."""
    documents = ready_documents(library, scope)
    if not documents:
        return _said(asked, AnswerKind.CATALOGUE, (EMPTY_LIBRARY,))
    if asked.countries:
        on_it = {case.document for case in library.catalogue.cases() if case.country in asked.countries}
        documents = [document for document in documents if document.id in on_it]
        names = ", ".join(map(country_name, asked.countries))
        if not documents:
            return _said(asked, AnswerKind.CATALOGUE, (message("No report here is about {country}.", country=names),))
        head = message("Reports that speak of {country}: {count}.", country=names, count=len(documents))
    else:
        pages = sum(document.pages for document in documents)
        head = message("Reports in the library: {count}, with {pages} pages.", count=len(documents), pages=pages)
    lines = [_document_line(document) for document in documents[:_LISTED]]
    if more := len(documents) - len(lines):
        lines.append(message("And {count} more: see the page Library, or `whrd documents`.", count=more))
    if not asked.countries and (countries := countries_with_cases(library)):
        lines.append(message("Country cases: {countries}.", countries=", ".join(countries)))
    return _said(asked, AnswerKind.CATALOGUE, (head, *lines))


def describe_report(library: Library, asked: Question, scope: Scope, previous: Previous) -> Answer:
    """Reply what a report is: title, who made it, when, how long; with its title page and its subject quoted."""
    documents = documents_of(library, asked, scope, previous)
    if not documents:
        return _said(asked, AnswerKind.ABOUT, (EMPTY_LIBRARY,))
    if len(documents) > 1:
        says = (
            message("There are several reports. Name the one that you mean:"),
            *map(_document_line, documents[:_LISTED]),
        )
        return _said(asked, AnswerKind.ABOUT, says)
    [document] = documents
    book = CitationBook(library)
    sentences = [*_title_page(library, document), *_subject(library, document)]
    quoted = tuple(check_sentence(book, sentence.text, [sentence]) for sentence in sentences)
    return Answer(
        asked.text,
        AnswerStatus.ANSWERED,
        quoted,
        tuple(book.citations),
        kind=AnswerKind.ABOUT,
        says=_facts(library, document),
        countries=tuple(countries_of_report(library, document.id)),
    )


def _said(asked: Question, kind: AnswerKind, says: Sequence[Message]) -> Answer:
    status = AnswerStatus.NOT_FOUND if EMPTY_LIBRARY in says else AnswerStatus.ANSWERED
    return Answer(asked.text, status, kind=kind, says=tuple(says))


def _document_line(document: DocumentRecord) -> Message:
    return message(
        "{title} ({details})",
        title=document.title or document.name,
        details=", ".join(filter(None, (document.name, document.symbol, document.year, *_length(document)))),
    )


def _length(document: DocumentRecord) -> list[str]:
    return [f"{document.pages} p."] if document.paged else []


def _facts(library: Library, document: DocumentRecord) -> tuple[Message, ...]:
    """Return what the catalogue knows of a report. An author nobody has set counts if the first pages name him too."""
    facts = [message("{title} ({document}).", title=document.title or document.name, document=document.name)]
    if document.author and (document.edited or _stands_in_front(library, document, document.author)):
        facts.append(message("Author: {author}.", author=document.author))
    if document.publisher:
        facts.append(message("Publisher: {publisher}.", publisher=document.publisher))
    if document.symbol:
        facts.append(message("Symbol: {symbol}.", symbol=document.symbol))
    if document.year:
        facts.append(message("Year: {year}.", year=document.year))
    if document.paged:
        facts.append(message("Pages: {pages}.", pages=document.pages))
    if document.language:
        name = babel.Locale("en").languages.get(document.language, document.language)
        facts.append(message("Language: {language}.", language=name))
    if countries := countries_of_report(library, document.id):
        facts.append(message("Country cases: {countries}.", countries=", ".join(countries)))
    return tuple(facts)


def _stands_in_front(library: Library, document: DocumentRecord, words: str) -> bool:
    pages = range(1, min(document.pages, _FIRST_PAGES) + 1)
    text = fold(" ".join(" ".join(library.page(document.id, page).text for page in pages).split()))
    return all(fold(" ".join(part.split())) in text for part in words.split(";"))


def _title_page(library: Library, document: DocumentRecord) -> list[StoredSentence]:
    """Return the headings at the top of the first page, as they are printed."""
    first = (passage.id for passage in library.catalogue.passages_of(document.id) if passage.page == 1)
    sentences = library.catalogue.sentences_of(first)
    return list(islice((s for s in sentences if s.kind is BlockKind.HEADING and s.spans[0].page == 1), _TITLE_LINES))


def _subject(library: Library, document: DocumentRecord) -> list[StoredSentence]:
    """Return the sentences in which a report says what it is about."""
    found = first_stage(library, _WHAT_IT_IS, scope_of([document]))
    prose = (item for item in found.sentences if is_prose(item.sentence.text, item.sentence.kind))
    chosen = choose_sentences(prose, _SUBJECT_SENTENCES)[:_SUBJECT_SENTENCES]
    return sorted(chosen, key=lambda sentence: sentence.id)
