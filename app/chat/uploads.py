"""Reports on their way into the library: the field that takes them, and how far each of them is."""

from __future__ import annotations

import streamlit as st

from app.chat.adding import Job
from app.chat.said import said
from app.chat.shared import Shared
from app.chat.tongue import _
from app.chat.wording import listed, pages
from app.plain import escape_markdown, shorten
from vectorstore.upkeep import FULL_TEXT_ONLY

_FILE_TYPES = ["pdf", "docx", "html", "htm", "md", "txt"]
_NAME_CHARACTERS = 60


def draw_upload(opened: Shared, key: str) -> None:
    """Draw the field for new reports and how far they are."""
    _draw_field(opened, key)
    draw_progress(opened)


def _draw_field(opened: Shared, key: str) -> None:
    round_ = st.session_state.setdefault("upload_round", 0)
    uploads = st.file_uploader(_("Files"), type=_FILE_TYPES, accept_multiple_files=True, key=f"upload-{key}-{round_}")
    if uploads:
        for upload in uploads:
            opened.uploads.put(upload.name, upload)
        # A new key empties the field: the files are in the queue now.
        st.session_state["upload_round"] = round_ + 1
        st.rerun()


def draw_progress(opened: Shared) -> None:
    """Draw how far the reports are that are being added. Once a page: beside the field, or else in the sidebar."""
    if opened.uploads.jobs():
        st.fragment(_draw_jobs, run_every=1.0 if opened.uploads.busy() else None)(opened, opened.uploads.busy())


def _draw_jobs(opened: Shared, was_busy: bool) -> None:
    if was_busy and not opened.uploads.busy():
        st.rerun()
    for job in opened.uploads.jobs():
        name = escape_markdown(shorten(job.name, _NAME_CHARACTERS))
        line = escape_markdown(job_line(job))
        if job.failed:
            st.error(line)
        elif job.done:
            state = _("Added")
            st.markdown(f":small[:green[{state}] · {name}: {line}]")
        elif job.share is not None:
            st.progress(job.share, f"{name}: {line}")
        else:
            state = _("Adding")
            st.markdown(f":small[:blue[{state}] · {name}: {line}]")
    if any(job.done for job in opened.uploads.jobs()):
        st.button(_("Clear"), on_click=opened.uploads.forget, type="tertiary", key="forget-jobs")


def job_line(job: Job) -> str:
    """Return how far a report is, or what came of it, as plain text."""
    return listed([said(job.line), pages(job.pages)]) if job.pages else said(job.line)


def full_text_note(opened: Shared) -> str:
    """Return what is said of a report whose vectors are not in, as plain text."""
    return _("found by its words already, by meaning in a moment") if opened.uploads.busy() else said(FULL_TEXT_ONLY)
