"""Numbers of things, places and lists, in the window's language."""

from __future__ import annotations

from collections.abc import Iterable

from app.answers import Answer, Citation
from app.chat.i18n import _, ngettext, translate
from app.refusal.explanation import gap_lines
from ingest.page_numbers import page_ranges


def files(count: int) -> str:
    """Return "1 file", "1,200 files"."""
    return ngettext("{number} file", "{number} files", count)


def reports(count: int) -> str:
    """Return "1 report", "1,200 reports"."""
    return ngettext("{number} report", "{number} reports", count)


def pages(count: int) -> str:
    """Return "1 page", "1,200 pages"."""
    return ngettext("{number} page", "{number} pages", count)


def passages(count: int) -> str:
    """Return "1 passage", "1,200 passages"."""
    return ngettext("{number} passage", "{number} passages", count)


def pages_named(numbers: Iterable[int]) -> str:
    """Return "page 3", "pages 3–9, 12"."""
    return translate(page_ranges(numbers))


def gap_sentences(answer: Answer) -> list[str]:
    """Return what ``app.refusal.explanation.gap_lines`` does, in the window's language."""
    return [translate(line) for line in gap_lines(answer)]


def listed(parts: Iterable[str]) -> str:
    """Return names one after another: "Kyrgyzstan, Nepal"."""
    return _(", ").join(parts)


def place(citation: Citation) -> str:
    """Return ``Citation.place`` in the window's language."""
    return listed(map(translate, citation.places))


def source(citation: Citation, placed: bool = True) -> str:
    """Return ``Citation.source`` in the window's language; without its place where the document has no pages."""
    parts = [*citation.work, *([place(citation)] if placed else [])]
    return listed(_("{part}", part=part) for part in parts if part)


def report_line(citation: Citation) -> str:
    """Return the short name of a report and its year, in the window's language: the line over its quotes."""
    name = citation.short_name
    parts = [name, "" if citation.year in name else citation.year, citation.version]
    return listed(_("{part}", part=part) for part in parts if part)


def short_source(citation: Citation) -> str:
    """Return ``report_line`` and the place, in the window's language."""
    parts = [report_line(citation), place(citation)]
    return listed(_("{part}", part=part) for part in parts if part)
