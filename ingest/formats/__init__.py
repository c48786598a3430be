"""Readers of files other than PDF and mail: one module a format; ``reader_of`` says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import cast

from ingest.documents import FileType, Metadata, Page
from ingest.limits import Limits
from ingest.messages import Message

Reader = Callable[[Path, Limits], Iterable[Metadata | Page | Message]]
"""Yields what the file says of itself, its pages, and remarks on what was not read."""

_READERS = {
    FileType.TEXT: "text.read_text",
    FileType.MARKDOWN: "markdown.read_markdown",
    FileType.HTML: "html.read_html",
    FileType.DOCX: "docx.read_docx",
    FileType.XLSX: "xlsx.read_xlsx",
    FileType.CSV: "csv.read_csv",
    FileType.PPTX: "pptx.read_pptx",
    FileType.ODT: "odt.read_odt",
    FileType.RTF: "rtf.read_rtf",
    FileType.EPUB: "epub.read_epub",
    FileType.MHTML: "mail.read_mhtml",
}


def reader_of(file_type: FileType) -> Reader:
    """Return the reader of a type. Its module is loaded now: a process reads one file, and most are small."""
    module, name = _READERS[file_type].split(".")
    return cast("Reader", getattr(import_module(f"{__name__}.{module}"), name))
