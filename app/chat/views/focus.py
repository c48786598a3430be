"""Keyboard focus: it moves to a page that opens, and back to the citation number when the page closes."""

from __future__ import annotations

import uuid

import streamlit as st

from app.chat.state.url_state import Place, close_place, open_place, opened_place
from app.chat.views.styles import focus_on

_PANEL = ".st-key-page-panel"
_WANTED, _NUMBERS = "focus-wanted", "focus-numbers"
"""Of the window's state: a selector; and for a place the key of a button that leads to it."""


def open_from_button(place: Place, turn: int | None, key: str) -> None:
    """Open a place from the number whose button has ``key``, and go there."""
    open_place(place, turn)
    st.session_state.setdefault(_NUMBERS, {})[place] = key
    st.session_state[_WANTED] = _PANEL


def step_to(place: Place, turn: int, goes_on: bool) -> None:
    """Open the previous or the next place; at the last one the button that was pressed cannot keep the keyboard."""
    open_place(place, turn)
    if not goes_on:
        st.session_state[_WANTED] = _PANEL


def close_and_return() -> None:
    """Close the page, and go back to the number that it was opened by."""
    place = opened_place()
    key = st.session_state.get(_NUMBERS, {}).get(place)
    close_place()
    if key is not None:
        st.session_state[_WANTED] = f".st-key-{key} button"


def focus_next(selector: str) -> None:
    """Go to an element once it is drawn: what was pressed moves, or is gone. Never pass a document's text."""
    st.session_state[_WANTED] = selector


def note_button(place: Place, key: str) -> None:
    """Note that a button leads to a place; the one that was pressed counts before those that are drawn."""
    st.session_state.setdefault(_NUMBERS, {}).setdefault(place, key)


def move_focus() -> None:
    """Move the focus where it was requested, after everything is drawn."""
    if (wanted := st.session_state.pop(_WANTED, None)) is not None:
        focus_on(wanted, uuid.uuid4().hex)
