"""A guide as data: what one report is about, its figures, dates and names, and questions that it answers."""

from __future__ import annotations

from dataclasses import dataclass

from app.answers import AnswerSentence, Citation


@dataclass(frozen=True, slots=True)
class Event:
    """A sentence that tells of a dated event."""

    year: int
    month: int
    day: int
    """0 where only the month is given."""
    sentence: AnswerSentence

    @property
    def date(self) -> str:
        """The date in ISO 8601, as far as it is known: "2020-03-08", "2020-03"."""
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


@dataclass(frozen=True, slots=True)
class Named:
    """A person or an organisation that the report names, and a sentence that does."""

    name: str
    mentions: int
    citation: int
    """The number of its citation."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What the product says of one report. Title, publisher and the like are the catalogue's, and not repeated here."""

    document: str
    """The report's id."""
    about: tuple[AnswerSentence, ...]
    """What it says of itself: its summary, key findings, conclusions."""
    figures: tuple[AnswerSentence, ...]
    """How many, how much."""
    events: tuple[Event, ...]
    """In the order of their dates."""
    names: tuple[Named, ...]
    """The most named first."""
    citations: tuple[Citation, ...]
    """What the numbers of all of it open."""
    questions: tuple[str, ...] | None = None
    """Each was asked of the report and answered from where its heading promises, in the order of the report. None
    until that was tried: it takes many times as long as all else."""

    @property
    def sentences(self) -> tuple[AnswerSentence, ...]:
        """All quoted sentences, in the order in which they are shown."""
        return (*self.about, *self.figures, *(event.sentence for event in self.events))
