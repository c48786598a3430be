"""The words of title pages, compared folded: case, accents and kinds of apostrophe do not count."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import regex

from ingest.language.folding import fold

_BETWEEN = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files("ingest.title_page").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the phrases of a list of ``words.toml``, folded, the longest first."""
    listed = _lists()[name]
    found = {spaced(phrase) for phrase in (listed.split(",") if "," in listed else listed.split())}
    return tuple(sorted(found - {""}, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![^ ])(?:{'|'.join(map(regex.escape, phrases(name)))})(?![^ ])")


def spaced(text: str) -> str:
    """Return folded words with one blank between them and no punctuation."""
    return " ".join(_BETWEEN.split(fold(text))).strip()


@cache
def _words() -> frozenset[str]:
    return frozenset(word for name in _lists() for phrase in phrases(name) for word in phrase.split())


def is_listed(word: str) -> bool:
    """Return whether a word is one of any list: no acronym, then."""
    return spaced(word) in _words()


def has_phrase(name: str, text: str) -> bool:
    """Return whether a phrase of the list stands in ``text``, at whole words."""
    return bool(_pattern(name).search(spaced(text)))


def opening_phrase(name: str, text: str) -> str:
    """Return the longest phrase of the list that ``text`` begins with, folded; "" where it begins with none."""
    words = spaced(text)
    return next((phrase for phrase in phrases(name) if words == phrase or words.startswith(f"{phrase} ")), "")


def after_phrase(name: str, text: str) -> str:
    """Return what follows the phrase of the list that ``text`` begins with; "" where it begins with none.

    The phrase must be marked off from what follows: by a colon, or by a capital letter.
    """
    phrase = opening_phrase(name, text)
    if not phrase:
        return ""
    rest, left = text.strip(), len(phrase.split())
    while left and rest:
        match = regex.match(r"[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]+[^\p{L}\p{M}\p{N}]*", rest)
        if not match:
            return ""
        rest, left = rest[match.end() :], left - 1
    return rest.strip()
