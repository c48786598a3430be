"""What a question says or asks for and no shown quote covers, as data and in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.messages import Message, message


class GapKind(StrEnum):
    """What is not covered."""

    COUNTRY = "country"
    YEAR = "year"
    NUMBER = "number"
    NAME = "name"
    TOGETHER = "together"
    """Countries and years: each is covered, no quote covers all of them."""
    ASKED_PERSON = "asked_person"
    ASKED_DATE = "asked_date"
    ASKED_NUMBER = "asked_number"
    ASKED_AMOUNT = "asked_amount"
    ASKED_PLACE = "asked_place"
    NEGATION = "negation"
    """The question says "not"; the quotes that share most words with it do not."""


NAMED = frozenset({GapKind.COUNTRY, GapKind.YEAR, GapKind.NAME})
"""Things that a question names: quotes that leave one out answer another question."""
PAST = NAMED | {GapKind.ASKED_AMOUNT}
"""What makes quotes no answer. Other gaps are said beside one: they alarm too often (docs/refusal.md)."""
_ASKED = {
    GapKind.ASKED_PERSON: message("No quote names a person or an organisation."),
    GapKind.ASKED_DATE: message("No quote gives a date."),
    GapKind.ASKED_NUMBER: message("No quote gives a number."),
    GapKind.ASKED_AMOUNT: message("No quote gives an amount of money."),
    GapKind.ASKED_PLACE: message("No quote names a place."),
    GapKind.NEGATION: message("The question says “not”; the quotes nearest to it do not."),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that no quote covers."""

    kind: GapKind
    words: str = ""
    """As the question has it; a country by its English name. Empty for a kind of answer."""

    @property
    def says(self) -> Message:
        """The gap in a sentence for the reader."""
        if self.kind is GapKind.COUNTRY:
            return message("No quote is about {country}.", country=self.words)
        return _ASKED.get(self.kind) or message("No quote mentions {words}.", words=self.words)
