"""Sentences of Thai and Lao, which are written without blanks between words and without full stops.

A blank parts sentences, clauses, names and numbers alike. Which blanks end a sentence is decided by PyThaiNLP's model
(CRFcut, trained on Thai); docs/decisions/0032 compares it with others. A full stop belongs to an abbreviation ("พ.ศ.").
"""

from __future__ import annotations

from collections.abc import Iterator

import regex as re

_STOPLESS = re.compile(r"[\p{Thai}\p{Lao}]")
_LETTER = re.compile(r"\p{L}")
_THAI = re.compile(r"\p{Thai}")
_SAMPLE = 400
"""Characters from which a text's script is known."""
_ABBREVIATION = re.compile(r"(?:^|[\s.(])[\p{Thai}\p{Lao}]{1,4}\.\s*$")
_AT_ONCE = 20_000
"""Characters that the model reads at once: its memory grows with the text."""


def is_stopless(text: str) -> bool:
    """Return whether most letters at the beginning of ``text`` are Thai or Lao."""
    sample = text[:_SAMPLE]
    return 2 * len(_STOPLESS.findall(sample)) > len(_LETTER.findall(sample)) > 0


def split_stopless(text: str) -> Iterator[int]:
    """Yield where the sentences of a Thai or Lao text end, in order, the last one at its end."""
    start = 0
    while start < len(text):
        for end in _ends(text[start : start + _AT_ONCE]):
            if not _ABBREVIATION.search(text[max(0, start + end - 12) : start + end]):
                yield start + end
        start += _AT_ONCE
    yield len(text)


def _ends(text: str) -> Iterator[int]:
    if not _THAI.search(text):
        yield from (match.end() for match in re.finditer(r"[.!?]\s+|\n", text))
        return
    from pythainlp.tokenize.crfcut import segment

    position = 0
    for piece in segment(text):
        position += len(piece)
        yield position
