"""A page's stored text, put together from its parts, with the way back to the text layer."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.documents import Block, CharRun
from ingest.hyphens import JoinHyphen
from ingest.lines import same_row
from ingest.parts import Part


def compose(
    parts: Sequence[Part], join_hyphen: JoinHyphen
) -> tuple[str, tuple[Block, ...], tuple[CharRun, ...], tuple[tuple[int, int], ...]]:
    """Set a page's stored text from its parts, one part a line.

    Returns the text, its blocks, the runs that map its characters back to the text layer, and the footnote marks.
    """
    notes: list[tuple[int, int]] = []
    pieces: list[str] = []
    runs: list[CharRun] = []
    blocks: list[Block] = []
    length = 0

    def put(text: str, source: int) -> None:
        nonlocal length
        pieces.append(text)
        if source >= 0 and text:
            runs.append(CharRun(length, source, len(text)))
        length += len(text)

    for part in parts:
        lines = part.lines
        if length:
            put("\n", -1)
        start = length
        for index, line in enumerate(lines):
            if index == part.outside:
                start = length
            notes += [(length + note_start, length + note_end) for note_start, note_end in line.notes]
            put(line.text, line.source)
            if index + 1 == len(lines):
                continue
            following = lines[index + 1]
            if line.hyphen is not None:
                if not join_hyphen(line.text, following.text):
                    put("-", line.hyphen if line.source >= 0 else -1)
            elif not (same_row(line, following) and following.left - line.right < 0.2 * line.size):
                put(" ", -1)
        if lines[-1].hyphen is not None:
            put("-", lines[-1].hyphen if lines[-1].source >= 0 else -1)
        blocks.append(Block(part.kind, start, length, part.level, part.header, part.number))
    return "".join(pieces), tuple(blocks), tuple(runs), tuple(notes)
