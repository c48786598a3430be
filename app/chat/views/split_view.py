"""Two columns: the text on the left, the page that a citation number opens on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.answers import Citation
from app.chat.i18n import _
from app.chat.state.app_state import AppState
from app.chat.state.url_state import open_linked_quote, opened_place
from app.chat.views.report_page_view import draw_page


def draw_split_view(
    state: AppState,
    cited: Callable[[], Sequence[Sequence[Citation]]],
    draw_left: Callable[[], None],
    closed: str | None = None,
) -> None:
    """Draw both columns.

    Args:
        opened: What all windows share.
        cited: Gives, turn by turn, the citations that "previous" and "next" go through.
        draw_left: Draws what is read.
        closed: Text on the right while no page is open; None for the hint that a number opens one.

    """
    # The page's column is there before a page is: what is being read must not move when one opens.
    left, right = st.columns([6, 5], gap="medium")
    hint = _("Click a number to see the page here, with the quoted words marked.") if closed is None else closed
    # The page comes before what is on the left, which may wait for a model.
    with right:
        if warning := open_linked_quote(state.library):
            st.warning(warning)
        if opened_place() is None and hint:
            st.container(key="page-closed").caption(hint)
        elif opened_place() is not None:
            with st.container(key="page-panel"):
                draw_page(state, cited())
    with left:
        draw_left()
