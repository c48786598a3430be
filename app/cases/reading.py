"""Read a country's case: its sentences whole, in reading order, each with the heading that it is under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.cases.twins import find_twins
from app.repeats import Key, group_repeats, words_in_order
from ingest.documents import BlockKind, CaseSource, Span
from ingest.language.countries import find_countries
from ingest.sentences import ends_sentence, is_prose
from vectorstore.library import Library
from vectorstore.records import Scope, StoredSentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PIECED_CHARACTERS = 800
"""Pieces of a long sentence that was cut are put together again up to here."""
_LISTED = 3
"""A line that names more countries than these is a list of them."""
_LISTED_KINDS = (BlockKind.BODY, BlockKind.ITEM)
_DIRECT_GAP = 3
"""Characters that may be between two pieces of one printed sentence."""


LIST_MARK = re.compile(r"\(?(?:[a-zа-я]|\d{1,2}|[ivx]{1,5})[).]\s|[•▪●○❖◦‣–—*·]")
"""What an item of a list begins with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a case as it is printed, of one or more stored pieces."""

    sentences: tuple[StoredSentence, ...]
    section: str
    """The heading that it is under; empty where there is none."""
    place_in_section: int
    """0 for the first sentence under its heading."""
    place_in_document: int
    """0 for the first sentence of prose in its document."""
    in_passing: bool = False
    """Outside every section of the country that is asked for, which it only mentions."""

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.sentences[0].document

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(" ".join(sentence.text for sentence in self.sentences).split())

    @property
    def paragraph(self) -> str:
        """The printed number of its paragraph."""
        return self.sentences[0].paragraph

    @property
    def header(self) -> str:
        """The line that opens its list, or what heads its table."""
        return self.sentences[0].header

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it is: pieces that follow each other on a page are one span."""
        joined: list[Span] = []
        for span in (span for sentence in self.sentences for span in sentence.spans):
            last = joined[-1] if joined else None
            if last is not None and last.page == span.page and 0 <= span.start - last.end <= _DIRECT_GAP:
                joined[-1] = Span(span.page, last.start, span.end)
            else:
                joined.append(span)
        return tuple(joined)

    @property
    def whole(self) -> tuple[Span, ...]:
        """Where the whole is, if it is a piece of a very long sentence; else the same."""
        return self.sentences[0].whole if self.sentences[0].stored_whole else self.spans


