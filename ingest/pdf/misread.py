"""Text layers that a machine read badly from a scan: "Tlie govemor of Vehnora".

A misread word is one that English does not have, and would have if letters that look alike were exchanged ("rn" for
"m", "li" for "h"). Names and foreign words are seldom so near to an English one. Other languages are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.language.function_words import function_words
from ingest.language.letters import english_words
from ingest.language.words import languages_with_lists
from ingest.messages import Message, message
from ingest.page_numbers import page_ranges

_ALIKE = (
    "m rn|h li|h b|n ii|n u|d cl|w vv|th tl|c e|l i|l t|f t|l 1|i 1|o 0|e o|a e|m nn|m in|m ni|r t|i j|h fi|o 6|s 5|"
    "s 8|a s|n ri|w iv|q g|v y|t i|ff fl|u ii|b 6|g 9|e 6|l !"
)
_PAIRS = tuple(
    exchange for pair in _ALIKE.split("|") for exchange in (tuple(pair.split()), tuple(reversed(pair.split())))
)
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers", "al", "ness", "ation", "ations", "ity")
"""With one of them an English word is another, which the list may lack."""
_WORD = re.compile(r"(?<![\w/.@-])[^\W_][a-z0-9!]{2,}(?![\w/@-])")
_COMMON = re.compile(r"\b(?:the|of|and|to|in|that|for)\b")
_ENGLISH = 0.2
"""Share of seven common words among the words of an English page, of which a bad layer misreads some."""
_LEAST_WORDS = 15
_LEAST_MISREAD = 3
"""Different words: fewer are chance."""
_MOST_MISREAD = 0.03
"""Share of misread words, every word once, from which a page warns."""


def is_misread(text: str) -> bool:
    """Return whether more of the words of an English page are misread than a good text layer has."""
    words = _WORD.findall(text)
    if len(words) < _LEAST_WORDS or len(_COMMON.findall(text)) < _ENGLISH * len(words):
        return False
    small = {word for word in words if word[1:] == word[1:].lower() and (word[0].islower() or word[0].isdigit())}
    misread = sum(map(_is_misread, small))
    return misread >= _LEAST_MISREAD and misread > _MOST_MISREAD * len(small)


def misread_remarks(pages: Sequence[str]) -> Iterator[Message]:
    """Yield what to say of the pages, by their text layers, that are badly misread; "" for all that no machine read."""
    found = [number for number, text in enumerate(pages, start=1) if text and is_misread(text)]
    if found:
        yield message(
            "the text layer of {pages} has many misread words: check quotes against the page", pages=page_ranges(found)
        )


@cache
def _is_misread(word: str) -> bool:
    known = english_words()
    stems = (word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending))
    if (
        word in known
        or word in _foreign()
        or word.isdecimal()
        or any(stem in known or f"{stem}e" in known for stem in stems)
    ):
        return False
    return any(once in known for once in _exchanged(word))


@cache
def _foreign() -> frozenset[str]:
    """Return the function words of other languages: a page may quote them."""
    return frozenset[str]().union(*map(function_words, languages_with_lists()))


def _exchanged(word: str) -> Iterator[str]:
    for seen, meant in _PAIRS:
        at = word.find(seen)
        while at >= 0:
            yield word[:at] + meant + word[at + len(seen) :]
            at = word.find(seen, at + 1)
