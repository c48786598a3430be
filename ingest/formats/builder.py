"""Text that grows block by block, for files whose text is taken from marks and parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.documents import Block, BlockKind
from ingest.tables import CAPTION

_MAX_CAPTION = 200


class TextBuilder:
    """Collects blocks of text, one a line, and keeps their offsets."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def add(self, text: str, kind: BlockKind = BlockKind.BODY, level: int = 0, header: str = "") -> None:
        """Append ``text`` as a block of its own; white space is squeezed, empty text is left out."""
        text = " ".join(text.split())
        if not text:
            return
        self.text += "\n" if self.text else ""
        self.blocks.append(Block(kind, len(self.text), len(self.text) + len(text), level, header))
        self.text += text

    def add_table(self, rows: Iterable[Sequence[str]]) -> None:
        """Append the rows of a table, cell by cell; its caption and its first row head them all."""
        squeezed = ([" ".join(cell.split()) for cell in row] for row in rows)
        texts = [" | ".join(row) for row in squeezed if any(row)]
        caption = self.text[self.blocks[-1].start : self.blocks[-1].end] if self.blocks else ""
        header = table_header(caption, texts[0]) if texts else ""
        for text in texts:
            self.add(text, BlockKind.TABLE, header=header)


def table_header(above: str, first_row: str) -> str:
    """Return what heads the rows of a table: the caption, if the text above it is one, and the first row."""
    return f"{above} {first_row}" if CAPTION.match(above) and len(above) <= _MAX_CAPTION else first_row
