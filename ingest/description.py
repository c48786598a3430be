"""What is known of a document besides its pages: title, publisher, symbol, language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.documents import BlockKind, Document, FileType, Metadata, Page, PrintedLine
from ingest.language.detection import language_of
from ingest.symbols import find_symbol
from ingest.title_page.authors import borne_out
from ingest.title_page.printed import lines_of_pages
from ingest.title_page.publishers import is_body
from ingest.title_page.reading import TitlePage, read_title_page

_LANGUAGE_SAMPLE = 5_000
"""Characters from which a document's language is recognised."""
_OFFICE = frozenset({FileType.DOCX, FileType.ODT, FileType.RTF, FileType.PPTX, FileType.XLSX})
"""Files whose metadata name whoever typed them."""
_TITLED = _OFFICE - {FileType.PPTX, FileType.XLSX} | {FileType.PDF}
"""Files that begin with a title page."""
_FEW_LETTERS = 40
"""In the lines of a PDF that has no text layer of its own: a scan."""


def describe(path: Path, file_type: FileType, metadata: Metadata, pages: Sequence[Page]) -> Document:
    """Return the document of a file's pages, in whatever order they come; without id and remarks."""
    ordered = tuple(sorted(pages, key=lambda page: page.number))
    language = _language(ordered)
    found = _title_page(file_type, metadata, ordered, language)
    printed = file_type is FileType.PDF
    symbol = found.symbol if printed else found.symbol or (find_symbol(ordered[0].text) if ordered else "")
    return Document(
        "",
        path.name,
        file_type,
        ordered,
        title=(found.title if printed else metadata.title) or _title(path, ordered),
        author=_author(file_type, metadata, ordered, found),
        year=found.year if printed else metadata.year or found.year,
        unit=metadata.unit,
        language=language,
        symbol=symbol,
        publisher=found.publisher,
        date=found.date if printed or found.date.startswith(metadata.year) else "",
        case=found.case,
    )


def _title_page(file_type: FileType, metadata: Metadata, pages: Sequence[Page], language: str) -> TitlePage:
    """Return what the first pages say; nothing of files that have no title page."""
    if file_type not in _TITLED:
        return TitlePage()
    lines: Sequence[PrintedLine] = metadata.lines
    if sum(len(line.text) for line in lines) < _FEW_LETTERS:
        lines = lines_of_pages(pages)
    return read_title_page(lines, metadata, " ".join(page.text for page in pages), language)


def _author(file_type: FileType, metadata: Metadata, pages: Sequence[Page], found: TitlePage) -> str:
    """Return the authors whom the pages name, and those of the metadata where publishers, not typists, write them."""
    if file_type in _TITLED:
        authors = "; ".join(found.authors)
        return authors or (metadata.author if file_type in _OFFICE and is_body(metadata.author) else "")
    if file_type in _OFFICE:
        borne = borne_out(metadata.author, lines_of_pages(pages))
        return "; ".join(borne) or (metadata.author if is_body(metadata.author) else "")
    return metadata.author


def _title(path: Path, pages: Sequence[Page]) -> str:
    """Return the highest heading of the first two pages, else the file's name without its ending."""
    headings = [
        (block.level, page.number, block.start, page.text[block.start : block.end])
        for page in pages[:2]
        for block in page.blocks
        if block.kind is BlockKind.HEADING
    ]
    return min(headings)[3] if headings else path.stem.replace("_", " ").replace("-", " ")


def _language(pages: Iterable[Page]) -> str:
    """Return the language of the first pages' words."""
    kinds = (BlockKind.BODY, BlockKind.ITEM)
    blocks = (page.text[b.start : b.end] for page in pages for b in page.blocks if b.kind in kinds)
    sample, size = list[str](), 0
    for text in blocks:
        sample.append(text[:_LANGUAGE_SAMPLE])
        size += len(text)
        if size > _LANGUAGE_SAMPLE:
            break
    return language_of(" ".join(sample)) if sample else ""
