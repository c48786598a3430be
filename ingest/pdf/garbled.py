"""Detect a text layer whose characters are not the ones that are printed.

Legacy 8-bit fonts such as Preeti (Nepali) and Limon (Khmer) put their own letters where Latin letters and signs belong,
so the text layer reads ``g]kfnsf] ;+ljwfg``: real text in any script has few signs inside its words. A wrong table of
letters turns "The human rights" into ``7KH KXPDQ ULJKWV`` or ``Uif ivnbo sjhiut``: words that no language has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.language.letters import letter_cost

_MIN_WORDS = 20
_MAX_SHARE = 0.35
_MOST_COST = 3.6
"""Mean cost of a letter, in nats (``ingest.language.letters``), from which words are of no language.

On the pages of 100 public PDFs no readable text of 250 characters cost more than 2.9, lists of names included, and less
than one in a thousand of such texts with its letters exchanged cost less than 3.6.
"""
_DOUBTFUL = 2.9
"""Cost of a page's sample from which all of it is looked at: it may be garbled in part."""
_LEAST_LETTERS = 120
_SAMPLE = 120
"""Characters of a sample; four of them, from all of a page, are enough for a first look."""
_PART = 400
"""Characters of the parts that a page is divided into for a second look."""
_APART = 0.6
"""Share of single letters among the words of a page whose letters are set apart."""
_FIRST_INDIC = 0x0900
"""Scripts from here on set single letters as words, or no blanks."""
_INNER = set("'’-–‑.,/&@:_·")


def _is_broken(word: str) -> bool:
    core = word.strip("()[]{}\"'“”‘’«».,;:!?…–—-*†‡§¶/¿¡។៕៖")
    if core.isalpha() and (core.islower() or core.istitle()):  # most words: no sign, no turn
        return False
    if len(core) < 3 or any(char.isdigit() for char in core):
        return False
    signs = [char for char in core if unicodedata.category(char)[0] not in "LMCN" and char not in _INNER]
    latin = all(ord(char) < 0x250 for char in core if char.isalpha())
    turns = len(re.findall(r"[a-zà-ÿ][A-ZÀ-Þ]", core))
    return bool(signs) or (latin and turns >= 2)


def is_garbled(text: str, min_words: int = _MIN_WORDS) -> bool:
    """Return whether more than a third of the words hold signs or case turns that no script writes, or are no words.

    Fewer than ``min_words`` words are no evidence.
    """
    if _is_of_no_language(text, _LEAST_LETTERS if min_words == _MIN_WORDS else _LEAST_LETTERS // 4):
        return True
    if _is_set_apart(text.split()):
        return True
    words = [word for word in text.split() if len(word) >= 3 and not word.startswith(("http", "www"))]
    if len(words) < min_words:
        return False
    return sum(map(_is_broken, words)) > _MAX_SHARE * len(words)


def is_language(text: str) -> bool:
    """Return whether ``text`` is plainly in some language; too few letters are no evidence."""
    cost, count = letter_cost(text)
    return count >= _LEAST_LETTERS // 4 and cost < _DOUBTFUL


def _is_of_no_language(text: str, least: int) -> bool:
    """Return whether more than a third of ``text``, which has ``least`` letters or more, is in no language."""
    step = max(len(text) // 4, _SAMPLE)
    cost, count = letter_cost(" ".join(text[start : start + _SAMPLE] for start in range(0, len(text), step)))
    if count < least:
        cost, count = letter_cost(text)
    if count < least or cost < _DOUBTFUL:
        return False
    costs = [letter_cost(text[start : start + _PART]) for start in range(0, len(text), _PART)]
    garbled = sum(count for cost, count in costs if cost > _MOST_COST)
    return garbled > _MAX_SHARE * sum(count for _, count in costs)


def _is_set_apart(words: Sequence[str]) -> bool:
    """Return whether most words are single letters of an alphabet: written words were set apart with blanks."""
    single = sum(len(word) == 1 and word.isalpha() and ord(word) < _FIRST_INDIC for word in words)
    return len(words) >= 2 * _MIN_WORDS and single > _APART * len(words)


def garbled_pages(texts: Sequence[str]) -> list[bool]:
    """Return which pages are garbled; where most are, pages of few words (titles) are judged as well."""
    flags = [is_garbled(text) for text in texts]
    if sum(flags) <= 0.5 * sum(bool(text.strip()) for text in texts):
        return flags
    return [flag or is_garbled(text, min_words=1) for flag, text in zip(flags, texts, strict=True)]
