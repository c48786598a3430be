"""The page Chats: those kept on this computer, found by their words, named, deleted, and the mode that keeps none."""

from __future__ import annotations

import streamlit as st

from app.brief import wipe_brief
from app.chat.i18n import _, day_and_time, ngettext, translate
from app.chat.state.app_state import AppState, app_state
from app.chat.state.brief_tray import forget_private_brief
from app.chat.state.chat_session import current_chat, go_to_ask, open_chat, start_chat, switch_private_mode
from app.chat.state.private_mode import is_private
from app.chat_history import ChatLine, delete_chat, find_chats, rename_chat, wipe_chats
from app.errors import AppError
from app.feedback import wipe_feedback
from app.messages import error_message
from app.plain import escape_markdown

_SHOWN = 30


def draw_chats() -> None:
    """Draw all of it."""
    state = app_state()
    st.header(_("Chats"), anchor=False)
    _draw_private_mode()
    st.caption(
        _("There is no sign-in: everyone who opens this address on this computer sees these chats and can delete them.")
    )
    wanted = st.text_input(_("Find a chat"), placeholder=_("Words of its name, questions or quotes"), key="find-chat")
    lines = find_chats(state.settings.home, wanted)
    if not lines:
        st.caption(_("No chat contains these words.") if wanted else _("No chats are saved on this computer."))
        return
    for line in lines[: None if st.session_state.get("all-chats") else _SHOWN]:
        _draw_line(state, line)
    if len(lines) > _SHOWN:
        st.toggle(ngettext("All {number} chat", "All {number} chats", len(lines)), key="all-chats")
    st.divider()
    if st.button(_("Delete all chats"), icon=":material/delete_sweep:", key="wipe"):
        st.dialog(_("Delete all chats?"))(_confirm_wipe)(state)


def _draw_private_mode() -> None:
    st.session_state["no-traces"] = is_private()
    st.toggle(_("Leave no traces in this window"), key="no-traces", on_change=_switch_private_mode)
    st.caption(
        _("On: what you ask from now on stays in this window, and is gone when you close or reload it.")
        if is_private()
        else _("Chats are saved in the library’s folder on this computer, readable by anyone who can read that folder.")
    )


def _switch_private_mode() -> None:
    switch_private_mode(st.session_state["no-traces"])


def _draw_line(state: AppState, line: ChatLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"chat-{line.id}", border=True):
        with st.container(gap=None):
            title = _("Damaged chat") if line.damage else line.title or _("Untitled")
            st.markdown(f"**{escape_markdown(title)}**")
            st.caption(escape_markdown(translate(line.damage)) if line.damage else day_and_time(line.created))
        if not line.damage:
            if st.button(_("Open"), key=f"go-{line.id}", help=_("Open: {title}", title=escape_markdown(line.title))):
                open_chat(line.id)
                go_to_ask(line.id)
            name = _("Name: {title}", title=escape_markdown(line.title))
            if st.button(name, key=f"name-{line.id}", icon=":material/edit:", help=name):
                st.dialog(_("Name this chat"))(_rename)(state, line)
        delete = _("Delete this chat: {title}", title=escape_markdown(line.title))
        st.button(
            delete,
            key=f"delete-{line.id}",
            icon=":material/delete:",
            help=delete,
            on_click=_delete,
            args=(state, line.id),
        )


def _rename(state: AppState, line: ChatLine) -> None:
    title = st.text_input(_("Name"), line.title, max_chars=80)
    if st.button(_("Save"), type="primary", key="save-name", disabled=not title.strip()):
        try:
            rename_chat(state.settings.home, line.id, title)
        except AppError as error:
            st.error(escape_markdown(translate(error_message(error))))
            return
        if current_chat().id == line.id:
            st.session_state.pop("current_chat", None)
        st.rerun()


def _confirm_wipe(state: AppState) -> None:
    st.markdown(
        _("All chats on this computer, the brief and your feedback on citations will be deleted. Reports stay.")
    )
    with st.container(horizontal=True):
        if st.button(_("Delete them all"), type="primary", key="wipe-sure"):
            wipe_chats(state.settings.home)
            wipe_feedback(state.settings.home)
            wipe_brief(state.settings.home)
            forget_private_brief()
            start_chat()
            st.rerun()
        if st.button(_("Keep them"), key="wipe-not"):
            st.rerun()


def _delete(state: AppState, chat_id: str) -> None:
    delete_chat(state.settings.home, chat_id)
    if chat_id == current_chat().id:
        start_chat()
