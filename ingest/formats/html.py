"""Web pages: the report on them, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.documents import BlockKind, Metadata, Page
from ingest.errors import NoText
from ingest.formats.builder import TextBuilder
from ingest.formats.decoding import decode_markup
from ingest.formats.html_blocks import add_html
from ingest.formats.html_metadata import page_metadata
from ingest.formats.html_tree import Unseen, drop_unseen, parse_html
from ingest.formats.main_text import main_element
from ingest.formats.safety import capped
from ingest.limits import Limits
from ingest.messages import Message, message

_TITLE_WITHIN = 500


def read_html(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read the report on a web page: navigation and banners are left out.

    Raises:
        NoText: the page has no text.
    """
    yield from read_page(capped(decode_markup(path.read_bytes(), path.name), path, limits), path.name)


def read_page(source: str, name: str) -> Iterator[Metadata | Page | Message]:
    """Yield what the page ``source`` says of itself, its text, and what of it was left out.

    Raises:
        NoText: the page has no text.
    """
    builder, metadata = TextBuilder(), Metadata()
    root = parse_html(source)
    unseen = Unseen()
    if root is not None:
        metadata = page_metadata(root)
        unseen = drop_unseen(root)
        main = main_element(root, source)
        title = TextBuilder()
        title.add(metadata.title, BlockKind.HEADING, 1)
        text = TextBuilder()
        add_html(text, main)
        if text.blocks and title.text not in text.text[:_TITLE_WITHIN]:
            builder = title
        builder.extend(text)
    if not builder.blocks:
        raise NoText(
            message(
                "{name} contains no article text: save the report itself, not the page that links to it.", name=name
            )
        )
    yield metadata
    yield Page(1, builder.text, tuple(builder.blocks))
    yield from unseen.remarks()
    yield from builder.remarks()
