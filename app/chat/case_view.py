"""A country's case on the screen."""

from __future__ import annotations

import streamlit as st

from app.cases import CaseSummary, coverage_line
from app.chat.answer_view import draw_sentence
from app.exports.manuscript import case_title
from app.plain import escape_markdown


def draw_case(summary: CaseSummary, number: int) -> None:
    """Draw a finished summary; ``number`` is that of its turn."""
    st.subheader(escape_markdown(case_title(summary)), anchor=False)
    for index, heading in enumerate(summary.headings):
        st.markdown(f"**{escape_markdown(heading.title)}**")
        if not heading.sentences:
            st.caption(escape_markdown(heading.gap))
        for place, sentence in enumerate(heading.sentences):
            draw_sentence(sentence, summary.citations, f"{number}-{index}-{place}", number)
    for report in summary.reports:
        shown = len(report.cited) / max(len(report.read), 1)
        st.progress(shown, escape_markdown(coverage_line(report)))
