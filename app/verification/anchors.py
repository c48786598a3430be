"""The numbers, dates and times of a text as something that its words are connected with."""

from __future__ import annotations

from dataclasses import dataclass

from app.verification.fact_checks import same_figure
from app.verification.wording import Wording
from ingest.language.dates import Date
from ingest.language.figures import Figure


@dataclass(frozen=True, slots=True)
class Anchor:
    """A figure or date that other words are connected with."""

    kind: str
    clause: int
    shown: str
    figure: Figure | None = None
    date: Date | None = None

    def same(self, other: Anchor) -> bool:
        """Return whether both are one number, or times that agree."""
        if self.figure and other.figure:
            return same_figure(self.figure, other.figure)
        if self.date and other.date:
            return self.date.agrees(other.date) or other.date.agrees(self.date)
        date, figure = self.date or other.date, self.figure or other.figure
        return bool(date and figure and date.year == int(figure.value))


def anchors_of(wording: Wording) -> list[Anchor]:
    """Return the figures, dates and relative times ("a year later") of a text."""
    figures = [
        Anchor(_kind(figure), wording.clause_of(figure.start), figure.shown, figure=figure)
        for figure in wording.figures.numbers
        if not figure.loose
    ]
    dates = [Anchor("year", wording.clause_of(date.start), date.shown, date=date) for date in wording.figures.dates]
    relative = wording.find(wording.cues.relative) if wording.cues else []
    later = [Anchor("year", wording.words[end - 1].clause, wording.words[end - 1].text) for _, end in relative]
    return figures + dates + later


def _kind(figure: Figure) -> str:
    return "percent" if figure.kind == "fraction" else figure.kind
