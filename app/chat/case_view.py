"""A country's case on the screen."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.cases import NO_EVIDENCE, CaseSummary
from app.chat.answer_view import draw_sentence
from app.exports.manuscript import case_title
from app.plain import escape_markdown
from ingest.load import page_ranges


def draw_case(summary: CaseSummary, number: int) -> None:
    """Draw a finished summary; ``number`` is that of its turn."""
    st.subheader(escape_markdown(case_title(summary)), anchor=False)
    for index, heading in enumerate(summary.headings):
        st.markdown(f"**{escape_markdown(heading.title)}**")
        if not heading.sentences:
            st.caption(escape_markdown(f"{NO_EVIDENCE} {heading.elsewhere}".strip()))
        for place, sentence in enumerate(heading.sentences):
            draw_sentence(sentence, summary.citations, f"{number}-{index}-{place}", number)
    for report in summary.reports:
        read, cited = len(report.read), len(report.cited)
        st.progress(cited / max(read, 1), escape_markdown(f"{report.document}: {cited} of {read} pages cited"))
    st.caption(escape_markdown(coverage_line(summary)))


def coverage_line(summary: CaseSummary) -> str:
    """Return which pages were read and which are cited, as plain text."""
    return f"Read: {_pages(summary.pages_read)}. Cited: {_pages(summary.pages_cited)}."


def _pages(pages: Iterable[tuple[str, int]]) -> str:
    by_document: dict[str, list[int]] = {}
    for name, page in pages:
        by_document.setdefault(name, []).append(page)
    return "; ".join(f"{name} {page_ranges(numbers)}" for name, numbers in by_document.items()) or "no pages"
