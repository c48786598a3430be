"""Values of fields and typed text take their place among the parts of a page."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.documents import BlockKind
from ingest.pdf.form_values import FILLED_IN, Entry
from ingest.pdf.lines import Line
from ingest.pdf.parts import Part


def with_added(parts: Sequence[Part], entries: Sequence[Entry], origin: tuple[float, float]) -> list[Part]:
    """Return ``parts`` with ``entries`` behind the words beside which they stand.

    A label that stands for itself becomes one part with its value ("Name of the victim: Ada"). ``origin`` is the lower
    left corner of what is shown of the page, in points.
    """
    placed = list(parts)
    for entry in sorted(entries, key=lambda entry: (-entry.box[3], entry.box[0])):
        left, bottom, right, top = entry.box
        line = Line(
            entry.text,
            -1,
            left - origin[0],
            bottom - origin[1],
            right - origin[0],
            top - origin[1],
            top - bottom,
            False,
        )
        where = _place(placed, line)
        if entry.printed and where is not None and _is_label(placed[where], entry.label):
            label = placed[where].lines
            beside = max(line.left, label[-1].right + label[-1].size)
            value = Line(line.text, -1, beside, line.bottom, max(line.right, beside), line.top, line.size, False)
            placed[where] = Part(BlockKind.ITEM, [*label, value], header=FILLED_IN, box=entry.box)
            continue
        header = f"{entry.label.rstrip(' :')}, {entry.manner}" if entry.label else entry.manner
        part = Part(BlockKind.ITEM, [line], header=header, box=entry.box)
        placed.insert(len(placed) if where is None else where + 1, part)
    return placed


def _place(parts: Sequence[Part], value: Line) -> int | None:
    """Return the part behind which ``value`` is read: the lowest one beside it or over it; None where none is."""
    middle = (value.bottom + value.top) / 2
    best, lowest = None, float("inf")
    for index, part in enumerate(parts):
        if part.kind in (BlockKind.FURNITURE, BlockKind.FOOTNOTE):
            continue
        bottom = min(line.bottom for line in part.lines)
        beside = part.lines[-1].top > middle > bottom and part.lines[-1].left < value.left
        if (beside or bottom >= value.top - 4) and bottom <= lowest:
            best, lowest = index, bottom
    return best


def _is_label(part: Part, label: str) -> bool:
    words = " ".join(line.text for line in part.lines)
    return part.box is None and part.kind is not BlockKind.TABLE and words.strip(" :") == label.strip(" :")
