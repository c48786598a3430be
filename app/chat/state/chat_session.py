"""The chat of this browser window: read from disk on a reload, saved after every turn."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from app.chat.state.app_state import app_state
from app.chat.state.brief_tray import forget_private_brief
from app.chat.state.private_mode import is_private, set_private
from app.chat.state.url_state import close_place
from app.chat_history import Chat, Turn, UnknownChat, load_chat, new_chat, save_chat
from app.errors import AppError
from app.messages import error_message

ASK_PAGE = "ask-page"
"""Of the window's state: the page Ask."""


def current_chat() -> Chat:
    """Return the window's chat: the one that the address names, else an empty one."""
    wanted = st.query_params.get("chat", "")
    known: Chat | None = st.session_state.get("current_chat")
    if known is not None and wanted in ("", known.id):
        if known.turns and not wanted and not is_private():
            # A click while the answer was being written restores the address from before.
            st.query_params["chat"] = known.id
        return known
    try:
        chat = load_chat(app_state().settings.home, wanted) if wanted else new_chat()
    except AppError as error:
        st.session_state["chat_problem"] = error_message(error)
        st.query_params.pop("chat", None)
        chat = new_chat()
    st.session_state["current_chat"] = chat
    return chat


def add_turn(chat: Chat, turn: Turn) -> None:
    """Save a turn and put the chat's id into the address."""
    if is_private():
        st.session_state["current_chat"] = chat.with_turn(turn)
        return
    home = app_state().settings.home
    # Another window may have gone on with it. One without a file is new, or was deleted: then the screen's counts.
    with suppress(UnknownChat):
        chat = load_chat(home, chat.id)
    longer = chat.with_turn(turn)
    save_chat(home, longer)
    st.session_state["current_chat"] = longer
    st.query_params["chat"] = longer.id


def open_chat(chat_id: str) -> None:
    """Go to another chat."""
    _leave()
    st.query_params["chat"] = chat_id


def start_chat() -> None:
    """Go to an empty chat."""
    _leave()
    st.query_params.pop("chat", None)


def switch_private_mode(private: bool) -> None:
    """Switch this window to private mode or back, with an empty chat: one is saved as a whole or not at all."""
    if private != is_private():
        start_chat()
        forget_private_brief()
    set_private(private)


def go_to_ask(chat_id: str = "") -> None:
    """Go to the page Ask, with a chat; ``app.chat.screen`` has stored that page in the window's state."""
    page = st.session_state.get(ASK_PAGE)
    if page is not None:
        st.switch_page(page, query_params={"chat": chat_id} if chat_id else None)


def _leave() -> None:
    close_place()
    for name in ("current_chat", "pending", "opened_turn", "chat_problem", "aside"):
        st.session_state.pop(name, None)
