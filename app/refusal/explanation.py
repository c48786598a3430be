"""What a reader sees beside an answer, and in place of one: a refusal that helps.

What no quote covers, what the reports never mention, what was searched, where else the answer may be when the scope
excluded it, and words to try. All of it is data; ``help_lines`` gives the sentences.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import regex

from app.answers import NAMED, Answer, AnswerKind, AnswerStatus, Citation, Elsewhere, Gap, GapKind, Searched
from app.checking import Checked
from app.citations import CitationBook
from app.extractive import choose_sentences
from app.messages import Message, message
from app.refusal.evidence import Evidence, Found, find_evidence
from app.refusal.excerpts import EXCERPTS, nearest_excerpts
from app.refusal.gaps import find_gaps, named_things
from app.refusal.quote_coverage import WORD, shown_quotes, shown_sentences
from ingest.documents import Status
from ingest.language.countries import country_name, parse_country
from ingest.language.folding import fold, visible
from vectorstore.question import Question, words_of
from vectorstore.records import Scope, StoredPassage
from vectorstore.retrieval import Retrieval

if TYPE_CHECKING:
    from vectorstore.library import Library

EMPTY_LIBRARY = message(
    "The library is empty: add a report first, with `whrd ingest REPORT.pdf` or on the page Library."
)
ASK_IN_WORDS = message("Ask in words: signs and figures alone find nothing.")
_LISTED = 3
"""Documents, headings and words that are listed before "and more"."""
_SPELT_ALIKE = 0.8
_SHORTEST = 5
"""Letters of a word that may be misspelt; shorter ones are too much alike."""
_LONGEST_HEADING = 60
"""Characters; what is longer is the head of a table."""


def explain(
    library: Library,
    question: Question,
    scope: Scope,
    found: Found,
    checked: Checked,
    status: AnswerStatus,
) -> Answer:
    """Return the answer with what no quote of it covers; in place of a refusal, what was searched and what may help."""
    retrieval = found.retrieval
    counts, note = (checked.rejected, checked.unknown), checked.problem or retrieval.problem
    if not question.in_words and status is not AnswerStatus.ANSWERED:  # what is near to signs is near by chance
        return Answer(question.text, AnswerStatus.NOT_FOUND, note=ASK_IN_WORDS, searched=searched(library, scope))
    if status is AnswerStatus.ANSWERED:
        gaps = find_gaps(question, shown_sentences(library, checked.sources))
        others = _about_others(library, found)
        shown = (checked.sentences, checked.citations, ())
        return Answer(question.text, status, *shown, *counts, uncovered=gaps, elsewhere=others, note=note)
    if not library.catalogue.passage_count():
        return Answer(question.text, AnswerStatus.NOT_FOUND, kind=AnswerKind.CATALOGUE, says=(EMPTY_LIBRARY,))
    related = nearest_excerpts(library, retrieval)
    # Of a country that no report mentions, what is said of others is of no help.
    others = _about_others(library, found) if status is AnswerStatus.RELATED else ()
    return Answer(
        question.text,
        status,
        (),
        (),
        related,
        *counts,
        uncovered=_uncovered(library, question, retrieval, related) if status is AnswerStatus.RELATED else (),
        unmentioned=unmentioned(library, question),
        searched=searched(library, scope),
        elsewhere=_elsewhere(library, question, scope) if scope else others,
        suggestions=suggestions(library, question, retrieval, status) if related else (),
        note=note,
    )


def _uncovered(
    library: Library, question: Question, retrieval: Retrieval, related: Iterable[Citation]
) -> tuple[Gap, ...]:
    """Return what the related passages do not cover, and the kind of answer that the best sentences do not give.

    A whole passage holds some number or other, so the kind of answer is looked for in sentences.
    """
    gaps = find_gaps(question, shown_quotes(library, _cited(related, retrieval)))
    best = find_gaps(question, shown_sentences(library, choose_sentences(retrieval.sentences)))
    return tuple([gap for gap in gaps if gap.words] + [gap for gap in best if not gap.words])


def _elsewhere(library: Library, question: Question, scope: Scope) -> tuple[Elsewhere, ...]:
    """Return the best quotes outside ``scope``, when they would be an answer there."""
    found = find_evidence(library, question)
    if found.evidence is not Evidence.STRONG:
        return ()
    inside = set(library.catalogue.passage_ids(scope))
    chosen = choose_sentences(found.retrieval.sentences, EXCERPTS)
    outside = [sentence for sentence in chosen if sentence.passage not in inside]
    book = CitationBook(library)
    for sentence in outside:
        book.cite(sentence.document, sentence.spans[:1], sentence.paragraph, sentence.header)
    return _with_countries(library, book.citations, [sentence.passage for sentence in outside])


def _about_others(library: Library, found: Found) -> tuple[Elsewhere, ...]:
    """Return the near quotes about countries that the question does not name; none where it names none."""
    book = CitationBook(library)
    numbers = [
        number
        for sentence, _ in found.others
        for number in book.cite(sentence.document, sentence.spans[:1], sentence.paragraph, sentence.header)
    ]
    cited = {citation.number: citation for citation in book.citations}
    named = [country_name(country) for _, country in found.others]
    return tuple(Elsewhere(cited[number], (name,), True) for number, name in zip(numbers, named, strict=True))


def unmentioned(library: Library, question: Question) -> tuple[str, ...]:
    """Return the countries, years and names of ``question`` that no page, title or file name of the library mentions.

    The index is asked first. What it does not know is looked for in the text of every page: it is said only if nothing
    is there, however the word is written or broken.
    """
    catalogue = library.catalogue
    missing = []
    for gap in named_things(question):
        if gap.kind is GapKind.COUNTRY:
            absent = not catalogue.case_passages([parse_country(gap.words)])
        else:
            absent = all(not catalogue.full_text.passages_with(word) for word in words_of(gap.words))
        if absent and gap.kind in NAMED:
            missing.append(gap.words)
    if missing:
        heads = (f"{d.title} {d.name} {d.year}" for d in catalogue.documents(Status.READY))
        missing = not_in(missing, chain(heads, catalogue.page_texts()))
    return tuple(missing)


def not_in(things: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return those of ``things`` that are in none of ``texts``, in any letters, and with blanks or hyphens within."""
    patterns = {thing: _anywhere(thing) for thing in things}
    for text in texts:
        if not patterns:
            break
        folded = fold(text)
        patterns = {thing: pattern for thing, pattern in patterns.items() if not pattern.search(folded)}
    return list(patterns)


