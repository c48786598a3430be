"""What the tests of the readers look at: the blocks of a document, page by page."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import Document
from ingest.errors import IngestError
from ingest.load import load


def blocks(document: Document, number: int = 1) -> list[tuple[str, str]]:
    """Return kind and text of every block of a page."""
    page = next(page for page in document.pages if page.number == number)
    return [(block.kind.value, page.text[block.start : block.end]) for block in page.blocks]


def texts(document: Document, number: int = 1) -> list[str]:
    """Return the text of every block of a page."""
    return [text for _, text in blocks(document, number)]


def headers(document: Document, number: int = 1) -> dict[str, str]:
    """Return what heads or opens each block of a page that has such words."""
    page = next(page for page in document.pages if page.number == number)
    return {page.text[block.start : block.end]: block.header for block in page.blocks if block.header}


def numbers(document: Document, number: int = 1) -> dict[str, str]:
    """Return the number of each block of a page that the file counts."""
    page = next(page for page in document.pages if page.number == number)
    return {page.text[block.start : block.end]: block.number for block in page.blocks if block.number}


def remarks(document: Document) -> str:
    """Return all that a reader is told of a document."""
    return "; ".join(map(str, document.remarks))


def failure(path: Path) -> IngestError:
    """Return the error that the file gives."""
    with pytest.raises(IngestError) as caught:
        load(path)
    return caught.value
