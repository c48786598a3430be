"""The fixed headings of a case."""

from __future__ import annotations

from dataclasses import dataclass

RECOMMENDATIONS = "Recommendations"


@dataclass(frozen=True, slots=True)
class Heading:
    """A fixed heading, and what a comparison asks for it."""

    title: str
    question: str


HEADINGS = (
    Heading("Situation", "What is the human rights situation?"),
    Heading("Who is at risk", "Who is at risk?"),
    Heading("What happened", "What happened?"),
    Heading("How defenders respond", "How do defenders respond?"),
    Heading("Protection and support", "What protection and support is there?"),
    Heading(RECOMMENDATIONS, "What is recommended?"),
)
AT_RISK = next(index for index, heading in enumerate(HEADINGS) if heading.title == "Who is at risk")
HAPPENED = next(index for index, heading in enumerate(HEADINGS) if heading.title == "What happened")
