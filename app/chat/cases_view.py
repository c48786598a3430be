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
from app.chat.shared import Shared, shared
from app.chat.take_away import draw_downloads
from app.errors import AppError
from app.plain import counted, escape_markdown
from ingest.errors import IngestError
from vectorstore.errors import LibraryError

_RESULT = "case-result"
_MOST_COUNTRIES = 4
Result = CaseSummary | Comparison | Recommendations


def draw_cases() -> None:
    """Draw all of it."""
    opened = shared()
    st.header("Cases", anchor=False)
    countries = countries_with_cases(opened.library)
    if not countries:
        st.info("No report in the library has a section about one country. Add reports on the page Library.")
        return
    with st.expander(
        "1 country in these reports" if len(countries) == 1 else f"{len(countries)} countries in these reports",
        icon=":material/bar_chart:",
    ):
        st.bar_chart(
            {"country": list(countries), "pages": list(countries.values())},
            x="country",
            y="pages",
            horizontal=True,
            x_label="Pages of its own",
            y_label="",
            sort="-pages",
        )
    dossier, matrix, wanted = st.tabs(["Dossier", "Compare", "Recommendations"])
    with dossier, st.form("dossier", border=False):
        country = st.selectbox("Country", list(countries), format_func=lambda name: _with_pages(name, countries[name]))
        about = st.text_input("Subject, if only one matters", placeholder="women and girls", max_chars=200)
        if st.form_submit_button("Make the dossier", type="primary"):
            _make(opened, lambda: summarise(opened.library, country, about=about.strip()))
    with matrix, st.form("matrix", border=False):
        chosen = st.multiselect(
            "Countries", list(countries), default=list(countries)[:2], max_selections=_MOST_COUNTRIES
        )
        questions = st.text_area(
            "Questions, one a line", placeholder="Empty: the six headings of a dossier", height=100, max_chars=2_000
        )
        if st.form_submit_button("Compare", type="primary"):
            asked = [line.strip() for line in questions.splitlines() if line.strip()]
            _make(opened, lambda: compare(opened.library, chosen, asked))
    with wanted, st.form("recommendations", border=False):
        of = st.multiselect("Countries", list(countries), placeholder="All reports")
        if st.form_submit_button("Find recommendations", type="primary"):
            _make(opened, lambda: recommendations(opened.library, of))
    if _RESULT in st.session_state:
        _draw_result(opened)


def _with_pages(name: str, pages: int) -> str:
    return f"{name} ({counted(pages, 'page')})"


def _make(opened: Shared, make: Callable[[], Result]) -> None:
    close_place()
    st.session_state.pop(_RESULT, None)
    try:
        with st.spinner("Reading the cases …"), opened.asking():
            st.session_state[_RESULT] = make()
    except (AppError, LibraryError, IngestError) as error:
        st.error(escape_markdown(str(error)))


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
        st.markdown(f"**{escape_markdown(row.question)}**")
        columns = st.columns(len(row.cells), gap="small", border=True)
        for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            with column:
                st.markdown(f":small[**{escape_markdown(cell.country)}**]")
                if not cell.sentences:
                    st.caption(NOT_STATED)
                for index, sentence in enumerate(cell.sentences):
                    draw_sentence(sentence, comparison.citations, f"cell-{number}-{place}-{index}", 0)


def _draw_recommendations(found: Recommendations) -> None:
    if not found.found:
        st.caption("No recommendation was found.")
    for addressee, items in found.by_addressee().items():
        st.markdown(f"**To: {escape_markdown(str(addressee))}** ({len(items)})")
        above = ""
        for index, item in enumerate(items):
            if item.above != above:
                above = item.above
                st.caption(escape_markdown(above))
            draw_sentence(item.sentence, found.citations, f"urged-{addressee}-{index}".replace(" ", "-"), 0)
