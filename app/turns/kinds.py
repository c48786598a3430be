"""What a person may want who types into the one box that there is."""

from __future__ import annotations

from enum import StrEnum


class TurnKind(StrEnum):
    """What kind of turn it is."""

    QUESTION = "question"
    """To the reports. What a turn is taken for when in doubt."""
    HELP = "help"
    """A greeting, thanks, or a question about the assistant."""
    CATALOGUE = "catalogue"
    """What is in the library."""
    ABOUT = "about"
    """One report as such: title, author, date, pages, subject."""
    OVERVIEW = "overview"
    """What a report finds, in short."""
    DOSSIER = "dossier"
    """The case of a country."""
    COMPARISON = "comparison"
    """Several countries side by side."""
    RECOMMENDATIONS = "recommendations"
    TIMELINE = "timeline"
    SHORTER = "shorter"
    MORE = "more"
    NTH = "nth"
    """One of the quotes on the screen."""
    WHO_SAID = "who_said"
    SOURCE = "source"
    TRANSLATE = "translate"


AFTER_AN_ANSWER = frozenset(
    {TurnKind.SHORTER, TurnKind.MORE, TurnKind.NTH, TurnKind.WHO_SAID, TurnKind.SOURCE, TurnKind.TRANSLATE}
)
"""Kinds that speak of an answer on the screen, and mean nothing without one."""
