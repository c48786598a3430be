"""The symbol that an organisation prints on its documents: "A/HRC/40/60", "CEDAW/C/NPL/CO/6"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.documents import PrintedLine

_SYMBOL = re.compile(r"(?<![\w/.:-])[A-Z][A-Z0-9]*(?:/[A-Z0-9]+(?:[.-][A-Z0-9]+)*){2,7}(?![\w/])")
_PART = r"[A-Z0-9][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*(?:\(\w{1,4}\))?"
_ALONE = re.compile(
    rf"[A-Z]{{1,9}}(?:[-.]\d+)?(?:/{_PART}){{2,7}}(?:[-–][A-Z]{{1,5}}(?:/{_PART}){{2,5}})?"
    r"(?: ?\((?:[12]\d\d\d|Part [IVX]+[^()]{0,8}|[IVX]+)\))?"
    r"|[A-Z][A-Za-z]{1,9}(?:/[A-Z][a-z]{2,4})? ?\((?:19|20)\d\d\) ?\d{1,4}(?: final)?"
)
"""A line that is a symbol and nothing else; the second form is that of European bodies: "CommDH(2019)21"."""
_NAMED = re.compile(
    r"(?:(?:AI )?Index(?: number)?|Symbol|Document(?: symbol)?|Doc\.? ?No\.?|Cote|Signatura|Символ)\s*:\s*"
    r"(?P<symbol>\S.{3,40})",
    re.I,
)
_NAMED_FORM = re.compile(r"[A-Z][A-Z0-9./ -]*\d[A-Z0-9./ -]*")
_HEAD = 3_000
"""Characters of the first page in which a document's own symbol appears; further down it cites others."""
_SHORT = 60
_MISREAD = re.compile(r"(?<=[/\d])\d*[Il|](?=[\dIl|]*(?:/|$))|(?<=\d)[O](?=[\dO]*(?:/|$))")


def find_symbol(first_page: str) -> str:
    """Return the first symbol in the head of a document's first page, or "". A symbol holds a figure."""
    found = (match.group() for match in _SYMBOL.finditer(first_page[:_HEAD]))
    return next((symbol for symbol in found if any(char.isdigit() for char in symbol)), "")


def symbol_in(text: str) -> str:
    """Return the symbol that a line is, letters put right that a machine reads for figures; "" of any other line."""
    text = " ".join(text.strip(" *∗").split())
    found = _ALONE.fullmatch(text)
    if found is None or not any(char.isdigit() for char in text):
        return ""
    return _MISREAD.sub(lambda match: match.group().translate(_FIGURES), text)


_IMPRINT = re.compile(r"\bIS[BS]N\b|©")
_FIGURES = str.maketrans("Il|O", "1110")


def own_symbol(lines: Sequence[PrintedLine]) -> str:
    """Return the symbol of a document from the lines of its first pages; "" where none stands by itself.

    The first page's own line counts most, then a running head or a line of the imprint, then a line that names it
    ("Index: …"), and at last a short line of the first two pages that holds one.
    """
    alone = [(line.page, symbol) for line in lines if (symbol := symbol_in(line.text))]
    if first := [symbol for page, symbol in alone if page == 1]:
        return max(first, key=len)
    counted = Counter(symbol for _, symbol in alone)
    if counted:
        symbol, count = counted.most_common(1)[0]
        if count > 1 or max(line.page for line in lines) <= 2:
            return symbol
        imprints = {line.page for line in lines if _IMPRINT.search(line.text)}
        if found := [symbol for page, symbol in alone if page in imprints]:
            return found[0]
    return _first(_named(lines)) or _first(_imprinted(lines))


def _named(lines: Iterable[PrintedLine]) -> Iterable[str]:
    for line in lines:
        found = _NAMED.fullmatch(line.text.strip(" ()."))
        if found and _NAMED_FORM.fullmatch(found["symbol"]) and "/" in found["symbol"]:
            yield found["symbol"]


def _imprinted(lines: Iterable[PrintedLine]) -> Iterable[str]:
    for line in lines:
        symbol = find_symbol(line.text) if line.page <= 2 and len(line.text) <= _SHORT else ""
        if symbol and (line.text.startswith(symbol) or line.text.startswith("(")):
            yield symbol


def _first(found: Iterable[str]) -> str:
    return next(iter(found), "")
