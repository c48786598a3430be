"""A page's stored text, put together from its parts, with the way back to the text layer."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.documents import Block, BlockKind, CharRun
from ingest.openings import OWN_MARK
from ingest.pdf.hyphens import JoinHyphen
from ingest.pdf.lines import Line, gap_beside
from ingest.pdf.parts import Part

_CLOSING = frozenset(" .,;:!?)]”’»")
"""What follows a mark without the blank that may stand before it."""


def compose(
    parts: Sequence[Part], join_hyphen: JoinHyphen
) -> tuple[str, tuple[Block, ...], tuple[CharRun, ...], tuple[tuple[int, int], ...]]:
    """Set a page's stored text from its parts, one part a line.

    Returns the text, its blocks, the runs that map its characters back to the text layer, and the places of footnote
    marks, which are left out: a figure joined to a word or a number would be read as part of it.
    """
    notes: list[tuple[int, int]] = []
    pieces: list[str] = []
    runs: list[CharRun] = []
    blocks: list[Block] = []
    length = 0

    def put(text: str, line: Line | None = None, source: int = -1) -> None:
        nonlocal length
        pieces.append(text)
        if line is not None and source >= 0:
            runs.extend(
                CharRun(length + start - source, place, count)
                for start, place, count in line.layer.runs(source, len(text))
            )
        length += len(text)

    for part in parts:
        lines = part.lines
        if length:
            put("\n")
        start = length
        for index, line in enumerate(lines):
            if index == part.outside:
                start = length
            at = 0
            mark = OWN_MARK.match(line.text) if part.kind is BlockKind.FOOTNOTE and not index else None
            if mark is not None:  # the note's own: on the page, and no part of its words
                put(mark.group(), line, line.source)
                put(" ")
                at, start = mark.end(), length
            for start_note, end_note in line.notes:
                before = line.text[at:start_note]
                # The blank that set the mark apart goes with it; one that it stood for comes.
                closed = end_note == len(line.text) or line.text[end_note] in _CLOSING
                put(before.rstrip() if closed else before, line, line.source + at)
                notes.append((length, length))
                joined = before[-1:].isalnum() and line.text[end_note : end_note + 1].isalnum()
                put(" " if joined else "")
                at = end_note
            put(line.text[at:], line, line.source + at)
            if index + 1 == len(lines):
                continue
            following = lines[index + 1]
            if line.hyphen is not None:
                if not join_hyphen(line.text, following.text):
                    put(_hyphen(line), line, line.hyphen)
            else:
                gap = gap_beside(line, following)
                beside = gap is not None and gap < 0.2 * line.size
                # A mark at the line's end stood for the blank.
                parted = at == len(line.text) and following.text[0].isalnum()
                put(" " if parted or not beside else "")
        if lines[-1].hyphen is not None:
            put(_hyphen(lines[-1]), lines[-1], lines[-1].hyphen)
        blocks.append(Block(part.kind, start, length, part.level, part.header, part.number))
    return "".join(pieces), tuple(blocks), tuple(runs), tuple(notes)


def _hyphen(line: Line) -> str:
    """Return the hyphen at a line's end as it is printed: pdfium has a sign of its own for it."""
    sign = line.layer.text[line.hyphen : line.hyphen + 1] if line.hyphen is not None else ""
    return sign if sign in ("–", "‑") else "-"
