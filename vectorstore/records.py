"""What the library gives out: rows of the catalogue as frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.documents import BlockKind, Span, Status


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
    paged: bool
    status: Status
    message: str
    pages: int
    passages: int
    added_at: str
    embedded: bool = True
    """False while its vectors are not in: it is found by full text, not by meaning."""


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
    """Words that stand elsewhere and belong to it: what heads its tables."""

    @property
    def pages(self) -> list[int]:
        """The pages that it stands on."""
        return [span.page for span in self.spans]


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence in the catalogue."""

    id: int
    passage: int
    document: str
    ordinal: int
    spans: tuple[Span, ...]
    text: str
    kind: BlockKind
    paragraph: str


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
