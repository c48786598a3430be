"""The page Cases: which countries the reports speak of, a country's dossier, the matrix, and recommendations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.answers import Citation
from app.cases import (
    NOT_STATED,
    CaseSummary,
    Comparison,
    Recommendations,
    compare,
    countries_with_cases,
    recommendations,
    summarise,
)
from app.chat.answer_view import draw_sentence
from app.chat.beside import draw_beside
from app.chat.case_view import draw_case
from app.chat.opened import close_place
from app.chat.page_view import show_opened_number
from app.chat.said import said
from app.chat.shared import Shared, shared
from app.chat.take_away import draw_downloads
from app.chat.tongue import _, country, ngettext
from app.chat.wording import pages
from app.errors import AppError
from app.plain import escape_markdown
from ingest.errors import IngestError
from vectorstore.errors import LibraryError

_RESULT = "case-result"
_MOST_COUNTRIES = 4
Result = CaseSummary | Comparison | Recommendations


def draw_cases() -> None:
    """Draw all of it."""
    opened = shared()
    st.header(_("Cases"), anchor=False)
    countries = countries_with_cases(opened.library)
    if not countries:
        st.info(_("No report in the library has a section about one country. Add reports on the page Library."))
        return
    with st.expander(
        ngettext("{number} country in these reports", "{number} countries in these reports", len(countries)),
        icon=":material/bar_chart:",
    ):
        st.bar_chart(
            {"country": list(map(country, countries)), "pages": list(countries.values())},
            x="country",
            y="pages",
            horizontal=True,
            x_label=_("Pages of its own"),
            y_label="",
            sort="-pages",
        )
    dossier, matrix, wanted = st.tabs([_("Dossier"), _("Compare"), _("Recommendations")])
    with dossier, st.form("dossier", border=False):
        wanted_country = st.selectbox(
            _("Country"), list(countries), format_func=lambda name: _with_pages(name, countries[name])
        )
        about = st.text_input(_("Subject, if only one matters"), placeholder=_("women and girls"), max_chars=200)
        if st.form_submit_button(_("Make the dossier"), type="primary"):
            _make(opened, lambda: summarise(opened.library, wanted_country, about=about.strip()))
    with matrix, st.form("matrix", border=False):
        chosen = st.multiselect(
            _("Countries"),
            list(countries),
            default=list(countries)[:2],
            max_selections=_MOST_COUNTRIES,
            format_func=country,
        )
        questions = st.text_area(
            _("Questions, one a line"),
            placeholder=_("Empty: the six headings of a dossier"),
            height=100,
            max_chars=2_000,
        )
        if st.form_submit_button(_("Compare"), type="primary"):
            asked = [line.strip() for line in questions.splitlines() if line.strip()]
            _make(opened, lambda: compare(opened.library, chosen, asked))
    with wanted, st.form("recommendations", border=False):
        of = st.multiselect(_("Countries"), list(countries), placeholder=_("All reports"), format_func=country)
        if st.form_submit_button(_("Find recommendations"), type="primary"):
            _make(opened, lambda: recommendations(opened.library, of))
    if _RESULT in st.session_state:
        _draw_result(opened)


def _with_pages(name: str, count: int) -> str:
    return _("{country} ({pages})", country=country(name), pages=pages(count))


def _make(opened: Shared, make: Callable[[], Result]) -> None:
    close_place()
    st.session_state.pop(_RESULT, None)
    try:
        with st.spinner(_("Reading the cases …")), opened.asking():
            st.session_state[_RESULT] = make()
    except (AppError, LibraryError, IngestError) as error:
        st.error(escape_markdown(said(str(error))))


@st.fragment
def _draw_result(opened: Shared) -> None:
    result: Result = st.session_state[_RESULT]

    def cited() -> Sequence[Sequence[Citation]]:
        return [result.citations]

    def draw_left() -> None:
        with st.container(key="case-result"):
            if isinstance(result, CaseSummary):
                draw_case(result, 0)
            elif isinstance(result, Comparison):
                _draw_matrix(result)
            else:
                _draw_recommendations(result)
            draw_downloads(opened, result, "", "case")
        show_opened_number(cited())

    draw_beside(opened, cited, draw_left)


def _draw_matrix(comparison: Comparison) -> None:
    for number, row in enumerate(comparison.rows):
        st.markdown(f"**{escape_markdown(said(row.question))}**")
        columns = st.columns(len(row.cells), gap="small", border=True)
        for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            with column:
                st.markdown(f":small[**{escape_markdown(country(cell.country))}**]")
                if not cell.sentences:
                    st.caption(said(NOT_STATED))
                for index, sentence in enumerate(cell.sentences):
                    draw_sentence(sentence, comparison.citations, f"cell-{number}-{place}-{index}", 0)


def _draw_recommendations(found: Recommendations) -> None:
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
