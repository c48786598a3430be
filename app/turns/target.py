"""Which reports and countries a turn is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.answers import Answer
from ingest.documents import Status
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import DocumentRecord, Scope
from vectorstore.routing import route

Previous = Callable[[], Answer | None] | None
"""Gives the answer on the screen, which a turn may speak of; None where there is none."""
_CLEARLY, _BY_HEAD = 0.8, 0.5
"""A report is meant where no other has more than this share of what it has in common with the turn: its file's name, or
words of its first lines alone."""


def ready_documents(library: Library, scope: Scope) -> list[DocumentRecord]:
    """Return the reports that can be quoted, of ``scope`` alone where it names any."""
    return [
        document
        for document in library.catalogue.documents(Status.READY)
        if not scope.documents or document.id in scope.documents
    ]


def documents_of(library: Library, asked: Question, scope: Scope, previous: Previous = None) -> list[DocumentRecord]:
    """Return the reports that a turn speaks of: the one that it names; else those of its country.

    "This report" is the one that the last answer quotes first, where there is one. Else it is all of ``scope``.
    """
    documents = ready_documents(library, scope)
    if len(documents) < 2:
        return documents
    held = {document.id: document for document in documents}
    if with_symbol := library.catalogue.documents_with(asked.symbols) & set(held):
        return [held[found] for found in sorted(with_symbol)]
    found = route(asked.words, library.cards(), list(held))
    best = sorted(found.shares, key=lambda document: -found.shares[document])[:2]
    if found.shares[best[0]] and found.shares[best[1]] <= (_CLEARLY if found.names else _BY_HEAD):
        return [held[best[0]]]
    if asked.countries:
        about = [case.document for case in library.catalogue.cases(scope) if case.country in asked.countries]
        if of_country := [held[document] for document in dict.fromkeys(about) if document in held]:
            return of_country
    shown = previous() if previous is not None else None
    if shown is not None and shown.citations and shown.citations[0].document_id in held:
        return [held[shown.citations[0].document_id]]
    return documents


def scope_of(documents: Iterable[DocumentRecord], countries: tuple[str, ...] = ()) -> Scope:
    """Return the scope of some reports."""
    return Scope(tuple(document.id for document in documents), countries)
