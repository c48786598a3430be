"""Two columns: the text on the left, the page that a citation number opens on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.answers import Citation
from app.chat.state.app_state import AppState
from app.chat.state.url_state import open_linked_quote, opened_place
from app.chat.views.page_ways import WIDE
from app.chat.views.report_page_view import draw_page


def draw_split_view(
    state: AppState, cited: Callable[[], Sequence[Sequence[Citation]]], draw_left: Callable[[], None]
) -> None:
    """Draw both columns; the right one takes no room until a page is open.

    Args:
        state: What all windows share.
        cited: Gives, turn by turn, the citations that "previous" and "next" go through.
        draw_left: Draws what is read.
    """
    wide = opened_place() is not None and st.session_state.get(WIDE, False)
    left, right = st.columns([3, 7] if wide else [6, 5], gap="medium")
    # The page comes before what is on the left, which may wait for a model.
    with right:
        if warning := open_linked_quote(state.library):
            st.warning(warning)
        if opened_place() is not None:
            with st.container(key="page-panel"):
                draw_page(state, cited())
        elif not warning:
            # The column stays, out of sight: what is on the left must not be drawn anew when a page opens.
            st.container(key="page-closed").empty()
    with left:
        draw_left()
