"""Find what reports recommend, to whom, and where: every one verbatim, with its page.

Two ways lead to a recommendation. A sentence says it: somebody *should*, or is *urged to*. Or it is an item of a list
whose heading or first line says it ("Recommendations to the Government of Nepal:", "The Committee urges the State
party to:"); the item then begins with what is to be done, and the addressee is above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.answer_json import citation_json, sentence_json
from app.answers import AnswerSentence, Citation
from app.cases.addressees import Addressee
from app.cases.countries import known_country
from app.cases.line_head import Asking, asking_of
from app.cases.quoting import quote_lines
from app.cases.reading import Line, is_about, lines_of, vectors_of
from app.cases.recommendation_words import (
    ADDRESSED,
    CALL,
    DONE_BY,
    DONE_TO,
    IMPERATIVE,
    ITEM,
    LAW,
    MODAL,
    NO_SECTION,
    NOT_RECOMMENDING,
    PASSIVE_VERB,
    SECTION,
)
from app.citations import CitationBook
from ingest.documents import BlockKind, CaseSource
from ingest.language.countries import country_name, find_countries
from vectorstore.library import Library
from vectorstore.records import Scope

_HEADING_CHARACTERS = 160
_FEWEST_LETTERS = 15
_NEAR = 120
"""Characters behind "urges" in which the addressee is."""
_AT_THE_BEGINNING = 20
_CLAUSE = re.compile(r"[.;:] |\bthat\b|\bque\b|\bчто\b")
_FEWEST_ASKED = 8
_VERB_LAST = re.compile(r"[\u0900-\u097f]|(?:сунушта|чакыра|үндө)")
_TO_DO = re.compile(r"(?<=\w{3})\s(?:to|that|de|que|чтобы)\s")
"""Where the words end that name who is called on, and those begin that say to do what."""
_LEAD_IN_ENDS = (":", "：")
DOUBTFUL = 0.5
"""How likely a line must recommend something by its meaning, where its words do."""


class Basis(StrEnum):
    """Why a line counts as a recommendation."""

    SAID = "said"
    """Its own words say so."""
    LISTED = "listed"
    """It is an item under a heading or a line that says so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A recommendation among the lines of a document, before it is quoted."""

    line: Line
    addressee: Addressee
    addressed_in: str
    """The words, of the line itself or above it, that name the addressee; empty where none do."""
    basis: Basis
    above: str = ""
    """For an item of a list: the heading or the line that it is listed under."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation as a reader sees it."""

    sentence: AnswerSentence
    addressee: Addressee
    addressed_in: str
    basis: Basis
    above: str
    """For an item of a list: the heading or the line that it is listed under."""


@dataclass(frozen=True, slots=True)
class Recommendations:
    """All recommendations of the chosen reports, in reading order, with one list of citations."""

    countries: tuple[str, ...]
    """Names of the countries that were asked for; empty for all."""
    found: tuple[Recommendation, ...]
    citations: tuple[Citation, ...]
    documents: tuple[str, ...]
    """Names of the files that were read."""

    def by_addressee(self) -> dict[Addressee, tuple[Recommendation, ...]]:
        """Return the recommendations by whom they are made to, those without any left out."""
        groups = {a: tuple(item for item in self.found if item.addressee is a) for a in Addressee}
        return {addressee: items for addressee, items in groups.items() if items}


def recommendations(
    library: Library,
    countries: Sequence[str] = (),
    documents: Sequence[str] = (),
    addressees: Sequence[Addressee] = (),
) -> Recommendations:
    """Return every recommendation of the cases of ``countries``, or of all reports.

    Args:
        library: Where to look.
        countries: As a person writes them.
        documents: Ids of documents to keep to.
        addressees: Whom they must be made to; all where none is given.

    Raises:
        UsageError: a country is none, or no report has a case of it.
    """
    known = [known_country(library, country) for country in countries]
    codes = tuple(dict.fromkeys(code for code, _ in known))
    names = {document.id: document.name for document in library.catalogue.documents()}
    book, found = CitationBook(library), list[Recommendation]()
    read: dict[str, None] = {}
    for lines in _documents(library, Scope(tuple(documents), codes)):
        read[names[lines[0].document]] = None
        meant = asking_of(library.catalogue.meta("embedder") or "", vectors_of(library, lines))
        for item in find_recommendations(lines, meant):
            if addressees and item.addressee not in addressees:
                continue
            [sentence] = quote_lines(book, [item.line])
            found.append(Recommendation(sentence, item.addressee, item.addressed_in, item.basis, item.above))
    return Recommendations(
        tuple(dict.fromkeys(name for _, name in known)), tuple(found), tuple(book.citations), tuple(read)
    )


