"""What a reader is told beside an answer, and in place of one: a refusal that helps.

What no quote covers, what the reports never mention, what was searched, where else it stands when the scope shut it
out, and words to try. All of it as data; ``help_lines`` gives the sentences.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.answers import Answer, AnswerStatus, Citation, Elsewhere, Searched
from app.extractive import choose_sentences
from app.messages import Message, message
from app.refusal.cover import Shown
from app.refusal.gap import NAMED, PAST, Gap, GapKind
from app.refusal.uncovered import find_gaps, named_things
from ingest.documents import Status
from ingest.language.countries import country_name, parse_country
from vectorstore.question import words_of
from vectorstore.records import Scope, StoredPassage, StoredSentence

if TYPE_CHECKING:
    from vectorstore.library import Library
    from vectorstore.retriever import Retrieval

_LISTED = 3
"""Documents, headings and words that are listed before "and more"."""
_SPELT_ALIKE = 0.8
_SHORTEST = 5
"""Letters of a word that may be misspelt; shorter ones are too much alike."""
_LONGEST_HEADING = 60
"""Characters; what is longer is the head of a table."""


def shown_quotes(library: Library, quotes: Iterable[tuple[str, StoredPassage]]) -> list[Shown]:
    """Return quotes, each with the passage that it stands in, as ``find_gaps`` compares them."""
    found = list(quotes)
    documents = library.catalogue.documents_by_id({passage.document for _, passage in found})
    cards = library.cards()
    countries = library.catalogue.section_countries({passage.id for _, passage in found})
    shown = []
    for text, passage in found:
        document = documents[passage.document]
        heads = (passage.section, passage.context, document.title, document.name.replace("_", " "), document.year)
        known = " ".join(cards.words(passage.document))
        case = countries.get(passage.id, frozenset())
        shown.append(Shown(text, " ".join(heads), passage.text, known, document.language, case))
    return shown


def shown_sentences(library: Library, sentences: Sequence[StoredSentence]) -> list[Shown]:
    """Return stored sentences as quotes; see ``shown_quotes``."""
    passages = library.catalogue.passages(sentence.passage for sentence in sentences)
    return shown_quotes(library, ((sentence.text, passages[sentence.passage]) for sentence in sentences))


def speaks_past(gaps: Iterable[Gap]) -> bool:
    """Return whether quotes with these gaps are no answer: they leave out what is named, or the amount asked for."""
    return any(gap.kind in PAST for gap in gaps)


def explained(
    library: Library,
    answer: Answer,
    retrieval: Retrieval,
    scope: Scope,
    elsewhere: tuple[Elsewhere, ...] = (),
) -> Answer:
    """Return ``answer`` with what no quote of it covers, and where it is a refusal with what helps on."""
    if not library.catalogue.passage_count():
        return answer
    gaps = find_gaps(answer.question, shown_quotes(library, _cited(answer.citations or answer.related, retrieval)))
    if answer.status is AnswerStatus.ANSWERED:
        return dataclasses.replace(answer, uncovered=gaps)
    # A whole passage holds some number or other: the kind of answer asked for is looked for in the best sentences.
    best = find_gaps(answer.question, shown_sentences(library, choose_sentences(retrieval.sentences)))
    gaps = tuple([gap for gap in gaps if gap.words] + [gap for gap in best if not gap.words])
    return dataclasses.replace(
        answer,
        uncovered=gaps if answer.status is AnswerStatus.RELATED else (),
        unmentioned=unmentioned(library, answer.question),
        searched=searched(library, scope),
        elsewhere=elsewhere,
        suggestions=suggestions(library, answer, retrieval),
    )


def unmentioned(library: Library, question: str) -> tuple[str, ...]:
    """Return the countries, years and names of ``question`` that stand in no passage of the library."""
    catalogue = library.catalogue
    heads = " ".join(f"{d.title} {d.name} {d.year}" for d in catalogue.documents(Status.READY)).casefold()
    missing = []
    for gap in named_things(question):
        if gap.kind is GapKind.COUNTRY:
            absent = not catalogue.case_passages([parse_country(gap.words)])
        else:
            absent = all(not catalogue.full_text.passages_with(word) for word in words_of(gap.words))
        if absent and gap.kind in NAMED and gap.words.casefold() not in heads:
            missing.append(gap.words)
    return tuple(missing)


def searched(library: Library, scope: Scope) -> Searched:
    """Return what was searched."""
    documents = library.catalogue.documents(Status.READY)
    names = tuple(d.name for d in documents if not scope.documents or d.id in scope.documents)
    passages = library.catalogue.scope_size(scope) if scope else library.catalogue.passage_count()
    return Searched(names, tuple(map(country_name, scope.countries)), passages)


def suggestions(library: Library, answer: Answer, retrieval: Retrieval) -> tuple[str, ...]:
    """Return words to try: as the reports spell what they do not hold, then the headings of the nearest passages."""
    if answer.status is AnswerStatus.NOT_FOUND and not answer.related:
        return ()
    candidates = [item.passage for item in retrieval.passages]
    words = {word for passage in candidates for word in words_of(passage.text) if len(word) >= _SHORTEST}
    found: list[str] = []
    for word in words_of(answer.question):
        if len(word) >= _SHORTEST and not library.catalogue.full_text.passages_with(word):
            found += difflib.get_close_matches(word, sorted(words), 1, _SPELT_ALIKE)
    if answer.status is AnswerStatus.RELATED:
        # What heads a table is no heading to ask by; such passages have words that belong to them from elsewhere.
        headings = dict.fromkeys(" ".join(p.section.split()) for p in candidates if not p.context)
        found += [heading for heading in headings if 0 < len(heading) <= _LONGEST_HEADING][:_LISTED]
    return tuple(dict.fromkeys(found))


def places_elsewhere(library: Library, citations: Sequence[Citation], passages: Sequence[int]) -> tuple[Elsewhere, ...]:
    """Return quotes from outside the scope, one a page, with the countries of their cases.

    ``passages`` are the ids of the passages in which ``citations`` stand.
    """
    countries = library.catalogue.section_countries(passages)
    found: dict[tuple[str, int], Elsewhere] = {}
    for citation, passage in zip(citations, passages, strict=True):
        names = tuple(sorted(map(country_name, countries.get(passage, ()))))
        found.setdefault((citation.document_id, citation.page), Elsewhere(citation, names))
    return tuple(found.values())


def gap_lines(answer: Answer) -> list[Message]:
    """Return in plain sentences what the reports never mention and what no quote covers, one a line."""
    never = set(answer.unmentioned)
    lines = [message("The reports never mention {words}.", words=words) for words in answer.unmentioned]
    return lines + [gap.says for gap in answer.uncovered if gap.words not in never]


def help_lines(answer: Answer) -> list[Message]:
    """Return in plain sentences all that ``explained`` added, one a line."""
    lines = gap_lines(answer)
    for place in answer.elsewhere:
        cases = f" ({', '.join(place.countries)})" if place.countries else ""
        lines.append(
            message(
                "Outside what you searched, {document} may have the answer: {place}.",
                document=place.citation.document + cases,
                place=place.citation.place,
            )
        )
    if answer.searched is not None:
        lines.append(_searched_line(answer.searched))
    if answer.suggestions:
        lines.append(message("Words from the reports to try: {words}.", words="; ".join(answer.suggestions)))
    return lines


def _searched_line(found: Searched) -> Message:
    names, more = ", ".join(found.documents[:_LISTED]), len(found.documents) - _LISTED
    documents: str | Message = names or message("no document")
    if more > 0:
        documents = message("{documents} and {count} more", documents=names, count=more)
    if not found.countries:
        return message("Searched: {count} passages of {documents}.", count=found.passages, documents=documents)
    return message(
        "Searched: {count} passages of {documents}, only the cases of {countries}.",
        count=found.passages,
        documents=documents,
        countries=", ".join(found.countries),
    )


def _cited(citations: Iterable[Citation], retrieval: Retrieval) -> list[tuple[str, StoredPassage]]:
    """Return the passage beside each quote: the one among the candidates that holds it."""
    passages = [item.passage for item in retrieval.passages]
    return [
        (citation.quote, passage)
        for citation in citations
        for passage in passages
        if passage.document == citation.document_id
        and any(span.page == citation.page and span.start <= citation.start < span.end for span in passage.spans)
    ]
