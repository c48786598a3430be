"""The page Cases: which countries the reports cover, a country's dossier, the matrix, and recommendations."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.answers import Citation
from app.cases import (
    CaseSummary,
    Comparison,
    Recommendations,
    compare,
    countries_with_cases,
    recommendations,
    summarise,
)
from app.chat.i18n import _, country, ngettext, translate
from app.chat.phrases import pages
from app.chat.state.app_state import AppState, app_state
from app.chat.state.case_request import (
    MOST_COUNTRIES,
    QUESTIONS_CHARACTERS,
    SUBJECT_CHARACTERS,
    CaseRequest,
    Kind,
    read_questions,
)
from app.chat.state.url_state import close_place, requested_case, set_request
from app.chat.views.case_view import draw_case, draw_matrix, draw_recommendations
from app.chat.views.downloads import draw_downloads
from app.chat.views.report_page_view import scroll_to_open_citation
from app.chat.views.split_view import draw_split_view
from app.errors import AppError
from app.messages import error_message
from app.plain import escape_markdown
from ingest.errors import IngestError
from vectorstore.errors import LibraryError
from vectorstore.library import Library

_RESULT = "case-result"
Result = CaseSummary | Comparison | Recommendations


def draw_cases() -> None:
    """Draw all of it."""
    state = app_state()
    st.header(_("Cases"), anchor=False)
    countries = countries_with_cases(state.library)
    if not countries:
        st.info(_("No report in the library has a section about one country. Add reports on the page Library."))
        return
    with st.expander(
        ngettext("{number} country in these reports", "{number} countries in these reports", len(countries)),
        icon=":material/bar_chart:",
    ):
        _draw_sizes(countries)
    request = requested_case()
    _fill_forms(request, list(countries))
    tabs = {Kind.DOSSIER: _("Dossier"), Kind.COMPARISON: _("Compare"), Kind.RECOMMENDATIONS: _("Recommendations")}
    shown = tabs[request.kind if request else Kind.DOSSIER]
    dossier, matrix, wanted = st.tabs(list(tabs.values()), default=shown)
    asked = None
    with dossier, st.form("dossier", border=False):
        one = st.selectbox(
            _("Country"),
            list(countries),
            format_func=lambda name: _with_pages(name, countries[name]),
            key="dossier-country",
        )
        about = st.text_input(
            _("Topic (optional)"),
            placeholder=_("women and girls"),
            max_chars=SUBJECT_CHARACTERS,
            key="dossier-about",
        )
        if st.form_submit_button(_("Make the dossier"), type="primary"):
            asked = CaseRequest(Kind.DOSSIER, (one,), about.strip())
    with matrix, st.form("matrix", border=False):
        chosen = st.multiselect(
            _("Countries"),
            list(countries),
            max_selections=MOST_COUNTRIES,
            format_func=country,
            key="matrix-countries",
        )
        questions = st.text_area(
            _("One question per line"),
            placeholder=_("Empty: the six headings of a dossier"),
            height=100,
            max_chars=QUESTIONS_CHARACTERS,
            key="matrix-questions",
        )
        if st.form_submit_button(_("Compare"), type="primary"):
            asked = CaseRequest(Kind.COMPARISON, tuple(chosen), questions=read_questions(questions))
    with wanted, st.form("recommendations", border=False):
        of = st.multiselect(
            _("Countries"),
            list(countries),
            placeholder=_("All reports"),
            format_func=country,
            key="recommendations-countries",
        )
        if st.form_submit_button(_("Find recommendations"), type="primary"):
            asked = CaseRequest(Kind.RECOMMENDATIONS, tuple(of))
    if asked is not None:
        close_place()
        set_request(asked)
        st.session_state.pop(_RESULT, None)
    if (request := asked or request) is not None and _has(state, request):
        _draw_result(state)


def _draw_sizes(countries: dict[str, int]) -> None:
    """Draw a bar for every country, the largest first: as text and bars they are read and heard at any width."""
    most = max(countries.values())
    for name, count in sorted(countries.items(), key=lambda item: -item[1]):
        st.progress(count / most, escape_markdown(_with_pages(name, count)))


def _fill_forms(request: CaseRequest | None, countries: list[str]) -> None:
    """Let the fields say what the address asks for, where they have not been touched."""
    of = {kind: request if request and request.kind is kind else None for kind in Kind}
    dossier, matrix = of[Kind.DOSSIER], of[Kind.COMPARISON]
    known = {kind: [name for name in own.countries if name in countries] for kind, own in of.items() if own}
    values = {
        "dossier-country": next(iter(known.get(Kind.DOSSIER, ())), countries[0]),
        "dossier-about": dossier.about if dossier else "",
        "matrix-countries": known.get(Kind.COMPARISON, countries[:2]),
        "matrix-questions": "\n".join(matrix.questions) if matrix else "",
        "recommendations-countries": known.get(Kind.RECOMMENDATIONS, []),
    }
    for key, value in values.items():
        st.session_state.setdefault(key, value)


def _with_pages(name: str, count: int) -> str:
    return _("{country} ({pages})", country=country(name), pages=pages(count))


def _has(state: AppState, request: CaseRequest) -> bool:
    """Make what is asked for, once; return whether it could be made."""
    if _RESULT in st.session_state and st.session_state[_RESULT][0] == request:
        return True
    st.session_state.pop(_RESULT, None)
    try:
        with st.spinner(_("Reading the cases …")):
            st.session_state[_RESULT] = (request, _make(state.library, request))
    except (AppError, LibraryError, IngestError) as error:
        st.error(escape_markdown(translate(error_message(error))))
        return False
    return True


def _make(library: Library, request: CaseRequest) -> Result:
    if request.kind is Kind.DOSSIER:
        return summarise(library, request.countries[0], about=request.about)
    if request.kind is Kind.COMPARISON:
        return compare(library, request.countries, request.questions)
    return recommendations(library, request.countries)


@st.fragment
def _draw_result(state: AppState) -> None:
    result: Result = st.session_state[_RESULT][1]

    def cited() -> Sequence[Sequence[Citation]]:
        return [result.citations]

    def draw_left() -> None:
        with st.container(key="case-result"):
            if isinstance(result, CaseSummary):
                draw_case(result, 0)
            elif isinstance(result, Comparison):
                draw_matrix(result)
            else:
                draw_recommendations(result)
            draw_downloads(state, result, "", "case")
        scroll_to_open_citation(cited())

    draw_split_view(state, cited, draw_left)
