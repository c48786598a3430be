"""The documents that are cited, one entry each, as BibTeX and as CSL-JSON: Zotero and others import both."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.answers import Citation
from app.plain import one_line

_SYMBOL = re.compile(r"\b(?:[AES]|CEDAW|CCPR|CAT|CRC|CRPD|CERD|CMW|CED|ST|HRI)(?:/[\w.()-]+){2,}")
"""Of a United Nations document: "A/HRC/40/60", "CEDAW/C/NPL/CO/6"."""
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_KEY_WORDS = frozenset("a an the of on in and for to from le la les un une el los las der die das".split())
_HASH_LETTERS = 6
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {char: f"\\{char}" for char in "&%$#_"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A cited document. ``key`` depends on the document alone, so it is the same in every export."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: str
    date: str
    """ISO 8601, as far as it is known; empty where no more than the year is."""
    publisher: str
    symbol: str
    file: str
    digest: str
    version: str = ""
    """What tells it from other documents of its name."""

    @property
    def note(self) -> str:
        """The file that was read, when it was added where others have its name, and its SHA-256."""
        file = ", ".join(part for part in (self.file, self.version) if part)
        return f"File: {file}; SHA-256: {self.digest}"


def entries(citations: Iterable[Citation]) -> list[Entry]:
    """Return an entry for each cited document, in the order of the citations."""
    return [_entry(citation) for citation in {c.document_id: c for c in reversed(list(citations))}.values()][::-1]


def to_bibtex(citations: Iterable[Citation]) -> str:
    """Return the cited documents as BibTeX, in UTF-8. Braces around authors keep programs from guessing surnames."""
    texts = []
    for entry in entries(citations):
        fields = {
            "title": f"{{{_latex(entry.title)}}}",
            "author": " and ".join(f"{{{_latex(author)}}}" for author in entry.authors),
            "year": _latex(entry.year),
            "publisher": _latex(entry.publisher),
            "number": _latex(entry.symbol),
            "note": _latex(entry.note),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        texts.append(f"@misc{{{entry.key},\n{lines}\n}}\n")
    return "\n".join(texts)


def to_csl(citations: Iterable[Citation]) -> str:
    """Return the cited documents as CSL-JSON (csl-data.json 1.0)."""
    return json.dumps([_csl(entry) for entry in entries(citations)], ensure_ascii=False, indent=1) + "\n"


def _csl(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.key, "type": "report", "title": entry.title}
    if entry.authors:
        item["author"] = [{"literal": author} for author in entry.authors]
    if entry.publisher:
        item["publisher"] = entry.publisher
    if entry.date or entry.year:
        item["issued"] = {"date-parts": [[int(part) for part in (entry.date or entry.year).split("-")]]}
    if entry.symbol:
        item["number"] = entry.symbol
    return item | {"note": entry.note}


def _entry(citation: Citation) -> Entry:
    title = one_line(citation.title or citation.document)
    publisher = one_line(citation.publisher)
    authors = tuple(one_line(name) for name in citation.author.split(";") if name.strip()) or (publisher,) * bool(
        publisher
    )
    year = _YEAR.search(citation.year)
    symbol = citation.symbol or next(iter(_SYMBOL.findall(title)), "")
    dated = _DATE.fullmatch(citation.date) and year is not None and citation.date.startswith(year[0])
    return Entry(
        _key(citation, authors, year[0] if year else ""),
        title,
        authors,
        year[0] if year else "",
        citation.date if dated else "",
        publisher,
        one_line(symbol),
        one_line(citation.document),
        citation.document_id,
        citation.version,
    )


def _key(citation: Citation, authors: tuple[str, ...], year: str) -> str:
    """Return "forumasia2020insights-ab12cd": author, year, the title's first telling word, the file's SHA-256."""
    author = _ascii(authors[0].split(",")[0]) if authors else ""
    words = (_ascii(word) for word in (citation.title or citation.document).split())
    word = next((word for word in words if len(word) > 2 and word not in _KEY_WORDS), "")
    return f"{author[:20]}{year}{word[:20]}-{citation.document_id[:_HASH_LETTERS]}".lstrip("-")


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in one_line(text))
