"""How likely letters follow each other in any language: tells words from letters that are no language at all.

A table of letters that is shifted or wrong in another way turns every word into one that no language has. The mean
cost of a letter behind the two before it (a trigram model, in nats) is 2 to 3 in languages that the table was counted
from and in others of their script, and about 4.4 in letters exchanged at random.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import unicodedata
import zlib
from functools import cache
from importlib.resources import files

ALPHABETS = {
    "latin": "abcdefghijklmnopqrstuvwxyz",
    "cyrillic": "абвгдежзиклмнопрстуфхцчшщъыьэюяіїє",
    "greek": "αβγδεζηθικλμνξοπρσςτυφχψω",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىپچژکگی",
}
COSTS_IN_A_NAT = 16
"""Into how many steps the tables divide a nat."""
_SPELT = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_WORDS = {script: re.compile(f"[{letters}]{{3,}}") for script, letters in ALPHABETS.items()}
_ACRONYM = re.compile(r"\b[^\W\d_a-z]{2,}s?\b")
_LOWER = re.compile(r"[a-z]")


def folded_words(text: str, script: str) -> list[str]:
    """Return the words of three letters or more in one script: small letters without their marks."""
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _WORDS[script].findall(text.lower().translate(_SPELT))


def letter_cost(text: str) -> tuple[float, int]:
    """Return the mean cost of the letters of ``text``, in nats, and how many there are, in its commonest script.

    The cost is 0 of a text in scripts that have no table. Acronyms among other words are left out.
    """
    if len(_LOWER.findall(text)) > 0.3 * len(text):
        text = _ACRONYM.sub(" ", text)
    words, script = max(
        ((folded_words(text, script), script) for script in _scripts(text)), key=lambda found: sum(map(len, found[0]))
    )
    if not words:
        return 0.0, 0
    table, number = _table(script)
    size = len(ALPHABETS[script]) + 1
    total = count = 0
    for word in words:
        before = 0
        for letter in word:
            code = number[letter]
            total += table[before * size + code]
            before = (before * size + code) % (size * size)
        total += table[before * size]
        count += len(word) + 1
    return total / count / COSTS_IN_A_NAT, count


def _scripts(text: str) -> list[str]:
    return ["latin"] if text.isascii() else list(ALPHABETS)


@cache
def _table(script: str) -> tuple[bytes, dict[str, int]]:
    tables = json.loads(files(__package__).joinpath("letters.json").read_text(encoding="utf-8"))
    number = {letter: index for index, letter in enumerate(ALPHABETS[script], start=1)}
    return zlib.decompress(base64.b85decode(tables[script])), number


@cache
def english_words() -> frozenset[str]:
    """Return some 18,000 English words in small letters, those with hyphens too."""
    packed = files(__package__).joinpath("english_words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())
