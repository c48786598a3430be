"""What was requested on the page Cases, as encoded in the address: a link or a reload repeats it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_COUNTRIES = 4
"""Side by side."""
SUBJECT_CHARACTERS, QUESTIONS_CHARACTERS = 200, 2_000
_MOST = 300
"""Countries in an address; there are fewer in the world."""


class Kind(StrEnum):
    """What is made of the cases."""

    DOSSIER = "dossier"
    COMPARISON = "comparison"
    RECOMMENDATIONS = "recommendations"


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """A dossier of one country, a comparison of several, or the recommendations of some, or of all."""

    kind: Kind
    countries: tuple[str, ...] = ()
    """English names."""
    about: str = ""
    """The subject of a dossier; empty for all of it."""
    questions: tuple[str, ...] = ()
    """Of a comparison; none for the headings of a dossier."""

    def address(self) -> dict[str, list[str]]:
        """Return the parameters of the address, by name."""
        values = {"country": list(self.countries), "about": [self.about], "question": list(self.questions)}
        return {"kind": [str(self.kind)], **{name: each for name, each in values.items() if any(each)}}


NAMES = ("kind", "country", "about", "question")
"""Of the address."""


def read_request(address: Mapping[str, Sequence[str]]) -> CaseRequest | None:
    """Return what an address asks for; None when it asks for nothing, or for what cannot be made.

    What is too long is cut off where the page's own fields would end: anyone may write a link.
    """
    kind = next(iter(address.get("kind", ())), "")
    if kind not in tuple(Kind):
        return None
    most = MOST_COUNTRIES if kind == Kind.COMPARISON else 1 if kind == Kind.DOSSIER else _MOST
    countries = tuple(dict.fromkeys(filter(None, address.get("country", ()))))[:most]
    if kind == Kind.DOSSIER and not countries:
        return None
    about = " ".join(" ".join(address.get("about", ())).split())[:SUBJECT_CHARACTERS].strip()
    return CaseRequest(
        Kind(kind),
        countries,
        about if kind == Kind.DOSSIER else "",
        read_questions("\n".join(address.get("question", ()))) if kind == Kind.COMPARISON else (),
    )


def read_questions(lines: str) -> tuple[str, ...]:
    """Return the questions of a field, one a line."""
    return tuple(filter(None, (" ".join(line.split()) for line in lines[:QUESTIONS_CHARACTERS].splitlines())))
