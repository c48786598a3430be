"""What comes back on page after page, and the number of every page, told from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.pdf.furniture import edges, find_furniture
from ingest.pdf.labels import chosen_labels, names, printed_labels
from ingest.pdf.lines import Line
from ingest.pdf.spreads import Halves, joined_labels


def find_running(
    pages: Sequence[Sequence[Line]],
    heights: Sequence[float],
    marks: Sequence[set[int]],
    spreads: Mapping[int, Halves],
    own: Sequence[str],
) -> tuple[list[set[int]], list[str]]:
    """Return, for every page, the indices of its running lines, and its label.

    Args:
        pages: The lines of every page.
        heights: Of the pages, in points.
        marks: Indices of the lines that are marks over every page; they are no running lines.
        spreads: The sheets that show two pages, each of which counts for itself.
        own: The labels that the file gives.
    """
    sides = [
        (number, [index for index in half if index not in marks[number]])
        for number, lines in enumerate(pages)
        for half in spreads.get(number, (tuple(range(len(lines))),))
    ]
    texts = [[pages[number][index] for index in side] for number, side in sides]
    side_heights = [heights[number] for number, _ in sides]
    found = find_furniture(texts, side_heights)
    at_edges = [edges(lines, height) for lines, height in zip(texts, side_heights, strict=True)]
    printed = printed_labels(
        [[lines[index].text for index in sorted(skip)] for lines, skip in zip(texts, found, strict=True)],
        [[lines[i].text for i in outer] for lines, outer in zip(texts, at_edges, strict=True)],
    )
    running: list[set[int]] = [set() for _ in pages]
    labels: list[list[str]] = [[] for _ in pages]
    for (number, side), lines, skip, outer, label in zip(sides, texts, found, at_edges, printed, strict=True):
        running[number] |= {side[index] for index in skip}
        counted = (label, str(number + 1))  # of a report of one page nothing comes back
        running[number] |= {side[index] for index in outer if any(names(lines[index].text, name) for name in counted)}
        labels[number].append(label)
    return running, chosen_labels(own, [joined_labels(of_page) for of_page in labels])
