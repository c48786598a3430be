"""Letters as they are compared: one function for the question and for the text, so that both are changed alike.

A reader types "Lukasz Wojcik" for "Łukasz Wójcik" and "Ta'ang" for "Taʼang"; a report has soft hyphens inside its
words. ``fold`` gives all of these one form. Search, coverage and "the reports never mention …" go through it.

What is quoted is never folded: a quote has the page's own letters.
"""

from __future__ import annotations

import unicodedata

import regex

FOLDING = "1"
"""Version of ``fold``: the full-text index is rebuilt where it was made with another one."""
UNSPACED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Han}\p{Hiragana}\p{Katakana}"
"""Scripts that set no blanks between words, for a character class of ``regex``."""
_TURNING = "\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    f"\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f{_TURNING}\u2060-\u2065\u206a-\u206f\ufe00-\ufe0f\ufeff\ufffe"
)
_TURNS = regex.compile(f"[{_TURNING}]")
_UNSEEN = regex.compile(f"[{_INVISIBLE}]")
UNSEEN = frozenset(char for char in map(chr, range(0x10000)) if _UNSEEN.match(char))
"""Signs that take no room: soft hyphens, zero-width blanks and joiners, marks of direction, variants of a letter."""
_PARTING = regex.compile(rf"(?<=[{UNSPACED}])\u200b+|(?<=\p{{Arabic}})\u200c")
"""Signs without width that part words: between Khmer or Thai words, and within Persian ones."""
_FOREIGN = regex.compile(r"[^\x00-\x7f]+")
_RAISED = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
"""Exponents and marks of notes; behind a number they stand apart: 10² is not 102."""
_APOSTROPHES = "'’‘‚‛`´ʹʻʼʽʾʿˈˊˋʹ΄՚׳ꞌ′＇"
_QUOTES = '"“”„‟«»״″＂'
_HYPHENS = "-‐‑‒–—―−⁃﹘﹣－"
_MARKS_DROPPED = regex.compile(r"[\p{Latin}\p{Greek}\p{Arabic}\p{Hebrew}]")
"""Scripts whose marks people leave out when they type; those of Indic scripts are vowels."""
_LOOSE_MARK = regex.compile(
    r"[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
"""Accents by themselves, Hebrew points and Arabic vowel signs."""
_ALIKE = (
    dict.fromkeys("ىیېےۍ", "ي")
    | dict.fromkeys("ک", "ك")
    | dict.fromkeys("ةہھەۀۂۃ", "ه")
    | {"ٱ": "ا", "ـ": ""}
    | {"ё": "е", "ѐ": "е", "ѝ": "и"}
)
"""Letters that are typed for each other, beyond those that Unicode takes apart."""


def visible(text: str) -> str:
    """Return ``text`` in composed letters, without signs that take no room: soft hyphens, zero-width blanks, overrides.

    Signs without width that part words (in Khmer, Thai and Persian) become blanks.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _PARTING.sub(" ", text)))


def without_overrides(text: str) -> str:
    """Return ``text`` without the signs that turn the direction of what follows: a reader would see other letters."""
    return text if text.isascii() else _TURNS.sub("", text)


def plain(text: str) -> str:
    """Return ``text`` without marks and in the plainest letters, in its own case: "Łukasz", "Ta'ang", "2020".

    Marks of Latin, Greek, Arabic and Hebrew letters go, ё is е, and every script's digits are 0…9. Letters of other
    scripts stay: nothing is transliterated.
    """
    if text.isascii():
        return text.translate(_TICKS) if "`" in text else text
    return _FOREIGN.sub(_plain_run, text.translate(_TICKS) if "`" in text else text)


def fold(text: str) -> str:
    """Return ``text`` as it is searched and compared: ``plain``, and in small letters."""
    return plain(text).lower() if text.isascii() else plain(text.casefold())


def _plain_run(found: regex.Match[str]) -> str:
    run, start = found.group(), found.start()
    apart = " " if run[0] in _RAISED and start and found.string[start - 1].isdigit() else ""
    return apart + visible(run).translate(_PLAIN)


class _Plain(dict[int, str]):
    """The plain form of every character that was met, by its code."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _plain(chr(code))
        return found


_PLAIN = _Plain()
_TICKS = {ord("`"): "'"}


def _plain(char: str) -> str:
    for alike in (_APOSTROPHES, _QUOTES, _HYPHENS):
        if char in alike:
            return alike[0]
    if char.isdecimal():
        return str(int(char))
    if _LOOSE_MARK.match(char):
        return ""
    if char in _ALIKE:
        return _ALIKE[char]
    whole = unicodedata.normalize("NFKC", char)
    if char.isnumeric() and char != whole and char not in _RAISED:  # ½ and ① stand apart from the digits before them
        return f" {whole.replace('⁄', '/')} "
    if not _MARKS_DROPPED.search(whole):
        return whole
    pieces = unicodedata.normalize("NFKD", char)
    bare = "".join(_ALIKE.get(piece, piece) for piece in pieces if not unicodedata.combining(piece))
    return _latin(bare)


def _latin(text: str) -> str:
    """Return ``text`` with those Latin letters in ASCII that Unicode does not take apart: ł, ı, đ, ø, æ, þ."""
    if text.isascii() or not regex.search(r"\p{Latin}", text):
        return text
    from anyascii import anyascii

    return "".join(anyascii(char) if regex.match(r"\p{Latin}", char) else char for char in text)
