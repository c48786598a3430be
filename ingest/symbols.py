"""The symbol that an organisation prints on its documents: "A/HRC/40/60", "CEDAW/C/NPL/CO/6"."""

from __future__ import annotations

import re

_SYMBOL = re.compile(r"(?<![\w/.:-])[A-Z][A-Z0-9]*(?:/[A-Z0-9]+(?:[.-][A-Z0-9]+)*){2,7}(?![\w/])")
_HEAD = 3_000
"""Characters of the first page in which a document's own symbol appears; further down it cites others."""


def find_symbol(first_page: str) -> str:
    """Return the first symbol in the head of a document's first page, or "". A symbol holds a figure."""
    found = (match.group() for match in _SYMBOL.finditer(first_page[:_HEAD]))
    return next((symbol for symbol in found if any(char.isdigit() for char in symbol)), "")
