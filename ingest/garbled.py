"""Detect a text layer in a legacy 8-bit font, whose characters are not the ones that are printed.

Fonts such as Preeti (Nepali) and Limon (Khmer) put their own letters where Latin letters and signs belong, so the
text layer reads ``g]kfnsf] ;+ljwfg``. Real text in any script has few signs inside its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_MIN_WORDS = 20
_MAX_SHARE = 0.35
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
    """Return whether more than a third of the words hold signs or case turns that no script writes.

    Fewer than ``min_words`` words are no evidence.
    """
    words = [word for word in text.split() if len(word) >= 3 and not word.startswith(("http", "www"))]
    if len(words) < min_words:
        return False
    return sum(map(_is_broken, words)) > _MAX_SHARE * len(words)


def garbled_pages(texts: Sequence[str]) -> list[bool]:
    """Return which pages are garbled; where most are, pages of few words (titles) are judged as well."""
    flags = [is_garbled(text) for text in texts]
    if sum(flags) <= 0.5 * sum(bool(text.strip()) for text in texts):
        return flags
    return [flag or is_garbled(text, min_words=1) for flag, text in zip(flags, texts, strict=True)]
