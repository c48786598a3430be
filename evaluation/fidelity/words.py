"""Words as the measurement counts them."""

from __future__ import annotations

import unicodedata

import regex

_UNSEEN = regex.compile(r"[\u00ad\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff\u0640]")
"""Signs without a shape: soft hyphens, zero-width blanks and joiners, marks of direction; and the Arabic stretch."""
_NOTE_MARK = regex.compile(r"[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+")
_UNSPACED = r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}]"
_SPACED = rf"[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]"
_WORD = regex.compile(
    rf"(?V1){_UNSPACED}\p{{M}}*|(?:[-−+±<>≥≤~$€£](?=\d))?{_SPACED}+(?:[^\s\p{{L}}\p{{M}}\p{{N}}—…]+{_SPACED}+)*[%‰°]?"
)
_GAP = regex.compile(rf"(?<={_UNSPACED}\p{{M}}*[^\w\s]?) | (?={_UNSPACED})")


def plain(text: str) -> str:
    """Return a text with one form for each letter, one blank for each gap, and nothing that has no shape."""
    text = _NOTE_MARK.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(text.split())


def letters(text: str) -> str:
    """Return a plain text without bars between cells, and without blanks beside letters of scripts that set none."""
    return _GAP.sub("", plain(text.replace("|", " ")))


def words(text: str) -> list[str]:
    """Return the words of a text, without the punctuation around them; signs before numbers belong to them.

    Scripts that set no blanks between words are counted by letters, each with its marks.
    """
    return [match[0] for match in _WORD.finditer(plain(text))]
