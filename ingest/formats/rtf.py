"""RTF files: their marks as the elements of HTML, which are read like a web page's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.documents import Metadata, Page
from ingest.formats.builder import TextBuilder
from ingest.formats.html_blocks import add_html
from ingest.formats.rtf_html import RtfConverter
from ingest.formats.safety import capped
from ingest.limits import Limits
from ingest.messages import Message


def read_rtf(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read an RTF file: insertions as accepted; deletions, comments and hidden text are told, not read.

    Raises:
        TooBig: it has more text than the limits allow.
    """
    converter = RtfConverter()
    builder = TextBuilder()
    add_html(builder, converter.html(path.read_bytes()))
    text = capped(builder.text, path, limits)
    yield Metadata(converter.title.strip(), converter.author.strip())
    yield Page(1, text, tuple(builder.blocks))
    yield from converter.remarks()
    yield from builder.remarks()
