"""What identifies people by its form alone: e-mail addresses, telephone and identity numbers, streets."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from phonenumbers import Leniency, PhoneNumberMatcher

_EMAIL = regex.compile(r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+")
_HANDLE = regex.compile(r"(?<![\p{L}\p{N}@.])@[\p{L}\p{N}_]{3,}")
_ID = regex.compile(
    r"(?i:\b(?:passport|id|identity|identification|national id|citizenship|case|pasaporte|cédula|dni|passeport"
    r"|паспорт|инн|снилс)"
    r"(?: card| no\.?| number| n[o°º]\.?| №|:|\s)*\s*)(?P<number>(?=[\p{L}\p{N}/-]*\d)[\p{Lu}\p{N}][\p{Lu}\p{N}/-]{4,})"
)
_LONG_NUMBER = regex.compile(r"(?<![\p{N}.,/-])\d{9,}(?![\p{N}/-])")
_STREET = regex.compile(
    r"\b\d{1,5}[a-zA-Z]?,?\s+(?:\p{Lu}[\p{L}’'-]+\s+){1,3}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Boulevard|Marg)\b"
    r"|\b(?:Street|St\.)\s+\d{1,5}\b|\b(?:House|Apartment|Flat)\s+(?:No\.?\s*)?\d+[A-Za-z]?\b"
    r"|\b(?:[Cc]alle|[Rr]ue|[Аа]венида|[Cc]arrera)\s+(?:[\p{Lu}\d][\p{L}\d]*\s*){1,3}(?:#|№|n[°º])?\s*\d+[\d-]*"
    r"|\b(?:ул\.|улица|улице)\s+\p{Lu}[\p{L}-]+,?\s*(?:д\.|дом)?\s*\d+(?:,?\s*кв\.?\s*\d+)?"
)


def find_by_form(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``(term, kind)``: what is found, as it is written, and "e-mail", "phone", "number" or "address"."""
    for pattern in (_EMAIL, _HANDLE):
        yield from ((found[0].rstrip("."), "e-mail") for found in pattern.finditer(text))
    # Only numbers written with their country's prefix differ from figures in any country.
    for match in PhoneNumberMatcher(text, None, leniency=Leniency.POSSIBLE):
        yield match.raw_string, "phone"
    yield from ((found["number"], "number") for found in _ID.finditer(text))
    yield from ((found[0], "number") for found in _LONG_NUMBER.finditer(text))
    yield from ((found[0], "address") for found in _STREET.finditer(text))