@dataclass(frozen=True)
class CaseLines:
    """What is read of a case, and what of it is quoted from."""

    read: tuple[Line, ...]
    """All lines, those of reports that repeat another one too."""
    lines: tuple[Line, ...]
    """Those to quote from."""
    vectors: NDArray[np.float32]
    """Of ``lines``, float32 [lines, dimensions]."""
    twins: Mapping[str, str]
    """Ids of documents that repeat another one, with that other one's."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """Of the documents (id), ISO 639-1."""

    @cached_property
    def repeats(self) -> Mapping[Key, Sequence[Line]]:
        """All lines by their words: those of one group repeat each other."""
        return group_repeats((line, line.text) for line in self.read)


def read_case_lines(library: Library, scope: Scope) -> CaseLines:
    """Read the case of the countries of ``scope``.

    Of a report that says the same as another, such as a later version, only what the other does not have is quoted
    from; of a translation nothing.
    """
    read = read_case(library, scope)
    vectors = vectors_of(library, read)
    languages = {document.id: document.language for document in library.catalogue.documents()}
    twins = find_twins([line.document for line in read], vectors, languages)
    words = {words_in_order(line.text) for line in read if line.document not in twins}
    kept = [
        index
        for index, line in enumerate(read)
        if line.document not in twins
        or (
            languages.get(line.document) == languages.get(twins[line.document])
            and words_in_order(line.text) not in words
        )
    ]
    return CaseLines(tuple(read), tuple(read[index] for index in kept), vectors[kept], twins, languages)


def read_case(library: Library, scope: Scope) -> list[Line]:
    """Return the lines of the case of the countries of ``scope``, by document, in reading order.

    A passage may speak of several countries. A line that names any must name one of these; one that names none must
    are in a section of theirs. A line that merely lists a country among others, outside its sections, is left out.
    Of a scope without countries every line is returned.
    """
    catalogue = library.catalogue
    passages = catalogue.passages(catalogue.passage_ids(scope))
    own = catalogue.case_passages(scope.countries, CaseSource.SECTION)
    languages = {document.id: document.language for document in catalogue.documents()}
    sections = {number: passage.section for number, passage in passages.items()}
    lines = list(lines_of(catalogue.sentences_of(passages), sections))
    if not scope.countries:
        return lines
    found = []
    for line in lines:
        language = languages.get(line.document, "")
        in_passing = line.sentences[0].passage not in own
        listed = in_passing and len(set(find_countries(line.text, language))) > _LISTED
        if is_about(line, scope.countries, own, language) and not listed:
            found.append(replace(line, in_passing=in_passing))
    return found


def lines_of(sentences: Sequence[StoredSentence], sections: dict[int, str], lists: bool = False) -> Iterator[Line]:
    """Yield the lines among ``sentences``, which are in reading order.

    Args:
        sentences: Of one document after the other.
        sections: The heading over each passage, by its id.
        lists: Whether items of lists are lines of their own, however they end; else only prose is a line.
    """
    section, passage, document = "", 0, ""
    in_section = in_document = 0
    pieces: list[StoredSentence] = []

    def line() -> Line:
        return Line(tuple(pieces), section, in_section, in_document)

    for sentence in sentences:
        goes_on = bool(pieces) and _continues(pieces, sentence, lists)
        if pieces and not goes_on:
            yield line()
            in_section, in_document, pieces = in_section + 1, in_document + 1, []
        if sentence.document != document:
            document, section, in_section, in_document = sentence.document, "", 0, 0
        if sentence.passage != passage:
            # What a passage begins under is known even where its heading is in a passage outside the case.
            passage = sentence.passage
            if sections.get(passage, "") != section and not section:
                section, in_section = sections.get(passage, ""), 0
        if sentence.kind is BlockKind.HEADING:
            section, in_section = " ".join(sentence.text.split()), 0
        elif goes_on or (sentence.kind in _LISTED_KINDS if lists else is_prose(sentence.text, sentence.kind)):
            pieces.append(sentence)
    if pieces:
        yield line()


def vectors_of(library: Library, lines: Sequence[Line]) -> NDArray[np.float32]:
    """Return a direction for every line, float32 [lines, dimensions] of length 1; zeros where none is stored yet."""
    import numpy as np

    stored = library.catalogue.vectors_of(sentence.id for line in lines for sentence in line.sentences)
    size = len(next(iter(stored.values()))) if stored else 1
    matrix = np.zeros((len(lines), size), dtype=np.float32)
    for row, line in enumerate(lines):
        for sentence in line.sentences:
            if sentence.id in stored:
                matrix[row] += stored[sentence.id]
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    directions: NDArray[np.float32] = matrix / np.maximum(lengths, 1e-6)
    return directions


def _continues(pieces: Sequence[StoredSentence], sentence: StoredSentence, lists: bool) -> bool:
    """Return whether ``sentence`` is the next piece of the printed sentence that was cut because it is long."""
    last = pieces[-1]
    a, b = last.spans[-1], sentence.spans[0]
    return (
        sum(len(piece.text) for piece in [*pieces, sentence]) <= _PIECED_CHARACTERS
        and sentence.document == last.document
        and sentence.kind is last.kind
        and sentence.kind in _LISTED_KINDS
        and sentence.paragraph == last.paragraph
        and not (lists and LIST_MARK.match(sentence.text))
        and a.page == b.page
        and 0 <= b.start - a.end <= _DIRECT_GAP
        and (sentence.kind is BlockKind.BODY or bool(last.stored_whole))
        and last.stored_whole == sentence.stored_whole
        and (
            bool(last.stored_whole)
            or not ends_sentence(last.text)
            or (last.text.rstrip()[-1:] in ";:," and sentence.text[:1].islower())
        )
    )


def is_about(line: Line, countries: Iterable[str], own: set[int], language: str) -> bool:
    """Return whether a line is about one of ``countries`` (codes).

    Args:
        line: The line.
        countries: Their codes.
        own: Ids of the passages that are in a section of theirs.
        language: Of the document, ISO 639-1.
    """
    named = set(find_countries(line.text, language))
    wanted = set(countries)
    return bool(named & wanted) or (not named and line.sentences[0].passage in own)
