"""Plain text: paragraphs between blank lines."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.documents import Block, BlockKind, Metadata, Page
from ingest.formats.decoding import decode
from ingest.formats.safety import capped
from ingest.limits import Limits

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")


def read_text(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read plain text; paragraphs end at blank lines. Offsets are into the decoded file."""
    text = capped(decode(path), path, limits)
    blocks = [Block(BlockKind.BODY, m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    return Metadata(), Page(1, text, tuple(blocks))
