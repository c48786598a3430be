"""Read which case a person asks for: "Summarise the case of Nepal: women and girls"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.errors import UsageError
from ingest.language.countries import country_name, find_countries
from ingest.language.detection import language_of

_SUBJECT = re.compile(r"[:：]\s*(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """A country, as a person writes it, and the subject that a summary is to keep to; empty for all."""

    country: str
    about: str


def read_case_question(question: str, country: str = "") -> CaseQuestion:
    """Return what a question asks for. The subject is what comes after a colon: nothing is guessed.

    Raises:
        UsageError: no country is given, and the question names none.
    """
    subject = _SUBJECT.search(question)
    about = subject.group(1).strip().rstrip(".?!؟।។ ") if subject else ""
    if not country.strip():
        named = find_countries(question) or find_countries(question, language_of(question))
        if not named:
            raise UsageError(f"No country is named in {question!r}: give the line a country.")
        country = country_name(named[0])
    return CaseQuestion(country, about)
