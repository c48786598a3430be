"""What questions are asked of: all reports, or those and the countries that the reader chose."""

from __future__ import annotations

import streamlit as st

from app.chat.i18n import _, country
from app.chat.phrases import listed
from app.chat.phrases import reports as reports_counted
from app.chat.state.app_state import AppState
from app.chat.state.private_mode import is_private
from app.plain import escape_markdown, shorten
from ingest.documents import Status
from vectorstore.records import DocumentRecord, Scope

_DOCUMENTS, _COUNTRIES = "scope_documents", "scope_countries"
_WANTED = "scope_wanted"
_NAME_CHARACTERS = 40


def draw_scope(state: AppState) -> None:
    """Draw the two choices; they apply until they are changed."""
    catalogue = state.library.catalogue
    names = {document.id: short_title(document) for document in catalogue.documents(Status.READY)}
    countries = sorted(catalogue.countries_with_sections(), key=country)
    if (wanted := st.session_state.pop(_WANTED, None)) is not None:
        st.session_state[_COUNTRIES] = list(wanted)
    for key, known in ((_DOCUMENTS, names), (_COUNTRIES, countries)):
        # A document that was removed must not stay chosen out of sight.
        st.session_state[key] = [value for value in st.session_state.get(key, []) if value in known]
    st.multiselect(
        _("Sources"),
        list(names),
        key=_DOCUMENTS,
        format_func=lambda i: names.get(i, i),
        placeholder=_("All reports"),
    )
    st.multiselect(
        _("Countries"),
        countries,
        key=_COUNTRIES,
        format_func=country,
        placeholder=_("All countries"),
    )


def chosen_scope() -> Scope:
    """Return what is chosen; an empty scope is everything."""
    return Scope(tuple(st.session_state.get(_DOCUMENTS, ())), tuple(st.session_state.get(_COUNTRIES, ())))


def search_countries(scope: Scope) -> None:
    """Choose the countries of ``scope`` from the next drawing on: a follow-up named another one."""
    st.session_state[_WANTED] = scope.countries


def widen_scope() -> None:
    """Choose everything again."""
    st.session_state[_DOCUMENTS] = []
    st.session_state[_COUNTRIES] = []


def scope_line(state: AppState, scope: Scope) -> str:
    """Return what is asked, in words, as plain text: "2 reports · Nepal"."""
    documents = {document.id: document for document in state.library.catalogue.documents()}
    names = [short_title(documents[i]) if i in documents else _("a removed report") for i in scope.documents]
    countries = listed(map(country, scope.countries))
    reports = _("all reports") if not names else names[0] if len(names) == 1 else reports_counted(len(names))
    return " · ".join(part for part in (reports, countries) if part)


def searched_count(state: AppState, scope: Scope) -> int:
    """Return how many documents a question in ``scope`` is asked of."""
    return len(scope.documents) or len(state.library.catalogue.documents(Status.READY))


def short_title(document: DocumentRecord) -> str:
    """Return a document's title, short, as plain text."""
    return shorten(document.title or document.name, _NAME_CHARACTERS)


def draw_scope_line(state: AppState) -> None:
    """Draw, above the input, what a question will be asked of, with the way back to everything."""
    scope = chosen_scope()
    with st.container(horizontal=True, vertical_alignment="center", key="scope-line"):
        if is_private():
            st.caption(":material/visibility_off: " + _("This chat is not saved."), width="content")
        st.caption(_("Searching: {scope}", scope=escape_markdown(scope_line(state, scope))))
        if scope:
            st.button(
                _("Search all"), on_click=widen_scope, type="tertiary", help=_("Search every report and country again")
            )
