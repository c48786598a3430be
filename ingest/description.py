"""What is known of a document besides its pages: title, language, symbol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.documents import BlockKind, Document, FileType, Metadata, Page
from ingest.language.detection import language_of
from ingest.symbols import find_symbol

_LANGUAGE_SAMPLE = 5_000
"""Characters from which a document's language is recognised."""


def describe(path: Path, file_type: FileType, metadata: Metadata, pages: Sequence[Page]) -> Document:
    """Return the document of a file's pages, in whatever order they come; without id and remarks."""
    ordered = tuple(sorted(pages, key=lambda page: page.number))
    return Document(
        "",
        path.name,
        file_type,
        ordered,
        title=metadata.title or _title(path, ordered),
        author=metadata.author,
        year=metadata.year,
        unit=metadata.unit,
        language=_language(ordered),
        symbol=find_symbol(ordered[0].text) if ordered else "",
    )


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
