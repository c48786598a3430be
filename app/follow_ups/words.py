"""The words by which a question refers to the one before it, language by language; they are in ``words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from ingest.language.function_words import function_words

_PHRASES = frozenset({"leads", "tails", "alone"})
"""Separated by "|"; the others are single words."""


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """Words of one language, in lower case, with "'" for "’"."""

    leads: frozenset[str] = frozenset()
    """With which a follow-up begins: "and", "what about"."""
    tails: frozenset[str] = frozenset()
    """With which one ends."""
    alone: frozenset[str] = frozenset()
    """Whole questions that only make sense after another: "why", "says who"."""
    pronouns: frozenset[str] = frozenset()
    """That stand for something named before."""
    ends: frozenset[str] = frozenset()
    """That do so as a question's last word only: "there"."""
    asking: frozenset[str] = frozenset()
    """With which a complete question begins."""
    light: frozenset[str] = frozenset()
    """That name nothing: function words, and verbs and adverbs of little meaning."""


@cache
def follow_up_words() -> dict[str, FollowUpWords]:
    """Return the words of every language that has some, by ISO 639-1 code."""
    read = tomllib.loads(files("app.follow_ups").joinpath("words.toml").read_text(encoding="utf-8"))
    names = [item.name for item in fields(FollowUpWords)]
    found = {}
    for code, table in read.items():
        lists = {name: _split(table[name], name in _PHRASES) for name in names if name in table}
        lists["light"] = lists.get("light", frozenset()) | function_words(code)
        found[code] = FollowUpWords(**lists)
    return found


def _split(text: str, phrases: bool) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in (text.split("|") if phrases else text.split()))
