"""The sidebar: reports, uploads, what to ask, country cases, earlier chats, and where passages go."""

from __future__ import annotations

import streamlit as st

from app.cases import countries_with_cases
from app.chat.conversation import ask_for_case
from app.chat.current import begin_chat, open_chat
from app.chat.scope import draw_scope
from app.chat.shared import Shared
from app.chats import Chat, delete_chat, list_chats
from app.errors import ModelError
from app.model_address import model_host
from app.plain import escape_markdown, shorten
from ingest.documents import Status
from vectorstore.records import DocumentRecord
from vectorstore.upkeep import FULL_TEXT_ONLY

_FILE_TYPES = ["pdf", "docx", "html", "htm", "md", "txt"]
_TITLE_CHARACTERS = 60
_CHATS_SHOWN = 15
_FULL_TEXT_SO_FAR = "found by its words already, by meaning in a moment"


def draw_sidebar(opened: Shared, chat: Chat) -> None:
    """Draw all of it."""
    st.markdown("### Insights")
    st.caption(network_line(opened.settings.model))
    st.button("New chat", on_click=begin_chat, icon=":material/add:", width="stretch", key="new-chat")
    documents = opened.library.catalogue.documents()
    ready = [document for document in documents if document.status is Status.READY]
    if documents:
        st.markdown("**Reports**")
        _draw_documents(documents, opened.uploads.busy())
    if ready:
        with st.expander("Add reports", icon=":material/upload_file:"):
            _draw_field(opened, "sidebar")
        _draw_progress(opened)
        draw_scope(opened)
        _draw_cases(opened)
    _draw_chats(opened, chat)


def network_line(model: str) -> str:
    """Return where passages go, as Markdown."""
    try:
        host = model_host(model) if model else ""
    except ModelError as error:
        return f":red[{escape_markdown(str(error))}]"
    if host:
        return f":orange[**Passages go to {escape_markdown(host)}**]"
    return "Nothing leaves this computer"


def draw_upload(opened: Shared, key: str) -> None:
    """Draw the field for new reports and how far they are."""
    _draw_field(opened, key)
    _draw_progress(opened)


def _draw_field(opened: Shared, key: str) -> None:
    round_ = st.session_state.setdefault("upload_round", 0)
    uploads = st.file_uploader("Files", type=_FILE_TYPES, accept_multiple_files=True, key=f"upload-{key}-{round_}")
    if uploads:
        for upload in uploads:
            opened.uploads.put(upload.name, upload)
        # A new key empties the field: the files are in the queue now.
        st.session_state["upload_round"] = round_ + 1
        st.rerun()


def _draw_progress(opened: Shared) -> None:
    if opened.uploads.jobs():
        st.fragment(_draw_jobs, run_every=1.0 if opened.uploads.busy() else None)(opened, opened.uploads.busy())


def _draw_jobs(opened: Shared, was_busy: bool) -> None:
    if was_busy and not opened.uploads.busy():
        st.rerun()
    for job in opened.uploads.jobs():
        name = escape_markdown(shorten(job.name, _TITLE_CHARACTERS))
        if job.failed:
            st.error(escape_markdown(job.line))
        elif job.done:
            st.markdown(f":small[:green[Added] · {name}: {escape_markdown(job.line)}]")
        elif job.share is not None:
            st.progress(job.share, f"{name}: {escape_markdown(job.line)}")
        else:
            st.markdown(f":small[:blue[Adding] · {name}: {escape_markdown(job.line)}]")
    if any(job.done for job in opened.uploads.jobs()):
        st.button("Clear", on_click=opened.uploads.forget, type="tertiary", key="forget-jobs")


def _draw_documents(documents: list[DocumentRecord], adding: bool) -> None:
    for document in documents:
        title = escape_markdown(shorten(document.title or document.name, _TITLE_CHARACTERS))
        if document.status is Status.READY:
            pages = f"{document.pages} page{'s' * (document.pages != 1)}" if document.paged else document.file_type
            note = "" if document.message == "ready" else f" · {escape_markdown(document.message)}"
            if not document.embedded:
                note += f" · {_FULL_TEXT_SO_FAR if adding else escape_markdown(FULL_TEXT_ONLY)}"
            st.markdown(f"{title}  \n:small[:green[Ready] · {pages}{note}]", help=escape_markdown(document.name))
        else:
            st.markdown(f"{title}  \n:small[:red[Not added] · {escape_markdown(document.message)}]")


def _draw_cases(opened: Shared) -> None:
    countries = countries_with_cases(opened.library)
    if not countries:
        return
    country = st.selectbox("Country case", list(countries), format_func=lambda name: _with_pages(name, countries[name]))
    st.button("Summarise", on_click=ask_for_case, args=(country,), width="stretch", key="summarise")


def _with_pages(name: str, pages: int) -> str:
    return f"{name} ({pages} page{'s' * (pages != 1)})"


def _draw_chats(opened: Shared, chat: Chat) -> None:
    lines = list_chats(opened.settings.home)
    if not lines:
        return
    st.markdown("**Earlier chats**")
    with st.container(gap="xxsmall"):
        for line in lines[: None if st.session_state.get("all_chats") else _CHATS_SHOWN]:
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"chat-{line.id}"):
                st.button(
                    escape_markdown(shorten(line.title, _TITLE_CHARACTERS)),
                    key=f"open-{line.id}",
                    on_click=open_chat,
                    args=(line.id,),
                    disabled=bool(line.damage),
                    type="tertiary",
                    width="stretch",
                )
                st.button(
                    "",
                    icon=":material/delete:",
                    help=f"Delete this chat: {escape_markdown(line.title)}",
                    key=f"delete-{line.id}",
                    on_click=_delete,
                    args=(opened, line.id, chat.id),
                    type="tertiary",
                )
            if line.damage:
                st.caption(f":red[{escape_markdown(line.damage)}]")
        if len(lines) > _CHATS_SHOWN:
            st.toggle(f"All {len(lines)} chats", key="all_chats")


def _delete(opened: Shared, chat_id: str, current: str) -> None:
    delete_chat(opened.settings.home, chat_id)
    if chat_id == current:
        begin_chat()
