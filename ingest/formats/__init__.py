"""Readers of files other than PDF and mail: one module a format; ``READERS`` says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.documents import FileType, Metadata, Page
from ingest.formats.csv import read_csv
from ingest.formats.docx import read_docx
from ingest.formats.epub import read_epub
from ingest.formats.html import read_html
from ingest.formats.mail import read_mhtml
from ingest.formats.markdown import read_markdown
from ingest.formats.odt import read_odt
from ingest.formats.pptx import read_pptx
from ingest.formats.rtf import read_rtf
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
    FileType.PPTX: read_pptx,
    FileType.ODT: read_odt,
    FileType.RTF: read_rtf,
    FileType.EPUB: read_epub,
    FileType.MHTML: read_mhtml,
}
