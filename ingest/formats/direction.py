"""Signs that turn the direction of letters: with them a page shows other words than its text holds."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.messages import Message, message

OVERRIDES = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
"""Embeddings, overrides and isolates of Unicode's bidirectional algorithm, and the signs that end them."""


def count_overrides(text: str) -> int:
    """Return how many of these signs are in ``text``."""
    return 0 if text.isascii() else sum(text.count(sign) for sign in OVERRIDES)


def direction_remarks(text: str) -> Iterator[Message]:
    """Return the remark on a text that holds such signs, if it does."""
    if count_overrides(text):
        yield message("holds signs that turn the direction of letters: quotes leave them out")
