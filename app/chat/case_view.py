"""A country's case on the screen and as Markdown to take away."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from app.cases import NO_EVIDENCE, CaseSummary
from app.chat.answer_view import draw_sentence
from app.chat.plain import escape_markdown, one_line
from app.chats import Turn
from app.export import summary_docx, summary_markdown
from ingest.load import page_ranges

_DOWNLOADS = (
    ("Markdown", ".md", "text/markdown", summary_markdown),
    ("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", summary_docx),
)


def draw_case(turn: Turn, number: int) -> None:
    """Draw a finished summary."""
    summary = turn.outcome
    assert isinstance(summary, CaseSummary)
    st.subheader(escape_markdown(summary.country), anchor=False)
    for index, heading in enumerate(summary.headings):
        st.markdown(f"**{escape_markdown(heading.title)}**")
        if not heading.sentences:
            st.caption(NO_EVIDENCE)
        for place, sentence in enumerate(heading.sentences):
            draw_sentence(sentence, summary.citations, f"{number}-{index}-{place}", number)
    st.caption(escape_markdown(coverage_line(summary)))
    with st.container(horizontal=True):
        for kind, ending, mime, write in _DOWNLOADS:
            st.download_button(
                f"Download as {kind}",
                partial(write, summary),
                file_name=f"{one_line(summary.country)}{ending}",
                mime=mime,
                key=f"download-{number}{ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def coverage_line(summary: CaseSummary) -> str:
    """Return which pages were read and which are cited, as plain text."""
    return f"Read: {_pages(summary.pages_read)}. Cited: {_pages(summary.pages_cited)}."


def _pages(pages: Iterable[tuple[str, int]]) -> str:
    by_document: dict[str, list[int]] = {}
    for name, page in pages:
        by_document.setdefault(name, []).append(page)
    return "; ".join(f"{name} {page_ranges(numbers)}" for name, numbers in by_document.items()) or "no pages"
