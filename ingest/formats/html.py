"""Web pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import BlockKind, Metadata, Page
from ingest.errors import NoText
from ingest.formats.builder import TextBuilder
from ingest.formats.decoding import decode
from ingest.formats.safety import capped
from ingest.limits import Limits
from ingest.messages import message

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_html(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read the main text of an HTML page with trafilatura: navigation and advertising are left out.

    Raises:
        NoText: the page has no main text.
    """
    import trafilatura
    from lxml import etree

    # XML is read back by a parser that resolves no entity and opens no address.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    source = capped(decode(path), path, limits)
    extracted = trafilatura.extract(source, output_format="xml", include_comments=False, with_metadata=True)
    if not extracted:
        raise NoText(
            message(
                "{name} contains no article text: save the report itself, not the page that links to it.",
                name=path.name,
            )
        )
    root = etree.fromstring(extracted.encode(), parser)
    builder = TextBuilder()
    title = root.get("title") or ""
    for element in root.iter("head", "p", "item", "table", "quote", "code"):
        if any(True for _ in element.iterancestors("p", "item", "table")):
            continue
        _add_element(builder, element)
    if title and title not in builder.text[:500]:
        shifted = TextBuilder()
        shifted.add(title, BlockKind.HEADING, 1)
        for block in builder.blocks:
            shifted.add(builder.text[block.start : block.end], block.kind, block.level, block.header)
        builder = shifted
    year = re.search(r"(19|20)\d\d", root.get("date") or "")
    metadata = Metadata(title, root.get("author") or root.get("sitename") or "", year.group() if year else "")
    return metadata, Page(1, builder.text, tuple(builder.blocks))


def _add_element(builder: TextBuilder, element: _Element) -> None:
    match element.tag:
        case "head":
            builder.add("".join(element.itertext()), BlockKind.HEADING, int((element.get("rend") or "h2")[-1]))
        case "table":
            rows = (row for row in element.iter("row") if next(row.iterancestors("row"), None) is None)
            builder.add_table(["".join(cell.itertext()) for cell in row.iter("cell")] for row in rows)
        case _:
            builder.add("".join(element.itertext()))
