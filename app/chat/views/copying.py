"""Buttons that copy a text with its notes, and the script behind them: it works in the browser, without the server."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from app.chat.i18n import _
from app.exports.clipboard import Clip

_SCRIPT = Path(__file__).parents[1] / "static" / "copying.js"
_ICON = (
    '<svg aria-hidden="true" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor"'
    ' stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"><g class="sheets">'
    '<rect x="9" y="8" width="11" height="13" rx="1.5"/><path d="M5 16V4.5A1.5 1.5 0 0 1 6.5 3H16"/></g>'
    '<path class="tick" d="M5 12.5l4.5 4.5L19 7.5"/></svg>'
)


def install_copying() -> None:
    """Put the script into the page, with its words in the window's language."""
    words = {
        "copied": _("Copied, with its source."),
        "refused": _("This browser does not let a page copy. Copy the text from here:"),
        "text": _("Text to copy"),
        "close": _("Close"),
    }
    # "<" would end the script where a translation had it.
    said = json.dumps(words).replace("<", "\\u003c")
    st.html(f"<script>window.insightsCopyWords = {said};\n{_script()}</script>", unsafe_allow_javascript=True)


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
    packed = b64encode(json.dumps(content).encode()).decode()
    kinds = " ".join(["insights-copy", *(["insights-copy-quote"] if notes else []), *(["bare"] if icon else [])])
    words = escape(label)
    inside = _ICON if icon else f"{_ICON}<span>{words}</span>"
    named = f' aria-label="{words}" title="{words}"' if icon else ""
    st.html(f'<button type="button" class="{kinds}" data-clip="{packed}"{named}>{inside}</button>', width="content")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")
