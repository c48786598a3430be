"""The results of the page Cases: a country's dossier, a comparison, recommendations."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.cases import HEADINGS, NOT_STATED, Addressee, CaseSummary, Comparison, Recommendations
from app.chat.i18n import _, country, ngettext, translate
from app.chat.phrases import pages_named
from app.chat.views.answer_view import draw_sentence
from app.exports.manuscript import NONE_FOUND
from app.plain import escape_markdown, one_line
from app.translations import N_

_ADDRESSEES = {
    Addressee.STATE: N_("State"),
    Addressee.ARMED_GROUP: N_("armed groups"),
    Addressee.UN: N_("UN"),
    Addressee.COMPANIES: N_("companies"),
    Addressee.DONORS: N_("donors"),
    Addressee.CIVIL_SOCIETY: N_("civil society"),
}
_HEADINGS = (
    N_("Situation"),
    N_("Who is at risk"),
    N_("What happened"),
    N_("How defenders respond"),
    N_("Protection and support"),
    N_("Recommendations"),
    N_("What is the human rights situation?"),
    N_("Who is at risk?"),
    N_("What happened?"),
    N_("How do defenders respond?"),
    N_("What protection and support is there?"),
    N_("What is recommended?"),
)
"""Titles and questions of ``app.cases.HEADINGS``, named here for the translators."""


def draw_case(summary: CaseSummary, number: int) -> None:
    """Draw a finished summary; ``number`` is that of its turn."""
    name = country(summary.country)
    title = _("{country}: {subject}", country=name, subject=one_line(summary.about)) if summary.about else name
    st.subheader(escape_markdown(title), anchor=False)
    for index, heading in enumerate(summary.headings):
        st.markdown(f"**{escape_markdown(_(heading.title))}**")
        if (gap := heading.gap) is not None:
            st.caption(escape_markdown(translate(gap)))
        for place, sentence in enumerate(heading.sentences):
            draw_sentence(sentence, summary.citations, f"{number}-{index}-{place}", number)
    for report in summary.reports:
        read, cited = len(report.read), len(report.cited)
        line = ngettext(
            "{document}: {cited} of {number} page cited",
            "{document}: {cited} of {number} pages cited",
            read,
            document=report.document,
            cited=cited,
        )
        if report.repeats:
            line = _(
                "{document}: says the same as {other}, which is quoted", document=report.document, other=report.repeats
            )
        st.progress(cited / max(read, 1), escape_markdown(line))
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
    """Draw a table of questions by countries, one row for each question."""
    for number, row in enumerate(comparison.rows):
        st.markdown(f"**{escape_markdown(_question(row.question))}**")
        columns = st.columns(len(row.cells), gap="small", border=True)
        for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            with column:
                st.markdown(f":small[**{escape_markdown(country(cell.country))}**]")
                if not cell.sentences:
                    st.caption(translate(NOT_STATED))
                for index, sentence in enumerate(cell.sentences):
                    draw_sentence(sentence, comparison.citations, f"cell-{number}-{place}-{index}", 0)


def draw_recommendations(found: Recommendations) -> None:
    """Draw recommendations, grouped by addressee."""
    if not found.found:
        st.caption(translate(NONE_FOUND))
    for addressee, items in found.by_addressee().items():
        st.markdown(f"**{escape_markdown(_addressee(addressee))}** ({len(items)})")
        above = ""
        for index, item in enumerate(items):
            if item.above != above:
                above = item.above
                st.caption(escape_markdown(above))
            draw_sentence(item.sentence, found.citations, f"urged-{addressee}-{index}".replace(" ", "-"), 0)


def _addressee(addressee: Addressee) -> str:
    if addressee is Addressee.OTHER:
        return _("Addressee unclear")
    return _("To: {addressee}", addressee=_(_ADDRESSEES[addressee]))


def _question(question: str) -> str:
    """Return a row's question: a heading's in the window's language, a reader's as it was typed."""
    own = {text for heading in HEADINGS for text in (heading.title, heading.question)}
    return _(question) if question in own else question
