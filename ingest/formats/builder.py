"""Text that grows block by block, for files whose text is taken from marks and parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.documents import Block, BlockKind
from ingest.formats.direction import count_overrides
from ingest.invisible import visible_text
from ingest.messages import Message, message
from ingest.openings import CAPTION, OWN_MARK

_MAX_CAPTION = 200


class TextBuilder:
    """Collects blocks of text, one a line, and keeps their offsets."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.overrides = 0
        """How many signs that turn the direction of letters were left out."""
        self._lines: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """All of it, one block a line."""
        return "\n".join(self._lines)

    @property
    def last(self) -> str:
        """The text of the last block; "" before the first."""
        return self._lines[-1] if self._lines else ""

    def add(
        self, text: str, kind: BlockKind = BlockKind.BODY, level: int = 0, header: str = "", number: str = ""
    ) -> None:
        """Append ``text`` as a block of its own; white space is squeezed, empty text is left out."""
        text = " ".join(self._seen(text).split())
        if kind is BlockKind.FOOTNOTE:
            mark = OWN_MARK.match(text)
            text = text[mark.end() :] if mark else text
        if not text:
            return
        start = self._length + 1 if self._lines else 0
        self._lines.append(text)
        self._length = start + len(text)
        self.blocks.append(Block(kind, start, self._length, level, header, number))

    def add_table(self, rows: Iterable[Sequence[str]]) -> None:
        """Append the rows of a table, cell by cell; its caption and its first row head them all."""
        squeezed = ([" ".join(self._seen(cell).split()) for cell in row] for row in rows)
        texts = [" | ".join(row) for row in squeezed if any(row)]
        header = table_header(self.last, texts[0]) if texts else ""
        for text in texts:
            self.add(text, BlockKind.TABLE, header=header)

    def extend(self, other: TextBuilder) -> None:
        """Append the blocks of ``other``."""
        for block, line in zip(other.blocks, other._lines, strict=True):
            self.add(line, block.kind, block.level, block.header, block.number)
        self.overrides += other.overrides

    def remarks(self) -> list[Message]:
        """Return what a reader must know of the text: one clause, or none."""
        return [message("holds signs that turn the direction of letters: left out")] if self.overrides else []

    def _seen(self, text: str) -> str:
        if text.isascii():
            return text
        self.overrides += count_overrides(text)
        return visible_text(text)


def table_header(above: str, first_row: str) -> str:
    """Return what heads the rows of a table: the caption, if the text above it is one, and the first row."""
    return f"{above} {first_row}" if CAPTION.match(above) and len(above) <= _MAX_CAPTION else first_row
