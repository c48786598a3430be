"""Citation data of documents against marks: title, publisher, symbol, year, authors and case."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from evaluation.errors import UsageError
from ingest.documents import Document
from ingest.language.folding import fold

OWN = Path(__file__).with_name("citation_marks.jsonl")
"""Marks of public reports. Parts "a" to "c" were looked at while the rules were written, part "d" after that."""
FIELDS = ("title", "publisher", "symbol", "year", "authors", "case")
_BLANK = regex.compile(r"[^\p{L}\p{M}\p{N}/.()]+")
_MOST = 3
"""How many times as long as the marked title the one that was read may be, with 100 characters on top."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a librarian would cite of a document; a field that is None is not scored."""

    document: str
    part: str
    title: str
    publishers: tuple[str, ...]
    """Any of them is right, in the publisher or, in its place, the author. None: none may be read."""
    symbol: str
    """Empty: the document has none, and none may be read."""
    years: tuple[str, ...] | None
    authors: tuple[str, ...]
    case: str | None = None


def read_marks(path: Path) -> list[Marks]:
    """Return the marks of a file of JSON lines.

    Raises:
        UsageError: a line is no mark.
    """
    marks = list[Marks]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            row |= {key: tuple(row[key]) for key in ("publishers", "years", "authors") if row.get(key) is not None}
            marks.append(Marks(**row))
        except (ValueError, TypeError, KeyError) as error:
            raise UsageError(f"{path.name}, line {number}: no mark of citation data ({error}).") from error
    return marks


def check(marks: Marks, document: Document) -> dict[str, bool]:
    """Return of each field that is scored whether it was read right.

    The title must hold the marked one and not much more. No author may be named but those marked and the publisher.
    """
    read, wanted = _flat(document.title), _flat(marks.title)
    by = f"{document.publisher} | {document.author}"
    authors = [name for name in document.author.split(";") if name.strip()]
    known = [*marks.authors, *marks.publishers]
    right = {
        "title": wanted in read and len(read) <= _MOST * len(wanted) + 100,
        "publisher": any(_flat(name) in _flat(by) for name in marks.publishers)
        or not (marks.publishers or document.publisher),
        "symbol": _flat(document.symbol) == _flat(marks.symbol),
        "authors": all(_flat(name) in _flat(document.author) for name in marks.authors)
        and all(any(_flat(name) in _flat(other) or _flat(other) in _flat(name) for other in known) for name in authors),
    }
    if marks.years is not None:
        right["year"] = document.year in marks.years
    if marks.case is not None:
        right["case"] = _flat(document.case) == _flat(marks.case)
    return {field: right[field] for field in FIELDS if field in right}


def _flat(text: str) -> str:
    return _BLANK.sub("", fold(text))


def summarise(checked: Iterable[tuple[Marks, Mapping[str, bool]]]) -> dict[str, dict[str, list[int]]]:
    """Return for each part, and for all, how many of how many documents have a field right, and all fields."""
    right: dict[str, Counter[str]] = {}
    of: dict[str, Counter[str]] = {}
    for marks, fields in checked:
        for part in (marks.part, "all"):
            counts = {**fields, "all right": all(fields.values())}
            right.setdefault(part, Counter()).update({field: int(ok) for field, ok in counts.items()})
            of.setdefault(part, Counter()).update(dict.fromkeys(counts, 1))
    return {part: {field: [right[part][field], of[part][field]] for field in of[part]} for part in sorted(of)}


def table(summary: Mapping[str, Mapping[str, Sequence[int]]]) -> str:
    """Return a line for each field, with a column for each part."""
    parts = list(summary)
    rows = [f"{'':<12}" + "".join(f"{part:>12}" for part in parts)]
    for field in (*FIELDS, "all right"):
        cells = [summary[part].get(field) for part in parts]
        if any(cells):
            rows.append(f"{field:<12}" + "".join(f"{f'{c[0]} of {c[1]}' if c else '–':>12}" for c in cells))
    return "\n".join(rows)
