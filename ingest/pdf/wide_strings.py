"""Texts that pdfium hands out as UTF-16: titles, labels, names of attached files, values of fields."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any

_MOST_BYTES = 2_000_000
"""Of one text: a longer one is no title, and a field that holds more is cut here."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Ask = Callable[[Any, int], int]
"""Fills a buffer of so many bytes, and returns how many the text needs, its final zero included."""


def wide_string(ask: Ask) -> str:
    """Return the text that ``ask`` gives. Half of a letter (a lone surrogate) becomes U+FFFD, control signs blanks."""
    size = min(ask(None, 0), _MOST_BYTES)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    ask(buffer, size)
    text = bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\x00")
    return _CONTROL.sub(" ", text)
