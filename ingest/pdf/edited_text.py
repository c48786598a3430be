"""The text layer of a page with letters taken out, put together or set in order, and the way back to pdfium's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditedText:
    """A page's text; ``places`` are None as long as it is pdfium's own, one character a place."""

    text: str
    places: Sequence[int] | None = None
    """For every character its index in pdfium's text layer, or that of the one in whose place it stands."""

    def place(self, index: int) -> int:
        """Return where a character is in pdfium's text layer."""
        return index if self.places is None else self.places[index]

    def edit(self, changes: dict[int, str]) -> EditedText:
        """Return the text with characters replaced, by "" or by several, each by its index in this text."""
        if not changes:
            return self
        pieces, places = [], list[int]()
        for index, char in enumerate(self.text):
            new = changes.get(index, char)
            pieces.append(new)
            places += [self.place(index)] * len(new)
        return EditedText("".join(pieces), places)

    def reorder(self, start: int, order: Sequence[int]) -> EditedText:
        """Return the text with the characters from ``start`` in another order, which is given by their indices."""
        end = start + len(order)
        places = list(range(len(self.text))) if self.places is None else list(self.places)
        moved = "".join(self.text[index] for index in order)
        new_places = [places[index] for index in order]
        return EditedText(self.text[:start] + moved + self.text[end:], [*places[:start], *new_places, *places[end:]])

    def runs(self, start: int, count: int) -> list[tuple[int, int, int]]:
        """Return ``(start, source, length)`` of the runs of ``count`` characters that follow each other in pdfium's."""
        if self.places is None:
            return [(start, start, count)] if count else []
        found: list[tuple[int, int, int]] = []
        for index in range(start, start + count):
            place = self.places[index]
            if found and place == found[-1][1] + found[-1][2]:
                found[-1] = (*found[-1][:2], found[-1][2] + 1)
            else:
                found.append((index, place, 1))
        return found
