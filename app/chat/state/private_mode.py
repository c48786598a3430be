"""Whether this browser window leaves traces. Without them its chat is kept nowhere but in the window.

The address says it too, so that a window loaded anew does not begin to leave traces unasked.
"""

from __future__ import annotations

import streamlit as st

from app.chat.state.app_state import app_state

_STATE = "leaves-no-traces"
_ADDRESS, _NONE, _KEPT = "traces", "none", "kept"
"""Of the address, where a window does not do as all do: ``?traces=none``."""


def is_private() -> bool:
    """Return whether nothing of this window's chat may be written down."""
    return bool(st.session_state.get(_STATE, app_state().private_by_default))


def set_private(leaves_none: bool) -> None:
    """Let this window leave no traces from now on, or leave them; ``current.switch_traces`` begins a chat for it."""
    st.session_state[_STATE] = leaves_none


def apply_private_mode() -> None:
    """Do as the address says, in a new window; let it say what holds, in every other one."""
    said = st.query_params.get(_ADDRESS)
    if _STATE not in st.session_state:
        st.session_state[_STATE] = said == _NONE if said in (_NONE, _KEPT) else app_state().private_by_default
    own: bool = st.session_state[_STATE]
    if own != app_state().private_by_default:
        st.query_params[_ADDRESS] = _NONE if own else _KEPT
    else:
        st.query_params.pop(_ADDRESS, None)
