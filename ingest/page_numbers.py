"""Numbers of pages as people write them."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.messages import Message, message


def page_ranges(numbers: Iterable[int]) -> Message:
    """Return page numbers as people write them: "page 3", "pages 3–9, 12"."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    text = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    if len(ordered) == 1:
        return message("page {numbers}", numbers=text)
    return message("pages {numbers}", numbers=text)
