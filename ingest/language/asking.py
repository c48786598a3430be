"""What kind of thing a question asks for, by its question words in eight languages."""

from __future__ import annotations

import re
from enum import StrEnum

import regex


class AskedFor(StrEnum):
    """A kind of answer."""

    AMOUNT = "amount"
    """Of money."""
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    """Or an organisation."""
    PLACE = "place"


_NEGATED = re.compile(r"\b(?:not|never|no longer|\w+n[’']t)\b", re.IGNORECASE)
_PATTERNS = (
    (
        AskedFor.AMOUNT,
        regex.compile(
            r"\bhow much (?:\w+ )?(?:money|funding|aid|compensation)\b|\b(?:annual|total) budget\b"
            r"|\bcombien d[e']\s?argent\b|\bcuánto dinero\b|\bсколько (?:денег|стоит)\b|\bкакую сумму\b|канча акча"
            r"|कति रकम|कति पैसा|ទឹកប្រាក់ប៉ុន្មាន|លុយប៉ុន្មាន",
            regex.IGNORECASE,
        ),
    ),
    (
        AskedFor.NUMBER,
        regex.compile(
            r"\bhow many\b|\bwhat (?:share|percentage|proportion|number)\b|\bcombien\b|\bcuánt[oa]s\b|\bсколько\b"
            r"|\bканча\b|\bكم\b|कति जना|कति वटा|कतिवटा|ប៉ុន្មាននាក់|ចំនួនប៉ុន្មាន",
            regex.IGNORECASE,
        ),
    ),
    (
        AskedFor.DATE,
        regex.compile(
            r"^when\b|\bwhat (?:year|date)\b|\bwhich year\b|^quand\b|^cuándo\b|^когда\b|\bкачан\b|^متى|कहिले"
            r"|នៅពេលណា|ថ្ងៃណា|ឆ្នាំណា",
            regex.IGNORECASE,
        ),
    ),
    (
        AskedFor.PERSON,
        regex.compile(r"^(?:who|whom)\b|^qui\b|^quién(?:es)?\b|^кто\b|\bким\b|कसले|នរណា", regex.IGNORECASE),
    ),
    (
        AskedFor.PLACE,
        regex.compile(r"^where\b|^où\b|^dónde\b|^где\b|\bкайда\b|^أين|कहाँ|ទីណា|កន្លែងណា", regex.IGNORECASE),
    ),
)


def asked_for(question: str) -> AskedFor | None:
    """Return the kind of thing that ``question`` asks for; None where no question word names one."""
    text = question.strip(" ¿\"'«“")
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), None)


def is_negated(question: str) -> bool:
    """Return whether an English question says "not"."""
    return bool(_NEGATED.search(question))
