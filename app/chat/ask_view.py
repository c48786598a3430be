"""The page Ask: the conversation, the page of a report beside it, and the field for the next question."""

from __future__ import annotations

import streamlit as st

from app.chat.beside import draw_beside
from app.chat.conversation import ask_for, draw_pending, draw_stop, draw_turns
from app.chat.current import current_chat
from app.chat.first_view import draw_first_view
from app.chat.opened import cited_by, opened_place
from app.chat.page_view import show_opened_number
from app.chat.said import said
from app.chat.scope import draw_scope_line
from app.chat.shared import Shared, shared
from app.chat.tongue import _
from app.plain import escape_markdown
from ingest.documents import Status


def draw_ask() -> None:
    """Draw all of it."""
    opened = shared()
    with st.bottom:
        empty = not opened.library.catalogue.documents(Status.READY)
        if not empty:
            draw_scope_line(opened)
        question = st.chat_input(_("Ask the reports a question"), max_chars=4_000, disabled=empty, key="question")
    if question:
        ask_for(question)
    with st.bottom:
        draw_stop(opened)
    _draw_body(opened)


@st.fragment
def _draw_body(opened: Shared) -> None:
    """Draw the conversation and the page beside it: a click on a number draws only these two again."""
    # One slot: what it held goes at once, where it would else stay grey below an answer in the making.
    first = st.empty()
    if not current_chat().turns and "pending" not in st.session_state and opened_place() is None:
        with first.container():
            _draw_conversation(opened)
        return
    first.empty()
    draw_beside(opened, lambda: cited_by(current_chat()), lambda: _draw_conversation(opened))


def _draw_conversation(opened: Shared) -> None:
    chat = current_chat()
    with st.container(key="conversation"):
        if problem := st.session_state.pop("chat_problem", ""):
            st.warning(escape_markdown(said(problem)))
        if not chat.turns and "pending" not in st.session_state:
            draw_first_view(opened)
        draw_turns(opened, chat)
        draw_pending(opened, chat)
    show_opened_number(cited_by(current_chat()))
