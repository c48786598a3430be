"""The chat screen's first module: Streamlit runs it from the top at every change. Started by ``app.chat.launch``."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from app.chat.i18n import _, set_window_language, translate
from app.chat.state.app_state import app_state
from app.chat.state.chat_session import ASK_PAGE
from app.chat.state.private_mode import apply_private_mode
from app.chat.views.ask_page import draw_ask
from app.chat.views.brief_page import draw_brief
from app.chat.views.cases_page import draw_cases
from app.chat.views.chats_page import draw_chats
from app.chat.views.copying import install_copying
from app.chat.views.library_page import draw_library
from app.chat.views.settings_page import draw_settings
from app.chat.views.sidebar import draw_sidebar
from app.chat.views.styles import icon, set_page_language, style
from app.errors import AppError
from app.messages import error_message
from app.plain import escape_markdown
from ingest.documents import Status
from vectorstore.errors import LibraryError


def draw() -> None:
    """Draw the page that the address names, and the sidebar beside it."""
    st.set_page_config(page_title="Insights", page_icon=icon(), layout="wide")
    set_window_language()
    st.html(style(st.context.theme.type or "light"))
    set_page_language()
    install_copying()
    ask = st.Page(draw_ask, title=_("Ask"), icon=":material/forum:", default=True)
    st.session_state[ASK_PAGE] = ask
    pages = [
        ask,
        st.Page(draw_cases, title=_("Cases"), icon=":material/public:", url_path="cases"),
        st.Page(draw_brief, title=_("My brief"), icon=":material/inventory_2:", url_path="brief"),
        st.Page(draw_library, title=_("Library"), icon=":material/library_books:", url_path="library"),
        st.Page(draw_chats, title=_("Chats"), icon=":material/history:", url_path="chats"),
        st.Page(draw_settings, title=_("Settings"), icon=":material/settings:", url_path="settings"),
    ]
    page = st.navigation(pages, position="top")
    try:
        with nullcontext() if "page-drawn" in st.session_state else st.spinner(_("Opening the library …")):
            state = app_state()
        st.session_state["page-drawn"] = True
    except (AppError, LibraryError, OSError) as error:
        st.error(escape_markdown(translate(error_message(error))))
        st.stop()
    apply_private_mode()
    takes_reports = page.url_path == "library" or (page == ask and not state.library.catalogue.documents(Status.READY))
    with st.sidebar:
        draw_sidebar(state, progress=not takes_reports)
    page.run()


draw()