def _anywhere(thing: str) -> regex.Pattern[str]:
    """Return a pattern of a thing's letters; a short one must begin and end as a word does, or it is in many others."""
    letters = [char for char in fold(thing) if char.isalnum() or regex.match(r"\p{M}", char)]
    inner = r"[^\p{L}\p{N}]*".join(map(regex.escape, letters))
    short = len(letters) < _SHORTEST or thing.isdecimal()
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){inner}(?![\p{{L}}\p{{N}}])" if short else inner)


def searched(library: Library, scope: Scope) -> Searched:
    """Return what was searched."""
    documents = library.catalogue.documents(Status.READY)
    names = tuple(d.name for d in documents if not scope.documents or d.id in scope.documents)
    passages = library.catalogue.scope_size(scope) if scope else library.catalogue.passage_count()
    return Searched(names, tuple(map(country_name, scope.countries)), passages)


def suggestions(library: Library, question: Question, retrieval: Retrieval, status: AnswerStatus) -> tuple[str, ...]:
    """Return words to try: the reports' spelling of words they do not have, then the nearest passages' headings."""
    candidates = [item.passage for item in retrieval.passages]
    unknown = [
        word
        for word in words_of(question.text)
        if len(word) >= _SHORTEST and not library.catalogue.full_text.passages_with(word)
    ]
    found = _spelt_alike(unknown, candidates) if unknown else []
    if status is AnswerStatus.RELATED:
        # What heads a table is no heading to ask by; such passages have words that belong to them from elsewhere.
        headings = dict.fromkeys(" ".join(p.section.split()) for p in candidates if not p.context)
        found += [heading for heading in headings if 0 < len(heading) <= _LONGEST_HEADING][:_LISTED]
    return tuple(dict.fromkeys(found))


def _spelt_alike(words: Iterable[str], passages: Iterable[StoredPassage]) -> list[str]:
    """Return the words of the passages that are spelt most like ``words``, as they stand there."""
    texts = (visible(passage.text).casefold() for passage in passages)
    known = {fold(word): word for text in texts for word in WORD.findall(text) if len(word) >= _SHORTEST}
    letters = sorted(known)
    return [known[one] for word in words for one in difflib.get_close_matches(word, letters, 1, _SPELT_ALIKE)]


def _with_countries(library: Library, citations: Sequence[Citation], passages: Sequence[int]) -> tuple[Elsewhere, ...]:
    """Return quotes from outside the scope, one a page, with the countries of their cases.

    ``passages`` are the ids of the passages that contain ``citations``.
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
    """Return in plain sentences everything that ``explain`` added, one a line."""
    lines = [*gap_lines(answer), *(elsewhere_line(place) for place in answer.elsewhere)]
    if answer.searched is not None:
        lines.append(_searched_line(answer.searched))
    if answer.suggestions:
        lines.append(message("Words from the reports to try: {words}.", words="; ".join(answer.suggestions)))
    return lines


def elsewhere_line(place: Elsewhere) -> Message:
    """Return the line that leads to a quote that is no part of the answer: of another country, or not searched."""
    if place.searched:
        countries = ", ".join(place.countries)
        return message("About {countries}: {source}.", countries=countries, source=place.citation.source)
    cases = f" ({', '.join(place.countries)})" if place.countries else ""
    return message(
        "Outside what you searched, {document} may have the answer: {place}.",
        document=place.citation.document + cases,
        place=place.citation.place,
    )


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
