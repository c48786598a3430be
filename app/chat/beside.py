"""Two columns: what is read on the left, the page that a number opens on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.answers import Citation
from app.chat.opened import follow_quote, opened_place
from app.chat.page_view import draw_page
from app.chat.shared import Shared
from app.chat.tongue import _


def draw_beside(
    opened: Shared,
    cited: Callable[[], Sequence[Sequence[Citation]]],
    draw_left: Callable[[], None],
    closed: str | None = None,
) -> None:
    """Draw both columns.

    Args:
        opened: What all windows share.
        cited: Gives, turn by turn, the citations that "previous" and "next" go through.
        draw_left: Draws what is read.
        closed: What stands on the right while no page is open; where it is None, that a number opens one.

    """
    # The page's column is there before a page is: what is being read must not move when one opens.
    left, right = st.columns([6, 5], gap="medium")
    told_closed = _("A number opens the page here, with the words marked.") if closed is None else closed
    # The page comes before what is on the left, which may wait for a model.
    with right:
        if told := follow_quote(opened.library):
            st.warning(told)
        if opened_place() is None and told_closed:
            st.container(key="page-closed").caption(told_closed)
        elif opened_place() is not None:
            with st.container(key="page-panel"):
                draw_page(opened, cited())
    with left:
        draw_left()
