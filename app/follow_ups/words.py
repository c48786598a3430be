"""By which words a question leans on the one before it, language by language; they stand in a file of their own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

_PHRASES = frozenset({"leads", "tails", "alone"})
"""Parted by "|"; the others are single words."""


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """Words of one language, in lower case, with "'" for "’"."""

    leads: frozenset[str] = frozenset()
    """With which a follow-up begins: "and", "what about"."""
    tails: frozenset[str] = frozenset()
    """With which one ends."""
    alone: frozenset[str] = frozenset()
    """Whole questions that ask on: "why", "says who"."""
    pronouns: frozenset[str] = frozenset()
    """That stand for something named before."""
    ends: frozenset[str] = frozenset()
    """That do so as a question's last word alone: "there"."""
    asking: frozenset[str] = frozenset()
    """With which a whole question begins."""
    light: frozenset[str] = frozenset()
    """That name nothing: small words, question words and verbs of all work."""


@cache
def follow_up_words() -> dict[str, FollowUpWords]:
    """Return the words of every language that has some, by ISO 639-1 code."""
    read = tomllib.loads(files("app.follow_ups").joinpath("words.toml").read_text(encoding="utf-8"))
    names = [item.name for item in fields(FollowUpWords)]
    return {
        code: FollowUpWords(**{name: _parted(table[name], name in _PHRASES) for name in names if name in table})
        for code, table in read.items()
    }


def _parted(text: str, phrases: bool) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in (text.split("|") if phrases else text.split()))
