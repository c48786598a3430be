"""The printed lines of a PDF's first and last pages, from which its title, publisher and authors are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2

from ingest.documents import PrintedLine
from ingest.pdf.lines import Line
from ingest.pdf.right_to_left import runs_left

_FIRST, _LAST = 4, 2
"""Pages that are looked at, from either end."""
_MOST_LINES = 120
"""Of a page."""
_CELL_GAP = 1.0
"""Width of a gap that divides a line, in line heights: a symbol stands to the right of its publisher."""


def first_pages(
    pdf: pypdfium2.PdfDocument, pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[PrintedLine, ...]:
    """Return the lines of the first and last pages, top to bottom; what a wide gap divides is two lines."""
    numbers = sorted({*range(min(_FIRST, len(pages))), *range(max(len(pages) - _LAST, 0), len(pages))})
    found = list[PrintedLine]()
    for index in numbers:
        lines = pages[index][:_MOST_LINES]
        cells = [cell for line in lines for cell in _cells(pdf, index, line, heights[index])]
        found += sorted(cells, key=lambda cell: (-round(cell.top), cell.left))
    return tuple(found)


def _cells(pdf: pypdfium2.PdfDocument, index: int, line: Line, height: float) -> Iterator[PrintedLine]:
    """Yield a line, or the parts of it that wide gaps divide."""
    edges, text = [line.left], _with_stars(line)
    cells = list[tuple[str, float, float]]()
    gaps = [gap for gap in line.gaps if gap[1] - gap[0] > _CELL_GAP * line.size]
    if gaps and not runs_left(text):
        page = pdf[index].get_textpage()
        for left, right in gaps:
            head = _squeezed(page.get_text_bounded(edges[-1] - 1, line.bottom, left + 1, line.top))
            length = _prefix(text, head)
            if not length:
                break
            cells.append((text[:length].strip(), edges[-1], left))
            edges.append(right)
            text = text[length:].strip()
    cells.append((text, edges[-1], line.right))
    for words, left, right in cells:
        if words:
            yield PrintedLine(index + 1, words, line.size, line.bold, left, line.bottom, right, line.top, height)


def _with_stars(line: Line) -> str:
    """Return a line's text with a star for each mark of a note: its figures are no words of a title or a name."""
    text = line.text
    for start, end in sorted(line.notes, reverse=True):
        text = f"{text[:start].rstrip()}*{text[end:]}"
    return text


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _prefix(text: str, head: str) -> int:
    """Return how many characters of ``text`` are ``head``, blanks aside; 0 if it begins otherwise or has no more."""
    done = 0
    for index, char in enumerate(text):
        if char.isspace():
            continue
        if done == len(head):
            return index if done else 0
        if char != head[done]:
            return 0
        done += 1
    return 0
