"""Buttons that download an answer, a case or the whole chat, with names masked if wanted."""

from __future__ import annotations

import streamlit as st

from app.chat.i18n import _, translate
from app.chat.state.app_state import AppState
from app.chat.views.copying import draw_copy_button
from app.exports.clipboard import clip_manuscript
from app.exports.formats import FORMATS, export, file_name, model_name
from app.exports.manuscript import Manuscript, Outcome, make_manuscript
from app.exports.masking.plan import plan_masks, preview_lines
from app.translations import N_

_FORMAT_NAMES = (N_("Text"), N_("Evidence pack"))
"""Names of ``FORMATS`` that are words, not the names of programs; named here for the translators."""


def draw_downloads(state: AppState, outcome: Outcome, model: str, key: str, label: str = "") -> None:
    """Draw a button, "Download" without ``label``, that opens the choice of formats; beside it one that copies all.

    Files are made when asked for.
    """
    manuscript = make_manuscript(outcome, model_name(model))
    with st.container(horizontal=True, vertical_alignment="center", key=f"take-{key}"):
        _draw_formats(state, outcome, manuscript, model, key, label)
        draw_copy_button(clip_manuscript(manuscript), _("Copy with footnotes"))


def _draw_formats(state: AppState, outcome: Outcome, manuscript: Manuscript, model: str, key: str, label: str) -> None:
    with st.popover(label or _("Download"), icon=":material/download:", key=f"take-away-{key}"):
        plan = None
        if st.toggle(_("Mask names and places"), key=f"mask-{key}"):
            between = _("Terms, separated by commas")
            add = st.text_input(_("Mask also"), placeholder=between, key=f"mask-also-{key}")
            keep = st.text_input(_("Do not mask"), placeholder=between, key=f"keep-{key}")
            plan = plan_masks(outcome, add.split(","), keep.split(","))
            st.code("\n".join(map(translate, preview_lines(plan))), language=None, wrap_lines=True)
        title = manuscript.title
        # A pack proves letters, on the text of every page: none may be masked, and every report must be there.
        cited = {citation.document_id for citation in manuscript.citations}
        packed = plan is None and all(map(state.library.catalogue.document, cited))
        for name, form in FORMATS.items():
            if name == "text" or (name == "pack" and not packed):
                continue

            def make(name: str = name) -> bytes:
                return export(outcome, name, state.library, model, plan).content

            st.download_button(
                _("Download as {format}", format=_(form.title)),
                make,
                file_name=file_name(plan.apply(title) if plan else title, name),
                mime=form.mime,
                key=f"download-{key}-{name}",
                on_click="ignore",
                width="stretch",
            )
