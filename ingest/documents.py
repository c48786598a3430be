"""The words of the field as data: documents, pages, blocks, sentences, passages, spans.

All offsets are characters into one page's stored text, end exclusive; pages are physical and 1-based.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.messages import Message

READER_VERSION = 2
"""Of the reading of files: raised when the same file gives other text or other citation data, so that libraries
know what to read again."""


class Status(StrEnum):
    """How the ingest of one file ended (the contract's words)."""

    READY = "ready"
    NO_TEXT = "no_text"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_BIG = "too_big"
    UNSUPPORTED = "unsupported"


class FileType(StrEnum):
    """What a file is by its content."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    ODT = "odt"
    RTF = "rtf"
    EPUB = "epub"
    PPTX = "pptx"
    XLSX = "xlsx"
    CSV = "csv"
    EMAIL = "email"
    MHTML = "mhtml"


class PageUnit(StrEnum):
    """What the pages of a file are to its readers."""

    PAGE = "page"
    SLIDE = "slide"
    SHEET = "sheet"
    """``Page.label`` is its name, and a sentence's paragraph is the number of its row."""
    CHAPTER = "chapter"
    """``Page.label`` is its title."""
    PART = "part"
    """A message, or a file attached to it; ``Page.label`` is its name."""
    NONE = ""
    """The file has no pages of its own: one page holds all of it."""


class BlockKind(StrEnum):
    """What a run of text on a page is for."""

    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    ITEM = "item"
    """An item of a list: a sentence, with or without a full stop."""
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    """Running headers, footers, page numbers and tables of contents: on the page, but in no passage."""


class PageState(StrEnum):
    """Where a page's text came from, or why there is none."""

    TEXT = "text"
    OCR = "ocr"
    EMPTY = "empty"
    """Nothing is printed on it."""
    NO_TEXT = "no_text"
    """Something is printed on it, but it is a picture and could not be read. Words typed over it may be its text."""
    GARBLED = "garbled"
    """A text layer is there, but in a legacy font whose letters are not the ones that are printed."""
    BROKEN = "broken"
    """The file does not give it out."""


class CaseSource(StrEnum):
    """Why a passage belongs to a country's case."""

    SECTION = "section"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters on one page."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or table row: ``page.text[start:end]``."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 is the highest; 0 for everything else."""
    header: str = ""
    """Of a table's row: the words that head the table. Of a list's item: the line that opens the list."""
    number: str = ""
    """Of the paragraph or row, where the file counts it and does not print it in the text."""


@dataclass(frozen=True, slots=True)
class CharRun:
    """``length`` characters of stored text that are the same characters of the PDF's own text layer."""

    start: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class WordBox:
    """Position of a word recognised by OCR: points, origin at the page's lower left corner."""

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page and the way back from its stored text to the printed page."""

    number: int
    text: str
    blocks: tuple[Block, ...] = ()
    label: str = ""
    """The printed page number ("iv", "12"); empty when none is known."""
    state: PageState = PageState.TEXT
    runs: tuple[CharRun, ...] = ()
    """For a PDF's text layer; empty for OCR and for files without pages."""
    words: tuple[WordBox, ...] = ()
    """For OCR; empty otherwise."""
    notes: tuple[tuple[int, int], ...] = ()
    """Start and end of every footnote mark in the text. Splitting needs them; they are not stored."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a first or last page as it is printed. Points, origin at the page's lower left corner."""

    page: int
    text: str
    size: float
    """Height of the font's line: comparable within a file only."""
    bold: bool = False
    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0
    sheet: float = 0.0
    """Height of the page; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; empty where it says nothing."""

    title: str = ""
    author: str = ""
    year: str = ""
    unit: PageUnit = PageUnit.NONE
    lines: tuple[PrintedLine, ...] = ()
    """Of a PDF's first and last pages, the parts of a line that wide gaps divide each for itself."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file that was read. ``id`` is the SHA-256 of its bytes, in hexadecimal."""

    id: str
    name: str
    file_type: FileType
    pages: tuple[Page, ...]
    title: str = ""
    author: str = ""
    year: str = ""
    unit: PageUnit = PageUnit.PAGE
    language: str = ""
    """ISO 639-1 code of the language that most of it is in."""
    symbol: str = ""
    """As its publisher prints it, "A/HRC/40/60"; empty where there is none."""
    publisher: str = ""
    """The body that issued it, as it names itself in the document."""
    date: str = ""
    """Of publication, ISO 8601 as far as it is known: "2019", "2019-07", "2019-07-26"."""
    case: str = ""
    """The case that a court's document is about: "Matter of A.J. et al."."""
    remarks: tuple[Message, ...] = ()
    """What its reader must know of it, one clause each: hidden text, tracked changes, parts that were not read."""

    @property
    def paged(self) -> bool:
        """Whether the file has pages, slides or the like of its own."""
        return self.unit is not PageUnit.NONE


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence, or a piece of a long one; two spans when it runs over a page break."""

    spans: tuple[Span, ...]
    text: str
    kind: BlockKind
    paragraph: str = ""
    """The number of the paragraph, or row of a sheet, that it is in."""
    section: str = ""
    """The heading that it is under."""
    header: str = ""
    """Of a table's row: the words that head the table. Of a list's item: the line that opens the list."""
    whole: tuple[Span, ...] = ()
    """Of a piece of a long sentence: where the whole one is; empty where this is the whole."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences, the unit of retrieval."""

    sentences: tuple[Sentence, ...]
    spans: tuple[Span, ...]
    """One span a page, first page first; the slices joined by a space are ``text``."""
    text: str
    section: str = ""
    context: str = ""
    """Words that are elsewhere on the page and belong to it: what heads the tables whose rows it holds."""
    countries: dict[str, CaseSource] = field(default_factory=dict)
    """ISO 3166 alpha-2 codes of the cases that the passage belongs to."""

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that the passage is on."""
        return tuple(span.page for span in self.spans)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: what it ended as, and one line that says why and what to do."""

    name: str
    status: Status
    message: Message
    id: str = ""
    pages: int = 0
