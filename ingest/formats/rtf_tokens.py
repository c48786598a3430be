"""The marks of an RTF file: groups, control words, bytes and text; and the letters behind its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from enum import Enum, auto

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n\x00]+|(?P<text>[^\\{}\r\n\x00]+)|\\"
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
"""Code pages of fonts, by their ``\\fcharset``; all others follow the document."""
_NAMED = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class Mark(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    """A control word, and its number."""
    SIGN = auto()
    """A control sign such as ``\\~``."""
    BYTE = auto()
    """A letter, or a part of one, as two hexadecimal digits."""
    TEXT = auto()


def tokens(data: str) -> Iterator[tuple[Mark, str, int | None]]:
    """Yield the tokens of an RTF file, whose bytes are given as Latin-1; binary data is passed over."""
    position = 0
    while position < len(data):
        match = _TOKEN.match(data, position)
        if match is None:
            return
        position = match.end()
        kind = match.lastgroup
        if match["word"] is not None:
            number = int(match["number"]) if match["number"] else None
            if match["word"] == "bin":
                position += max(number or 0, 0)
            else:
                yield Mark.WORD, match["word"], number
        elif kind == "byte":
            yield Mark.BYTE, match["byte"], None
        elif kind == "sign":
            yield Mark.SIGN, match["sign"], None
        elif kind == "brace":
            yield (Mark.OPEN if match["brace"] == "{" else Mark.CLOSE), "", None
        elif kind == "text":
            yield Mark.TEXT, match["text"], None


def code_page(word: str, number: int | None) -> str:
    """Return the encoding that a document names: ``\\ansicpg1251``, ``\\mac``."""
    if word == "ansicpg":
        return _known(f"cp{number}") or ("utf-8" if number == 65001 else "cp1252")
    return _NAMED.get(word, "cp1252")


def charset(number: int | None) -> str:
    """Return the encoding of a font's ``\\fcharset``; "" where it is the document's."""
    return _CHARSETS.get(number or 0, "")


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""
