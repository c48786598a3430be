"""A thumb up or down for a citation, and why: kept on this computer, or not at all when no traces are to be left."""

from __future__ import annotations

import streamlit as st

from app.answers import Citation
from app.chat.i18n import _
from app.chat.state.app_state import AppState
from app.chat.state.private_mode import is_private
from app.feedback import keep_feedback
from app.plain import escape_markdown

_NOTE_CHARACTERS = 500


def draw_feedback(state: AppState, citation: Citation) -> None:
    """Draw the thumbs, and after one of them the field for a note."""
    if is_private():
        return
    key = f"feedback-{citation.document_id[:12]}-{citation.page}-{citation.start}-{citation.end}"
    with st.container(key="page-feedback", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("Does this quote support the sentence?"), width="content")
            st.feedback("thumbs", key=key, on_change=_keep, args=(state, citation, key), width="content")
        if st.session_state.get(key) is not None:
            st.text_input(
                _("Why"),
                key=f"{key}-note",
                max_chars=_NOTE_CHARACTERS,
                placeholder=_("Why, if you like"),
                label_visibility="collapsed",
                on_change=_keep,
                args=(state, citation, key),
            )
            st.caption(_("Saved on this computer. It is deleted when you delete all chats."))


def _keep(state: AppState, citation: Citation, key: str) -> None:
    thumb = st.session_state.get(key)
    note = " ".join(st.session_state.get(f"{key}-note", "").split())
    try:
        keep_feedback(state.settings.home, citation, None if thumb is None else bool(thumb), note)
    except OSError as error:
        st.toast(escape_markdown(_("This was not saved: {detail}.", detail=error.strerror)))
