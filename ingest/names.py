"""Names of files as they can be shown, stored and typed, whatever bytes a file system allows."""

from __future__ import annotations

import os
import unicodedata

_MOST_BYTES = 255
"""Of a name, on every file system that is in use."""
_STEERING = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Ends of lines and changes of direction, which make a text look like another one. Joiners and marks of direction
(U+200B to U+200F) stay: Persian, Indian and Khmer words are spelt with them."""
REPLACEMENT = "\ufffd"


def is_safe(character: str) -> bool:
    """Return whether a character may reach a terminal: no control, no change of direction, no half of a pair."""
    return character not in _STEERING and unicodedata.category(character) not in ("Cc", "Cs")


def shown_name(name: str) -> str:
    """Return a file's name with the replacement sign for every character that cannot be printed.

    Bytes that are no UTF-8, which Python holds as halves of surrogate pairs, are among them.
    """
    if name.isascii() and name.isprintable():
        return name
    return _shortened("".join(character if is_safe(character) else REPLACEMENT for character in name))


def _shortened(name: str) -> str:
    """Return a name that a file system takes: the replacement sign is longer than the byte that it stands for."""
    if len(name.encode()) <= _MOST_BYTES:
        return name
    stem, ending = os.path.splitext(name)
    room = _MOST_BYTES - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore") + ending
