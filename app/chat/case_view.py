"""What is made of cases on the screen: a country's dossier, a comparison, recommendations."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.cases import HEADINGS, NO_EVIDENCE, NOT_SHOWN, NOT_STATED, CaseSummary, Comparison, Recommendations
from app.chat.answer_view import draw_sentence
from app.chat.said import said
from app.chat.tongue import _, country, ngettext
from app.chat.wording import pages_named
from app.plain import escape_markdown, one_line


def draw_case(summary: CaseSummary, number: int) -> None:
    """Draw a finished summary; ``number`` is that of its turn."""
    name = country(summary.country)
    title = _("{country}: {subject}", country=name, subject=one_line(summary.about)) if summary.about else name
    st.subheader(escape_markdown(title), anchor=False)
    for index, heading in enumerate(summary.headings):
        st.markdown(f"**{escape_markdown(said(heading.title))}**")
        if not heading.sentences:
            gap = said(NOT_SHOWN) if heading.not_shown else f"{said(NO_EVIDENCE)} {said(heading.elsewhere)}".strip()
            st.caption(escape_markdown(gap))
        for place, sentence in enumerate(heading.sentences):
            draw_sentence(sentence, summary.citations, f"{number}-{index}-{place}", number)
    for report in summary.reports:
        read, cited = len(report.read), len(report.cited)
        told = ngettext(
            "{document}: {cited} of {number} page cited",
            "{document}: {cited} of {number} pages cited",
            read,
            document=report.document,
            cited=cited,
        )
        if report.repeats:
            told = _(
                "{document}: says the same as {other}, which is quoted", document=report.document, other=report.repeats
            )
        st.progress(cited / max(read, 1), escape_markdown(told))
    st.caption(escape_markdown(_read_and_cited(summary)))


def _read_and_cited(summary: CaseSummary) -> str:
    """Return which pages were read and which are cited, as plain text."""
    return _("Read: {read}. Cited: {cited}.", read=_pages(summary.pages_read), cited=_pages(summary.pages_cited))


def _pages(pages: Iterable[tuple[str, int]]) -> str:
    by_document: dict[str, list[int]] = {}
    for name, page in pages:
        by_document.setdefault(name, []).append(page)
    return _("; ").join(f"{name} {pages_named(numbers)}" for name, numbers in by_document.items()) or _("no pages")


def draw_matrix(comparison: Comparison) -> None:
    """Draw questions by countries, a row a question."""
    for number, row in enumerate(comparison.rows):
        st.markdown(f"**{escape_markdown(_question(row.question))}**")
        columns = st.columns(len(row.cells), gap="small", border=True)
        for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            with column:
                st.markdown(f":small[**{escape_markdown(country(cell.country))}**]")
                if not cell.sentences:
                    st.caption(said(NOT_STATED))
                for index, sentence in enumerate(cell.sentences):
                    draw_sentence(sentence, comparison.citations, f"cell-{number}-{place}-{index}", 0)


def draw_recommendations(found: Recommendations) -> None:
    """Draw recommendations under those whom they are made to."""
    if not found.found:
        st.caption(_("No recommendation was found."))
    for addressee, items in found.by_addressee().items():
        to = _("To: {addressee}", addressee=said(str(addressee)))
        st.markdown(f"**{escape_markdown(to)}** ({len(items)})")
        above = ""
        for index, item in enumerate(items):
            if item.above != above:
                above = item.above
                st.caption(escape_markdown(above))
            draw_sentence(item.sentence, found.citations, f"urged-{addressee}-{index}".replace(" ", "-"), 0)


def _question(question: str) -> str:
    """Return a row's question: a heading's in the window's language, a reader's as it was typed."""
    return said(question) if any(question == heading.question for heading in HEADINGS) else question
