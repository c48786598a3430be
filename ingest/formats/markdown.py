"""Markdown: the text keeps its marks."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.documents import Block, BlockKind, Metadata, Page
from ingest.formats.builder import table_header
from ingest.formats.decoding import decode
from ingest.formats.safety import capped
from ingest.limits import Limits

_MARKDOWN_KINDS = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.BODY,
    "tr_open": BlockKind.TABLE,
    "fence": BlockKind.BODY,
    "code_block": BlockKind.BODY,
    "html_block": BlockKind.FURNITURE,
}


def read_markdown(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read Markdown with markdown-it; the text keeps its marks, so offsets are into the decoded file."""
    from markdown_it import MarkdownIt

    text = capped(decode(path), path, limits)
    starts = [0, *(m.end() for m in re.finditer(r"\n", text)), len(text)]
    front = re.match(r"---\n(.*?)\n---\n", text, re.S)
    metadata = _front_matter(front.group(1)) if front else Metadata()
    blocks: list[Block] = []
    header = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        kind = _MARKDOWN_KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        start, end = starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
        start = max(start, blocks[-1].end if blocks else 0, front.end() if front else 0)
        raw = text[start:end]
        lead = re.match(r"[\s#>|]*(?:[-*+]\s+)?", raw)
        start += lead.end() if lead else 0
        end = start + len(text[start:end].rstrip(" \t\r\n#|"))
        if start < end:
            if kind is not BlockKind.TABLE:
                header = ""
            elif not header:
                above = " ".join(text[blocks[-1].start : blocks[-1].end].split()) if blocks else ""
                header = table_header(above.strip("*_"), text[start:end])
            level = int(token.tag[1:]) if kind is BlockKind.HEADING else 0
            blocks.append(Block(kind, start, end, level, header))
    return metadata, Page(1, text, tuple(blocks))


def _front_matter(text: str) -> Metadata:
    fields = dict(re.findall(r"^(\w+):\s*[\"']?(.*?)[\"']?\s*$", text, re.M))
    year = re.search(r"(19|20)\d\d", fields.get("date", ""))
    return Metadata(fields.get("title", ""), fields.get("author", ""), year.group() if year else "")
