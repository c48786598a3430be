"""Text that grows block by block, for files whose text is taken from marks and parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.documents import Block, BlockKind
from ingest.tables import CAPTION

_MAX_CAPTION = 200


class TextBuilder:
    """Collects blocks of text, one a line, and keeps their offsets."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines: list[str] = []
        self._length = -1

    @property
    def text(self) -> str:
        """All blocks so far, one a line."""
        return "\n".join(self._lines)

    def add(
        self, text: str, kind: BlockKind = BlockKind.BODY, level: int = 0, header: str = "", number: str = ""
    ) -> None:
        """Append ``text`` as a block of its own; white space is squeezed, empty text is left out."""
        text = " ".join(text.split())
        if not text:
            return
        start = self._length + 1
        self._length = start + len(text)
        self._lines.append(text)
        self.blocks.append(Block(kind, start, self._length, level, header, number))

    def add_table(self, rows: Iterable[Sequence[str]]) -> None:
        """Append the rows of a table, cell by cell; its caption and its first row head them all."""
        squeezed = ([" ".join(cell.split()) for cell in row] for row in rows)
        texts = [" | ".join(row) for row in squeezed if any(row)]
        caption = self._lines[-1] if self._lines else ""
        header = table_header(caption, texts[0]) if texts else ""
        for text in texts:
            self.add(text, BlockKind.TABLE, header=header)


def table_header(above: str, first_row: str) -> str:
    """Return what heads the rows of a table: the caption, if the text above it is one, and the first row."""
    return f"{above} {first_row}" if CAPTION.match(above) and len(above) <= _MAX_CAPTION else first_row
