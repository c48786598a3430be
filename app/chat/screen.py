"""The chat screen's first module: Streamlit runs it from the top at every change. Started by ``app.chat.launch``."""

from __future__ import annotations

import streamlit as st

from app.chat.conversation import ask_for, draw_pending, draw_stop, draw_turns
from app.chat.current import current_chat
from app.chat.first_view import draw_first_view
from app.chat.look import icon, style
from app.chat.opened import opened_place
from app.chat.page_view import draw_page, show_opened_number
from app.chat.scope import draw_scope_line
from app.chat.shared import Shared, shared
from app.chat.sidebar import draw_sidebar
from app.errors import AppError
from app.plain import escape_markdown
from ingest.documents import Status
from vectorstore.errors import LibraryError


def draw() -> None:
    """Draw the whole screen."""
    st.set_page_config(page_title="Insights", page_icon=icon(), layout="wide")
    st.html(style(st.context.theme.type or "light"))
    try:
        opened = shared()
    except (AppError, LibraryError, OSError) as error:
        st.error(escape_markdown(str(error)))
        st.stop()
    chat = current_chat()
    with st.sidebar:
        draw_sidebar(opened, chat)
    with st.bottom:
        empty = not opened.library.catalogue.documents(Status.READY)
        if not empty:
            draw_scope_line(opened)
        question = st.chat_input("Ask the reports a question", max_chars=4_000, disabled=empty, key="question")
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
    if not current_chat().turns and "pending" not in st.session_state:
        with first.container():
            _draw_conversation(opened)
        return
    first.empty()
    # The page's column is there before a page is: what is being read must not move when one opens.
    left, right = st.columns([6, 5], gap="medium")
    # The page comes before the conversation, which may wait for a model.
    with right:
        if opened_place() is None:
            st.container(key="page-closed").caption("A number opens the page here, with the words marked.")
        else:
            with st.container(key="page-panel"):
                draw_page(opened, current_chat())
    with left:
        _draw_conversation(opened)
        show_opened_number(current_chat())


def _draw_conversation(opened: Shared) -> None:
    chat = current_chat()
    with st.container(key="conversation"):
        if problem := st.session_state.pop("chat_problem", ""):
            st.warning(escape_markdown(problem))
        if not chat.turns and "pending" not in st.session_state:
            draw_first_view(opened)
        draw_turns(opened, chat)
        draw_pending(opened, chat)


draw()
