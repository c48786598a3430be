"""The coverage meter: which pages of a case were read, and which are cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.answers import Citation
from app.cases.reading import Line
from ingest.page_numbers import page_ranges
from vectorstore.records import DocumentRecord

_MOST_CELLS = 40


@dataclass(frozen=True, slots=True)
class ReportCoverage:
    """How far one report was read and cited. Pages are physical, 1-based."""

    document: str
    """The file's name."""
    pages: int
    """Of the whole report."""
    read: tuple[int, ...]
    cited: tuple[int, ...]
    repeats: str = ""
    """The report of which it says the same, line by line, in another language; its lines are not quoted again."""


def measure_coverage(
    lines: Iterable[Line],
    citations: Iterable[Citation],
    documents: Mapping[str, DocumentRecord],
    twins: Mapping[str, str],
) -> tuple[ReportCoverage, ...]:
    """Return the coverage of every report that has lines of the case, in order of name.

    Args:
        lines: All lines that were read.
        citations: What is shown.
        documents: By id.
        twins: Ids of documents that repeat another one (see ``app.cases.twins``).
    """
    read: dict[str, set[int]] = {}
    for line in lines:
        read.setdefault(line.document, set()).update(span.page for span in line.spans)
    cited: dict[str, set[int]] = {}
    for citation in citations:
        cited.setdefault(citation.document_id, set()).add(citation.page)
    found = [
        ReportCoverage(
            documents[number].name,
            documents[number].pages,
            tuple(sorted(pages)),
            tuple(sorted(cited.get(number, ()))),
            documents[twins[number]].name if number in twins else "",
        )
        for number, pages in read.items()
    ]
    return tuple(sorted(found, key=lambda report: report.document))


def coverage_line(report: ReportCoverage) -> str:
    """Return the coverage of a report as words: "report.pdf: read pages 1–16 of 16; cited pages 1–2, 6"."""
    if report.repeats:
        return f"{report.document}: says the same as {report.repeats}, which is quoted"
    cited = page_ranges(report.cited) if report.cited else "none"
    return f"{report.document}: read {page_ranges(report.read)} of {report.pages}; cited {cited}"


def coverage_bar(report: ReportCoverage) -> str:
    """Return one sign for every page, or for every few where there are many: █ cited, ▒ read, · neither."""
    step = -(-report.pages // _MOST_CELLS)
    cells = [range(first, min(first + step, report.pages + 1)) for first in range(1, report.pages + 1, step)]
    return "".join(_sign(cell, report.read, report.cited) for cell in cells)


def coverage_json(report: ReportCoverage) -> dict[str, Any]:
    """Return the coverage of a report as JSON."""
    return {
        "document": report.document,
        "pages": report.pages,
        "pages_read": list(report.read),
        "pages_cited": list(report.cited),
        "repeats": report.repeats or None,
    }


def _sign(pages: range, read: Sequence[int], cited: Sequence[int]) -> str:
    if any(page in cited for page in pages):
        return "█"
    return "▒" if any(page in read for page in pages) else "·"