def find_recommendations(lines: Sequence[Line], meant: Sequence[Asking | None] = ()) -> Iterator[Found]:
    """Yield the recommendations among the lines of one document, which are in reading order.

    Args:
        lines: Those that ``every_line`` gives: list items stand alone, and need not end as sentences do.
        meant: What each line means, by its vector, where that is known: "the minister urged women to stay at home" has
            the words of a recommendation and is none.
    """
    section, lead_in, above = "", "", ""
    for line, asking in zip(lines, meant or [None] * len(lines), strict=True):
        text = line.text
        if line.section != section:
            section, lead_in = line.section, ""
            above = section if announces(section) else ""
        opening = line.header if line.sentences[0].kind is BlockKind.ITEM else ""
        if opening:
            lead_in = opening if asks_for_items(opening) or announces(opening) else ""
        asked_for = bool(opening) and asks_for_items(opening)
        if sum(char.isalpha() for char in text) < _FEWEST_LETTERS and not asked_for:
            continue
        body = ITEM.sub("", text)
        marked = body != text or bool(line.paragraph) or bool(opening)
        listed = asked_for or (bool(IMPERATIVE.match(body)) and bool(lead_in or (above and not opening)))
        words = says_so(text)
        said = words and (asking is None or asking.likely >= DOUBTFUL)
        if text.rstrip().endswith(_LEAD_IN_ENDS) and (words or announces(text)):
            lead_in = text
            continue
        if listed:
            over = lead_in or above
            yield Found(line, *_addressee_of(body, over, asking), Basis.LISTED, over)
        elif said:
            yield Found(line, *_addressee_of(text, lead_in or above, asking), Basis.SAID)
        elif lead_in and not marked:
            lead_in = ""  # the list is over


def says_so(text: str) -> bool:
    """Return whether the words of a sentence themselves recommend something."""
    cleared = NOT_RECOMMENDING.sub(" ", text)
    return _asks(cleared) or (bool(MODAL.search(cleared)) and not LAW.search(cleared))


def asks_for_items(opening: str) -> bool:
    """Return whether the line that opens a list asks somebody for its items: "Donors are urged to:"."""
    cleared = NOT_RECOMMENDING.sub(" ", opening)
    return says_so(opening) or (opening.rstrip().endswith(_LEAD_IN_ENDS) and bool(CALL.search(cleared)))


def announces(heading: str) -> bool:
    """Return whether recommendations are under a heading."""
    short = len(heading) <= _HEADING_CHARACTERS
    return short and bool(SECTION.search(heading)) and not NO_SECTION.search(heading)


def every_line(library: Library, scope: Scope) -> list[Line]:
    """Return the lines of a scope's passages for ``find_recommendations``, by document, in reading order."""
    catalogue = library.catalogue
    passages = catalogue.passages(catalogue.passage_ids(scope))
    sections = {number: passage.section for number, passage in passages.items()}
    return list(lines_of(catalogue.sentences_of(passages), sections, lists=True))


def recommendations_json(result: Recommendations) -> dict[str, Any]:
    """Return recommendations as JSON."""
    return {
        "countries": list(result.countries),
        "documents": list(result.documents),
        "counts": {str(a): count for a, count in Counter(item.addressee for item in result.found).items()},
        "recommendations": [
            {
                **sentence_json(item.sentence),
                "addressee": item.addressee,
                "addressed_in": item.addressed_in,
                "basis": item.basis,
                "above": item.above,
            }
            for item in result.found
        ],
        "citations": [citation_json(citation) for citation in result.citations],
    }


def _documents(library: Library, scope: Scope) -> Iterator[list[Line]]:
    """Yield the lines of each document of a scope; of a country's case those that are about it."""
    own = library.catalogue.case_passages(scope.countries, CaseSource.SECTION)
    languages = {document.id: document.language for document in library.catalogue.documents()}
    by_document: dict[str, list[Line]] = {}
    for line in every_line(library, scope):
        if not scope.countries or is_about(line, scope.countries, own, languages.get(line.document, "")):
            by_document.setdefault(line.document, []).append(line)
    yield from by_document.values()


def _asks(text: str) -> bool:
    """Return whether a word of asking is followed by somebody or something: "urged the State to", "recommend that".

    Where the verb ends the sentence (Nepali), what is asked for comes before it.
    """
    match = CALL.search(text)
    if match is None:
        return False
    around = text[: match.start()] if _VERB_LAST.search(match.group()) else text[match.end() :]
    return sum(char.isalnum() for char in around) >= _FEWEST_ASKED


def _addressee_of(text: str, over: str, asking: Asking | None) -> tuple[Addressee, str]:
    """Return whom a recommendation is made to, and the words that say so; where no words do, whom it means.

    In a sentence of its own they come before "should" or behind "urges"; for an item of a list, above it. Who
    should *be investigated* is not who is to do it: then they come after "by", or are not said.
    """
    called = CALL.search(text)
    begins = called is not None and called.start() < _AT_THE_BEGINNING
    own = [*_where_addressed(text)]
    first = begins or not IMPERATIVE.match(text)
    for place in (*own, over) if first else (over, *own):
        matches = [
            (m.start(), addressee, m.group()) for addressee, names in ADDRESSED.items() if (m := names.search(place))
        ]
        if matches:
            _, addressee, words = min(matches)
            return addressee, words
        if place in own and find_countries(place):
            return Addressee.STATE, country_name(find_countries(place)[0])
    return (Addressee.OTHER if asking is None else asking.addressee), ""


def _where_addressed(text: str) -> Iterator[str]:
    modal, call = MODAL.search(text), CALL.search(text)
    if call is not None and (modal is None or call.start() < modal.start()):
        yield _TO_DO.split(text[call.end() : call.end() + _NEAR], maxsplit=1)[0]
    if modal is None:
        return
    by = DONE_BY.search(text, modal.end())
    if DONE_TO.match(text, modal.end()) or PASSIVE_VERB.match(text, modal.start()):
        if by is not None:
            yield by["who"]
        return
    yield _CLAUSE.split(text[: modal.start()])[-1]
    if by is not None:
        yield by["who"]
