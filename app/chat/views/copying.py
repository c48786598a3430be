"""Buttons that copy a text with its notes, and the script behind them: it works in the browser, without the server."""

from __future__ import annotations

import json
import uuid
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from app.chat.i18n import _
from app.exports.clipboard import Clip

_SCRIPT = Path(__file__).parents[1] / "static" / "copying.js"
_SAID = "said-of-the-brief"
"""Of the window's state: a line to be told once."""


def install_copying() -> None:
    """Put the script into the page, with its words in the window's language."""
    words = {
        "copied": _("Copied, with its source."),
        "refused": _("This browser does not let a page copy. Copy the text from here:"),
        "text": _("Text to copy"),
        "close": _("Close"),
    }
    script = f"window.insightsCopyWords = {_in_script(words)};\n{_script()}"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def draw_copy_button(clip: Clip, label: str, *, marks: str = "", notes: Sequence[str] = (), icon: bool = False) -> None:
    """Draw a button that copies ``clip``; text of documents goes into the page as base64 alone.

    Args:
        clip: What is copied.
        label: The button's words; with ``icon`` they are its hint.
        marks: Of a quote, the numbers that a selection of its words keeps: "[1][2]".
        notes: Of a quote, the short sources that such a selection takes along.
        icon: Whether the button is a picture alone.

    """
    content = {"html": clip.html, "text": clip.text, "marks": marks, "notes": list(notes)}
    packed = b64encode(json.dumps(content, ensure_ascii=False).encode(errors="replace")).decode()
    kinds = " ".join(["insights-copy", *(["insights-copy-quote"] if notes else []), *(["bare"] if icon else [])])
    words = escape(label)
    # The picture is drawn by the style sheet: Streamlit takes it out of what is given here.
    inside = '<span class="picture"></span>' + ("" if icon else f"<span>{words}</span>")
    named = f' aria-label="{words}" title="{words}"' if icon else ""
    st.html(f'<button type="button" class="{kinds}" data-clip="{packed}"{named}>{inside}</button>', width="content")


def tell_next(line: str) -> None:
    """Note a line that is told for a moment once everything is drawn: in a callback nothing can be drawn."""
    st.session_state[_SAID] = line


def tell() -> None:
    """Tell the line that was noted, if any. It is announced by screen readers too."""
    if (line := st.session_state.pop(_SAID, None)) is not None:
        script = f"window.insightsCopying?.say({_in_script(line)})"
        st.html(f"<script>/* {uuid.uuid4().hex} */ {script}</script>", unsafe_allow_javascript=True)


def _in_script(value: object) -> str:
    # "<" would end the script where a text had it.
    return json.dumps(value).replace("<", "\\u003c")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")
