"""The chat screen's first module: Streamlit runs it from the top at every change. Started by ``app.chat.launch``."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from app.chat.ask_view import draw_ask
from app.chat.cases_view import draw_cases
from app.chat.chats_view import draw_chats
from app.chat.current import ASK_PAGE
from app.chat.library_view import draw_library
from app.chat.look import icon, speak, style
from app.chat.said import said
from app.chat.settings_view import draw_settings
from app.chat.shared import shared
from app.chat.sidebar import draw_sidebar
from app.chat.tongue import _, settle_language
from app.chat.traces import settle_traces
from app.errors import AppError
from app.plain import escape_markdown
from ingest.documents import Status
from vectorstore.errors import LibraryError


def draw() -> None:
    """Draw the page that the address names, and the sidebar beside it."""
    st.set_page_config(page_title="Insights", page_icon=icon(), layout="wide")
    settle_language()
    st.html(style(st.context.theme.type or "light"))
    speak()
    ask = st.Page(draw_ask, title=_("Ask"), icon=":material/forum:", default=True)
    st.session_state[ASK_PAGE] = ask
    pages = [
        ask,
        st.Page(draw_cases, title=_("Cases"), icon=":material/public:", url_path="cases"),
        st.Page(draw_library, title=_("Library"), icon=":material/library_books:", url_path="library"),
        st.Page(draw_chats, title=_("Chats"), icon=":material/history:", url_path="chats"),
        st.Page(draw_settings, title=_("Settings"), icon=":material/settings:", url_path="settings"),
    ]
    page = st.navigation(pages, position="top")
    try:
        with nullcontext() if "page-drawn" in st.session_state else st.spinner(_("Opening the library …")):
            opened = shared()
        st.session_state["page-drawn"] = True
    except (AppError, LibraryError, OSError) as error:
        st.error(escape_markdown(said(str(error))))
        st.stop()
    settle_traces()
    takes_reports = page.url_path == "library" or (page == ask and not opened.library.catalogue.documents(Status.READY))
    with st.sidebar:
        draw_sidebar(opened, progress=not takes_reports)
    page.run()


draw()
