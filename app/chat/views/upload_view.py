"""Uploads: the field for new reports, and the progress of each."""

from __future__ import annotations

import streamlit as st

from app.chat.i18n import _, translate
from app.chat.phrases import listed, pages
from app.chat.state.app_state import AppState
from app.chat.state.upload_queue import Job
from app.messages import error_message
from app.plain import escape_markdown, shorten
from vectorstore.errors import LibraryError
from vectorstore.upkeep import FULL_TEXT_ONLY

_FILE_TYPES = (
    "pdf docx docm dotx odt ott rtf pptx pptm ppsx xlsx xlsm csv tsv epub eml html htm xhtml mht mhtml md txt".split()
)
"""Endings that a browser offers; what a file is, its content says."""
_NAME_CHARACTERS = 60


def draw_upload(state: AppState, key: str) -> None:
    """Draw the field for new reports and how far they are."""
    _draw_field(state, key)
    draw_progress(state)


def _draw_field(state: AppState, key: str) -> None:
    round_ = st.session_state.setdefault("upload_round", 0)
    uploads = st.file_uploader(_("Files"), type=_FILE_TYPES, accept_multiple_files=True, key=f"upload-{key}-{round_}")
    if uploads:
        for upload in uploads:
            state.uploads.put(upload.name, upload)
        # A new key empties the field: the files are in the queue now.
        st.session_state["upload_round"] = round_ + 1
        st.rerun()


def draw_progress(state: AppState) -> None:
    """Draw how far the reports are that are being added. Once a page: beside the field, or else in the sidebar."""
    if state.uploads.jobs():
        st.fragment(_draw_jobs, run_every=1.0 if state.uploads.busy() else None)(state, state.uploads.busy())


def _draw_jobs(state: AppState, was_busy: bool) -> None:
    if was_busy and not state.uploads.busy():
        st.rerun()
    for job in state.uploads.jobs():
        name = escape_markdown(shorten(job.name, _NAME_CHARACTERS))
        line = escape_markdown(job_line(job))
        if job.failed:
            st.error(line)
        elif job.done:
            added = _("Added")
            st.markdown(f":small[:green[{added}] · {name}: {line}]")
            _draw_choice(state, job)
        elif job.share is not None:
            st.progress(job.share, f"{name}: {line}")
        else:
            adding = _("Adding")
            st.markdown(f":small[:blue[{adding}] · {name}: {line}]")
    if any(job.done for job in state.uploads.jobs()):
        st.button(_("Clear"), on_click=state.uploads.forget, type="tertiary", key="forget-jobs")


def _draw_choice(state: AppState, job: Job) -> None:
    """Ask what becomes of an older report that has the name of a new one and other content."""
    if not job.same_name:
        return
    with st.container(horizontal=True):
        key = "-".join(job.same_name)[:40]
        if st.button(_("Replace the older one"), key=f"replace-{key}"):
            try:
                state.uploads.replace(job)
            except LibraryError as error:
                st.error(escape_markdown(translate(error_message(error))))
                return
            st.rerun()
        st.button(_("Keep both"), key=f"both-{key}", on_click=state.uploads.keep_both, args=(job,))


def job_line(job: Job) -> str:
    """Return how far a report is, or what came of it, as plain text."""
    return listed([translate(job.line), pages(job.pages)]) if job.pages else translate(job.line)


def full_text_note(state: AppState) -> str:
    """Return the note on a report whose vectors are not stored yet, as plain text."""
    return (
        _("already found by its words; search by meaning follows in a moment")
        if state.uploads.busy()
        else translate(FULL_TEXT_ONLY)
    )
