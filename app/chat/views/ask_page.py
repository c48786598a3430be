"""The page Ask: the conversation, the page of a report beside it, and the field for the next question."""

from __future__ import annotations

import streamlit as st

from app.chat.i18n import _, translate
from app.chat.state.app_state import AppState, app_state
from app.chat.state.chat_session import current_chat
from app.chat.state.url_state import cited_by, opened_place
from app.chat.views.conversation import ask_for, draw_pending, draw_stop, draw_turns
from app.chat.views.report_page_view import scroll_to_open_citation
from app.chat.views.scope_view import draw_scope_line
from app.chat.views.split_view import draw_split_view
from app.chat.views.start_view import draw_start_view
from app.plain import escape_markdown
from ingest.documents import Status


def draw_ask() -> None:
    """Draw all of it."""
    state = app_state()
    with st.bottom:
        empty = not state.library.catalogue.documents(Status.READY)
        if not empty:
            draw_scope_line(state)
        question = st.chat_input(_("Ask the reports a question"), max_chars=4_000, disabled=empty, key="question")
    if question:
        ask_for(question)
    with st.bottom:
        draw_stop(state)
    _draw_body(state)


@st.fragment
def _draw_body(state: AppState) -> None:
    """Draw the conversation and the page beside it: a click on a number draws only these two again."""
    # One slot: what it held goes at once, where it would else stay grey below an answer in the making.
    first = st.empty()
    if not current_chat().turns and "pending" not in st.session_state and opened_place() is None:
        with first.container():
            _draw_conversation(state)
        return
    first.empty()
    draw_split_view(state, lambda: cited_by(current_chat()), lambda: _draw_conversation(state))


def _draw_conversation(state: AppState) -> None:
    chat = current_chat()
    with st.container(key="conversation"):
        if problem := st.session_state.pop("chat_problem", None):
            st.warning(escape_markdown(translate(problem)))
        if not chat.turns and not {"pending", "aside"} & set(st.session_state):
            draw_start_view(state)
        draw_turns(state, chat)
        draw_pending(state, chat)
    scroll_to_open_citation(cited_by(current_chat()))
