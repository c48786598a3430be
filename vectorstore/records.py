"""The library's data: rows of the catalogue, entries of the vector index, and the scope of a question; all frozen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.documents import READER_VERSION, BlockKind, PageUnit, Span, Status
from ingest.messages import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]
"""Called with a stage ("reading", "embedding", "rebuilding"), how much is done and the total; 0: not known yet."""


def read_spans(text: str) -> tuple[Span, ...]:
    """Return spans from the catalogue's JSON: ``[[page, start, end], …]``."""
    return tuple(Span(*span) for span in json.loads(text))


@dataclass(frozen=True, slots=True)
class Details:
    """What a citation says of a document, and a person may set right."""

    title: str
    author: str
    year: str
    symbol: str
    publisher: str = ""
    date: str = ""
    """ISO 8601, as far as it is known."""
    case: str = ""


_ISO_DATE = re.compile(r"(\d{4})(?:-\d{2}){0,2}")


def dated(details: Details) -> Details:
    """Return details whose year and date agree: of a date in ISO 8601 the year is a part, all else is a year only."""
    iso = _ISO_DATE.fullmatch(details.date)
    return replace(details, year=iso[1]) if iso else replace(details, year=details.date, date="")


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as the catalogue knows it."""

    id: str
    name: str
    title: str
    author: str
    year: str
    file_type: str
    language: str
    """ISO 639-1 code; empty when it is not known."""
    unit: PageUnit
    status: Status
    message: Message
    pages: int
    passages: int
    added_at: str
    embedded: bool = True
    """False while its vectors are not in: it is found by full text, not by meaning."""
    symbol: str = ""
    """As its publisher prints it, "A/HRC/40/60"; empty where there is none."""
    edited: bool = False
    """Whether a person has set what a citation says of it."""
    reader: int = READER_VERSION
    """Version of the reading that made its text; an earlier one than today's may have read it worse."""
    publisher: str = ""
    """The body that issued it."""
    date: str = ""
    """Of publication, ISO 8601 as far as it is known: "2019", "2019-07", "2019-07-26"."""
    case: str = ""
    """The case that a court's document is about."""

    @property
    def paged(self) -> bool:
        """Whether the file has pages, slides or the like of its own."""
        return self.unit is not PageUnit.NONE

    @property
    def details(self) -> Details:
        """What a citation says of it."""
        return Details(self.title, self.author, self.year, self.symbol, self.publisher, self.date, self.case)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage in the catalogue."""

    id: int
    document: str
    ordinal: int
    page: int
    spans: tuple[Span, ...]
    text: str
    section: str
    context: str
    """Words that are elsewhere and belong to it: what heads its tables."""

    @property
    def pages(self) -> list[int]:
        """The pages that it is on."""
        return [span.page for span in self.spans]


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence in the catalogue."""

    id: int
    passage: int
    document: str
    ordinal: int
    stored_spans: str
    """As the catalogue keeps them: a question scores a thousand sentences and shows five."""
    text: str
    kind: BlockKind
    paragraph: str
    header: str = ""
    """The line that opens its list, or what heads its table."""
    stored_whole: str = ""
    """Where the whole is of which this is a piece; empty where it is a whole sentence."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it is: two spans when it runs over a page break."""
        return read_spans(self.stored_spans)

    @property
    def whole(self) -> tuple[Span, ...]:
        """Where the whole sentence is: its own place, but for a piece of a long one."""
        return read_spans(self.stored_whole or self.stored_spans)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A passage as the vector index holds it."""

    passage: int
    vector: NDArray[np.float32]
    """float32 [dimensions], length 1."""
    text: str
    metadata: Mapping[str, str | int | list[int] | list[str]]
    """document_id, source (file name), title, page (first, 1-based), pages, label, section, countries, language."""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A country's case in one document."""

    country: str
    document: str
    section_pages: tuple[int, ...]
    mention_pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of: document ids and country codes; empty means all."""

    documents: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.countries)


@dataclass(frozen=True, slots=True)
class Added:
    """How the ingest of one file ended: the contract of ``whrd ingest --json``."""

    document: str
    status: Status
    pages: int
    passages: int
    message: Message
    id: str = ""
    new: bool = True
    same_name: tuple[str, ...] = ()
    """Ids of the documents of that name and other content that were kept beside it."""
