"""Readers of files other than PDF: one module a format; ``READERS`` says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.documents import FileType, Metadata, Page
from ingest.formats.csv import read_csv
from ingest.formats.docx import read_docx
from ingest.formats.html import read_html
from ingest.formats.markdown import read_markdown
from ingest.formats.text import read_text
from ingest.formats.xlsx import read_xlsx
from ingest.limits import Limits
from ingest.messages import Message

Reader = Callable[[Path, Limits], Iterable[Metadata | Page | Message]]
"""Yields what the file says of itself, its pages, and remarks on what was not read."""

READERS: dict[FileType, Reader] = {
    FileType.TEXT: read_text,
    FileType.MARKDOWN: read_markdown,
    FileType.HTML: read_html,
    FileType.DOCX: read_docx,
    FileType.XLSX: read_xlsx,
    FileType.CSV: read_csv,
}
