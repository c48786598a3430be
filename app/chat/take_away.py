"""Buttons that download an answer, a case or the whole chat, with names masked where that is wished."""

from __future__ import annotations

import streamlit as st

from app.chat.shared import Shared
from app.exports.formats import FORMATS, export, file_name
from app.exports.manuscript import Outcome, make_manuscript
from app.exports.masking.plan import plan_masks, preview


def draw_downloads(opened: Shared, outcome: Outcome, model: str, key: str, label: str = "Download") -> None:
    """Draw a button that opens the choice of formats. Files are made when they are asked for."""
    with st.popover(label, icon=":material/download:", key=f"take-away-{key}"):
        plan = None
        if st.toggle("Mask names and places", key=f"mask-{key}"):
            add = st.text_input("Mask also", placeholder="Terms, with commas between", key=f"mask-also-{key}")
            keep = st.text_input("Do not mask", placeholder="Terms, with commas between", key=f"keep-{key}")
            plan = plan_masks(outcome, add.split(","), keep.split(","))
            st.code(preview(plan), language=None, wrap_lines=True)
        title = make_manuscript(outcome).title
        for name, form in FORMATS.items():
            if name == "text" or (plan is not None and name == "pack"):  # a pack proves letters: none may be masked
                continue

            def make(name: str = name) -> bytes:
                with opened.asking() as library:
                    return export(outcome, name, library, model, plan).content

            st.download_button(
                f"Download as {form.title}",
                make,
                file_name=file_name(plan.apply(title) if plan else title, name),
                mime=form.mime,
                key=f"download-{key}-{name}",
                on_click="ignore",
                width="stretch",
            )
