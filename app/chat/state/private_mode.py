"""Private mode: the window leaves no traces, and its chat exists only in the window.

The address records the mode too, so that a reload does not silently end it.
"""

from __future__ import annotations

import streamlit as st

from app.chat.state.app_state import app_state

_STATE = "leaves-no-traces"
_ADDRESS, _NONE, _KEPT = "traces", "none", "kept"
"""Parameter and values of the address, where a window differs from the default: ``?traces=none``."""


def is_private() -> bool:
    """Return whether nothing of this window's chat may be written down."""
    return bool(st.session_state.get(_STATE, app_state().private_by_default))


def set_private(private: bool) -> None:
    """Set the mode of this window; ``chat_session.switch_private_mode`` also starts a new chat."""
    st.session_state[_STATE] = private


def apply_private_mode() -> None:
    """In a new window, take the mode from the address; in any other, keep the address up to date."""
    named = st.query_params.get(_ADDRESS)
    if _STATE not in st.session_state:
        st.session_state[_STATE] = named == _NONE if named in (_NONE, _KEPT) else app_state().private_by_default
    own: bool = st.session_state[_STATE]
    if own != app_state().private_by_default:
        st.query_params[_ADDRESS] = _NONE if own else _KEPT
    else:
        st.query_params.pop(_ADDRESS, None)
