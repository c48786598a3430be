"""The letters of a text file, whatever its encoding."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.errors import DamagedFile, UnsupportedFile
from ingest.messages import message

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks, the longest first: UTF-32's begins with UTF-16's."""
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset\s*=\s*|\?xml[^>]{0,200}?encoding\s*=\s*)["']?([\w.:-]{1,40})""", re.I
)
_HEAD_BYTES = 4_096
_MOST_UNPRINTABLE = 0.05
"""Share of letters that do not print over which a file is no text."""
_SAMPLE = 100_000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd\ufffe\uffff]")


def decode(path: Path) -> str:
    """Return the file's text: see ``decode_bytes``."""
    return decode_bytes(path.read_bytes(), path.name)


def decode_markup(data: bytes, name: str) -> str:
    """Return the text of an HTML or XML file, which may name its encoding: see ``decode_bytes``."""
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    return decode_bytes(data, name, declared[1].decode() if declared else "")


def decode_bytes(data: bytes, name: str, declared: str = "") -> str:
    """Return the text in ``data``: a byte-order mark's encoding, UTF-8, the ``declared`` one, else the likeliest one.

    Raises:
        DamagedFile: no encoding fits.
        UnsupportedFile: it is no text: too many of its letters do not print.
    """
    text = _decoded(data, declared)
    if text is None:
        raise DamagedFile(message("{name} is in no known text encoding: save it as UTF-8.", name=name))
    sample = text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[-_SAMPLE:]
    if len(_UNPRINTABLE.findall(sample)) > _MOST_UNPRINTABLE * len(sample):
        raise UnsupportedFile(message("{name} is no text: most of its signs do not print.", name=name))
    return text


def _decoded(data: bytes, declared: str) -> str | None:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    wide = "" if marked else wide_encoding(data)
    for encoding in (marked or wide, "utf-8", declared):
        # A page that names UTF-16 in letters of one byte is not in UTF-16.
        if not encoding or (encoding == declared and re.match(r"utf-?(?:16|32)", encoding, re.I)):
            continue
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    return None if guess is None else str(guess)


def wide_encoding(data: bytes) -> str:
    """Return the encoding of text in two or four bytes a letter that has no mark; "" for all other.

    Blanks and line ends are in every text: their zero bytes say where a letter begins.
    """
    head = data[: _HEAD_BYTES * 4]
    if b"\x00" not in head:
        return ""
    for encoding, unit, place in (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1)):
        units = [head[i : i + unit] for i in range(0, len(head) - unit + 1, unit)]
        blanks = sum(1 for each in units if each[place] in b" \n" and each.count(0) == unit - 1)
        if not blanks or len(data) % unit:
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _UNPRINTABLE.search(text[:_HEAD_BYTES]):
            return encoding
    return ""
