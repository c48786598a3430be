"""The page Library: every report with its state, what citations say of it, and how reports come and go."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from app.chat.beside import draw_beside
from app.chat.opened import close_place, open_page
from app.chat.shared import Shared, shared
from app.chat.uploads import draw_upload, full_text_note
from app.errors import AppError
from app.plain import counted, escape_markdown
from ingest.documents import Status
from ingest.errors import IngestError
from ingest.load import find_files
from vectorstore.errors import LibraryError
from vectorstore.records import Details, DocumentRecord

_SHOWN = 25
"""Reports on the screen at once."""
_STATES = {
    Status.READY: (":green-badge[Ready]", ""),
    Status.NO_TEXT: (":orange-badge[No text]", "A scan: with Tesseract installed it can be read."),
    Status.LOCKED: (":orange-badge[Locked]", "It needs a password: save it without one and add it anew."),
    Status.DAMAGED: (":red-badge[Damaged]", "Fetch the file again and add it anew."),
    Status.TOO_BIG: (":red-badge[Too big]", "Split it and add the parts."),
    Status.UNSUPPORTED: (":red-badge[Unknown kind]", "PDF, DOCX, HTML, Markdown and plain text can be read."),
}


def draw_library() -> None:
    """Draw all of it."""
    opened = shared()
    st.header("Library", anchor=False)
    documents = opened.library.catalogue.documents()
    ready = [document for document in documents if document.status is Status.READY]
    pages, passages = sum(d.pages for d in ready), sum(d.passages for d in ready)
    st.caption(
        f"{counted(len(ready), 'report')}, {counted(pages, 'page')}, {counted(passages, 'passage')}."
        if ready
        else "It is empty as yet."
    )
    with st.expander("Add reports", icon=":material/upload_file:", expanded=not documents):
        draw_upload(opened, "library")
        _draw_folder(opened)
    wanted = st.text_input("Find a report", placeholder="Title, author, year, symbol or file name", key="find-report")
    found = [document for document in documents if _matches(document, wanted)]
    if wanted and not found:
        st.caption("No report has these words in its title, author, year, symbol or file name.")
    draw_beside(
        opened, list, lambda: _draw_list(opened, found), "“Read it” opens a report here, page by page." if ready else ""
    )


def _draw_folder(opened: Shared) -> None:
    with st.form("folder", border=False):
        folder = st.text_input("Or a folder of this computer", placeholder="/home/me/reports", key="folder-path")
        if not st.form_submit_button("Add the folder"):
            return
    path = Path(folder).expanduser()
    if not folder.strip() or not path.is_dir():
        st.error(escape_markdown(f"{folder or 'Nothing'} is no folder of this computer."))
        return
    try:
        files = find_files([path])
        for file in files:
            with file.open("rb") as content:
                opened.uploads.put(file.name, content)
    except (IngestError, OSError) as error:
        st.error(escape_markdown(str(error)))
        return
    if not files:
        st.warning(escape_markdown(f"{path} holds no file that can be read."))
        return
    st.rerun()


def _matches(document: DocumentRecord, wanted: str) -> bool:
    text = " ".join((document.name, document.title, document.author, document.year, document.symbol)).casefold()
    return all(word in text for word in wanted.casefold().split())


def _draw_list(opened: Shared, documents: list[DocumentRecord]) -> None:
    for document in documents[: None if st.session_state.get("all-reports") else _SHOWN]:
        with st.container(border=True, key=f"report-{document.id[:16]}"):
            _draw_report(opened, document)
    if len(documents) > _SHOWN:
        st.toggle(f"All {len(documents)} reports", key="all-reports")


def _draw_report(opened: Shared, document: DocumentRecord) -> None:
    badge, remedy = _STATES[document.status]
    st.markdown(f"**{escape_markdown(document.title or document.name)}** {badge}")
    parts = [document.author, document.year, document.symbol, document.name]
    st.caption(" · ".join(escape_markdown(part) for part in parts if part))
    if document.status is Status.READY:
        line = counted(document.pages, "page") if document.paged else document.file_type
        notes = [line, f"added {datetime.fromisoformat(document.added_at):%d %B %Y}"]
        notes += [document.message] if document.message != "ready" else []
        notes += [] if document.embedded else [full_text_note(opened)]
        st.caption(" · ".join(escape_markdown(note) for note in notes))
    else:
        st.caption(escape_markdown(document.message or remedy))
    with st.container(horizontal=True):
        if document.status is Status.READY:
            st.button(
                "Read it",
                key=f"read-{document.id}",
                icon=":material/menu_book:",
                on_click=open_page,
                args=(document.id, 1),
            )
            if st.button("Details", key=f"details-{document.id}", icon=":material/edit:"):
                _edit(opened, document)
        if st.button("Remove", key=f"remove-{document.id}", icon=":material/delete:", type="tertiary"):
            _confirm_removal(opened, document)


@st.dialog("What citations say of it")
def _edit(opened: Shared, document: DocumentRecord) -> None:
    with st.form("details", border=False):
        title = st.text_input("Title", document.title)
        author = st.text_input("Author or publisher", document.author)
        year = st.text_input("Year", document.year, max_chars=10)
        symbol = st.text_input("Symbol", document.symbol, placeholder="A/HRC/40/60", max_chars=60)
        saved = st.form_submit_button("Save", type="primary")
    st.caption("SHA-256 of the file, by which anyone can tell that it is the same:")
    st.code(document.id, language=None, wrap_lines=True)
    if saved:
        details = Details(*(" ".join(value.split()) for value in (title, author, year, symbol)))
        _write(opened, lambda: opened.library.describe(document.id, details))


@st.dialog("Remove this report?")
def _confirm_removal(opened: Shared, document: DocumentRecord) -> None:
    st.markdown(f"**{escape_markdown(document.title or document.name)}** and its copy of the file leave the library.")
    st.caption("Your own file stays where it is. Chats keep the quotes, but their pages cannot be opened any more.")
    with st.container(horizontal=True):
        if st.button("Remove it", type="primary", key="remove-sure"):
            close_place()
            _write(opened, lambda: opened.library.remove(document.id))
        if st.button("Keep it", key="remove-not"):
            st.rerun()


def _write(opened: Shared, change) -> None:  # type: ignore[no-untyped-def]  # any change of the library
    try:
        with opened.asking():
            change()
    except (LibraryError, AppError, OSError) as error:
        st.error(escape_markdown(str(error)))
        return
    st.rerun()
