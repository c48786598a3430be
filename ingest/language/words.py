"""Words of a text, how they are compared (folded, stemmed), and the word lists in ``lists/CODE.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

import regex

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-‑.][\p{L}\p{M}\p{N}]+|(?<=\p{Nd}),\p{Nd}{2,3})*")
"""A word; hyphens and dots between letters belong to it ("24.kg", "Russian-style"), apostrophes end it."""
_STEMMERS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "ne": "nepali",
    "ru": "russian",
}


def fold(word: str) -> str:
    """Return a word as it is compared: without case, with one kind of hyphen."""
    return word.casefold().replace("‑", "-")


def stemmer(language: str) -> Callable[[str], str]:
    """Return the Snowball stemmer of a language (ISO 639-1); without one, a word's first five letters are its stem."""
    name = _STEMMERS.get(language)
    if name is None:
        return lambda word: word[:5]
    return _snowball(name)


@cache
def _snowball(name: str) -> Callable[[str], str]:
    import snowballstemmer

    made, one_at_a_time = snowballstemmer.stemmer(name), Lock()

    @cache
    def stem(word: str) -> str:
        with one_at_a_time:  # the stemmer works in a buffer of its own, which all threads share
            return str(made.stemWord(word))

    return stem


@cache
def word_lists(language: str) -> Mapping[str, Any]:
    """Return the word lists of a language (ISO 639-1), as its file has them; empty where there is no file."""
    if language not in languages_with_lists():
        return {}
    return tomllib.loads(files("ingest.language").joinpath("lists", f"{language}.toml").read_text(encoding="utf-8"))


@cache
def languages_with_lists() -> tuple[str, ...]:
    """Return the codes of the languages that have word lists."""
    folder = files("ingest.language").joinpath("lists")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def items(listed: str) -> list[str]:
    """Return the words and phrases of a list that is separated by commas."""
    return [" ".join(item.split()) for item in listed.split(",") if item.strip()]
