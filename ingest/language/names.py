"""Which words of a text are names: one decision, by capitals, for every language that has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from ingest.language.function_words import function_words, request_words
from ingest.language.words import WORD, fold

_TITLES = "Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt"
_OPENS = regex.compile(rf"(?:^|(?<!\b(?:{_TITLES}|\p{{Lu}}))\.|[!?:;•…*।])[\s\"“”«»(\[‘’'–—-]*$")
"""What stands before a word that has a capital because a sentence begins with it; "Dr." ends no sentence."""
_BEFORE = 24
"""Characters before a word that are looked at."""
_ALL_CAPITALISED = 0.6
"""Share of words with a capital from which capitals say nothing: a title, or a question in title case."""
_FEW_WORDS = 3
_NOUNS_HAVE_CAPITALS = frozenset({"de"})


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word that is a name or a part of one. Offsets in characters."""

    text: str
    start: int
    end: int


def opens_sentence(text: str, start: int) -> bool:
    """Return whether a sentence begins with the word at ``start``, so that its capital says nothing."""
    return bool(_OPENS.search(text, max(0, start - _BEFORE), start)) or not text[:start].strip(" \n\t\"“«(¿¡'‘")


def capitals_say_nothing(text: str, language: str = "en") -> bool:
    """Return whether the words of ``text`` have capitals for another reason than being names."""
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words)
    in_title_case = len(words) > _FEW_WORDS and capitals > _ALL_CAPITALISED * len(words)
    return language in _NOUNS_HAVE_CAPITALS or in_title_case


def name_words(text: str, language: str = "en") -> list[NameWord]:
    """Return the words of ``text`` (``language``: ISO 639-1) that are names by their capitals, in order.

    The first word of a sentence has a capital anyway: it is a name where it is an acronym, or where the next word
    is a name too. Function words and verbs that ask for an answer are no names. Countries, months and weekdays are.
    """
    common = function_words(language) | request_words(language)
    words = [(match.group(), *match.span()) for match in WORD.finditer(text)]
    capital = [
        word[:1].isupper() and fold(word) not in common and len(word) > 1 and not fold(word).isdecimal()
        for word, _, _ in words
    ]
    return [
        NameWord(word, start, end)
        for index, (word, start, end) in enumerate(words)
        if capital[index]
        and (sum(map(str.isupper, word)) > 1 or any(capital[index + 1 : index + 2]) or not opens_sentence(text, start))
    ]


def join_names(text: str, words: Sequence[NameWord], between: str = r"\s+") -> list[NameWord]:
    """Return the names that ``words`` make where only what matches ``between`` (a pattern) stands between them."""
    names: list[NameWord] = []
    for word in words:
        if names and regex.fullmatch(between, text[names[-1].end : word.start]):
            names[-1] = NameWord(text[names[-1].start : word.end], names[-1].start, word.end)
        else:
            names.append(word)
    return names
