"""The brief as a window has it: the library's, or in private mode one that exists in the window alone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.brief import Brief, change_brief, load_brief, wipe_brief
from app.chat.state.app_state import app_state
from app.chat.state.private_mode import is_private
from app.errors import AppError
from app.messages import Message, error_message

_PRIVATE = "private-brief"
REMOVED = "removed-from-brief"
"""Keys of the window's state: a brief, and what was removed from one last, with its 0-based place."""


def open_brief() -> Brief:
    """Return the brief.

    Raises:
        DamagedBrief: its file cannot be read.

    """
    if is_private():
        brief: Brief = st.session_state.get(_PRIVATE, Brief())
        return brief
    return load_brief(app_state().settings.home)


def change_open_brief(change: Callable[[Brief], Brief]) -> Message | None:
    """Make ``change`` and keep it as this window keeps things; return what went wrong, None where nothing did."""
    if is_private():
        st.session_state[_PRIVATE] = change(open_brief())
        return None
    try:
        change_brief(app_state().settings.home, change)
    except (AppError, OSError) as error:
        return error_message(error)
    return None


def forget_private_brief() -> None:
    """Drop what of a brief exists in this window alone."""
    for name in (_PRIVATE, REMOVED):
        st.session_state.pop(name, None)


def wipe_open_brief() -> None:
    """Delete the brief that the window shows."""
    if not is_private():
        wipe_brief(app_state().settings.home)
    forget_private_brief()
