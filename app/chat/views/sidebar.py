"""The sidebar: new chat, sources, uploads, latest chats, and where passages are sent."""

from __future__ import annotations

import streamlit as st

from app.chat.i18n import _, translate
from app.chat.state.app_state import AppState
from app.chat.state.chat_session import go_to_ask, open_chat, start_chat
from app.chat.state.private_mode import is_private
from app.chat.views.scope_view import draw_scope
from app.chat.views.upload_view import draw_progress
from app.chat_history import list_chats
from app.chat_models.address import model_host
from app.errors import ModelError
from app.messages import error_message
from app.plain import escape_markdown, shorten
from ingest.documents import Status

_TITLE_CHARACTERS = 60
_CHATS_SHOWN = 8


def draw_sidebar(state: AppState, progress: bool) -> None:
    """Draw the sidebar; ``progress`` is whether to show uploads, which a page with the upload field shows itself."""
    st.markdown("### Insights")
    st.caption(network_line(state.settings.model))
    if is_private():
        st.markdown(
            ":material/visibility_off: **" + _("Leaves no traces") + "**",
            help=_("This window’s chat is not saved. You can change this on the page Chats."),
        )
    if st.button(_("New chat"), on_click=start_chat, icon=":material/add:", width="stretch", key="new-chat"):
        go_to_ask()
    if progress:
        draw_progress(state)
    if state.library.catalogue.documents(Status.READY):
        draw_scope(state)
    _draw_latest_chats(state)


def network_line(model: str) -> str:
    """Return where passages go, as Markdown."""
    try:
        host = model_host(model) if model else ""
    except ModelError as error:
        return f":red[{escape_markdown(translate(error_message(error)))}]"
    if host:
        line = _("Passages go to {host}", host=escape_markdown(host))
        return f":orange[**{line}**]"
    return _("Nothing leaves this computer")


def _draw_latest_chats(state: AppState) -> None:
    lines = [line for line in list_chats(state.settings.home) if not line.damage][:_CHATS_SHOWN]
    if not lines:
        return
    st.markdown("**" + _("Latest chats") + "**")
    with st.container(gap="xxsmall"):
        for line in lines:
            clicked = st.button(
                escape_markdown(shorten(line.title, _TITLE_CHARACTERS)),
                key=f"open-{line.id}",
                on_click=open_chat,
                args=(line.id,),
                type="tertiary",
                width="stretch",
            )
            if clicked:
                go_to_ask(line.id)
