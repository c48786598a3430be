"""The page Library: every report with its state, what citations say of it, and how reports come and go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import streamlit as st

from app.chat.i18n import _, day, ngettext, translate
from app.chat.phrases import listed, pages, passages, reports
from app.chat.state.app_state import AppState, app_state
from app.chat.state.url_state import close_place, open_guide, opened_guide
from app.chat.views.guide_view import draw_guide
from app.chat.views.split_view import draw_split_view
from app.chat.views.upload_view import draw_upload, full_text_note
from app.errors import AppError
from app.messages import error_message
from app.naming import published_by, shown_date
from app.plain import escape_markdown
from app.translations import N_
from ingest.documents import Status
from ingest.finding import find_files
from vectorstore.adding import READY
from vectorstore.errors import LibraryError
from vectorstore.records import Details, DocumentRecord, dated

_SHOWN = 25
"""Reports on the screen at once."""
_STATES = {
    Status.READY: ("green", N_("Ready"), ""),
    Status.NO_TEXT: ("orange", N_("No text"), N_("A scan: with Tesseract installed it can be read.")),
    Status.LOCKED: ("orange", N_("Locked"), N_("It needs a password: save it without one and add it again.")),
    Status.DAMAGED: ("red", N_("Damaged"), N_("Fetch the file again and add it again.")),
    Status.TOO_BIG: ("red", N_("Too big"), N_("Split it and add the parts.")),
    Status.UNSUPPORTED: ("red", N_("Unsupported type"), N_("Save it as PDF or DOCX, and add that file.")),
}
"""The colour of a state, its name, and what can be done."""


def draw_library() -> None:
    """Draw all of it."""
    state = app_state()
    documents = state.library.catalogue.documents()
    wanted = opened_guide()
    if (document := next((d for d in documents if d.id == wanted and d.status is Status.READY), None)) is not None:
        draw_guide(state, document)
        return
    st.header(_("Library"), anchor=False)
    ready = [document for document in documents if document.status is Status.READY]
    held = [reports(len(ready)), pages(sum(d.pages for d in ready)), passages(sum(d.passages for d in ready))]
    st.caption(_("{held}.", held=listed(held)) if ready else _("The library is empty."))
    with st.expander(_("Add reports"), icon=":material/upload_file:", expanded=not documents):
        draw_upload(state, "library")
        _draw_folder(state)
    wanted = st.text_input(
        _("Find a report"), placeholder=_("Title, author, year, symbol or file name"), key="find-report"
    )
    found = [document for document in documents if _matches(document, wanted)]
    if wanted and not found:
        st.caption(_("No report has these words in its title, author, year, symbol or file name."))
    draw_split_view(state, list, lambda: _draw_list(state, found))


def _draw_folder(state: AppState) -> None:
    with st.form("folder", border=False):
        folder = st.text_input(_("Or a folder on this computer"), placeholder="/home/me/reports", key="folder-path")
        if not st.form_submit_button(_("Add the folder")):
            return
    path = Path(folder).expanduser()
    if not folder.strip():
        st.error(_("Enter a folder on this computer."))
        return
    if not path.is_dir():
        st.error(escape_markdown(_("{folder} is not a folder on this computer.", folder=folder)))
        return
    try:
        files = find_files([path])
        for file in files:
            if file.problem is None:
                with file.path.open("rb") as content:
                    state.uploads.put(file.name, content)
            else:
                state.uploads.refuse(file.name, file.problem)
    except OSError as error:
        st.error(escape_markdown(translate(error_message(error))))
        return
    if not files:
        st.warning(escape_markdown(_("{folder} contains no readable files.", folder=path)))
        return
    st.rerun()


def _matches(document: DocumentRecord, wanted: str) -> bool:
    held = (document.name, document.title, document.author, document.publisher, document.year, document.symbol)
    text = " ".join((*held, document.case)).casefold()
    return all(word in text for word in wanted.casefold().split())


def _draw_list(state: AppState, documents: list[DocumentRecord]) -> None:
    for document in documents[: None if st.session_state.get("all-reports") else _SHOWN]:
        with st.container(border=True, key=f"report-{document.id[:16]}"):
            _draw_report(state, document)
    if len(documents) > _SHOWN:
        st.toggle(ngettext("All {number} report", "All {number} reports", len(documents)), key="all-reports")


def _draw_report(state: AppState, document: DocumentRecord) -> None:
    colour, status, remedy = _STATES[document.status]
    st.markdown(f"**{escape_markdown(document.title or document.name)}** :{colour}-badge[{_(status)}]")
    by = published_by(document.author, document.publisher)
    parts = [by, shown_date(document.date, document.year), document.symbol, document.name]
    st.caption(" · ".join(escape_markdown(part) for part in parts if part))
    if document.status is Status.READY:
        line = pages(document.pages) if document.paged else document.file_type
        notes = [line, _("added {day}", day=day(document.added_at))]
        notes += [] if document.message == READY else [translate(document.message)]
        notes += [] if document.embedded else [full_text_note(state)]
        st.caption(" · ".join(escape_markdown(note) for note in notes))
    else:
        st.caption(escape_markdown(translate(document.message) if document.message.form else _(remedy)))
    with st.container(horizontal=True):
        if document.status is Status.READY:
            st.button(
                _("Read it"),
                key=f"read-{document.id}",
                icon=":material/menu_book:",
                on_click=open_guide,
                args=(document.id, True),
            )
            st.button(
                _("Guide"),
                key=f"guide-{document.id}",
                icon=":material/summarize:",
                on_click=open_guide,
                args=(document.id,),
            )
            if st.button(_("Details"), key=f"details-{document.id}", icon=":material/edit:"):
                st.dialog(_("Citation details"))(_edit)(state, document)
        if st.button(_("Remove"), key=f"remove-{document.id}", icon=":material/delete:", type="tertiary"):
            st.dialog(_("Remove this report?"))(_confirm_removal)(state, document)


def _edit(state: AppState, document: DocumentRecord) -> None:
    with st.form("details", border=False):
        title = st.text_input(_("Title"), document.title)
        author = st.text_input(_("Author"), document.author)
        publisher = st.text_input(_("Publisher"), document.publisher)
        date = st.text_input(_("Date"), document.date or document.year, placeholder="2025-04-07", max_chars=20)
        symbol = st.text_input(_("Symbol"), document.symbol, placeholder="A/HRC/40/60", max_chars=60)
        case = st.text_input(_("Case (of a court)"), document.case)
        saved = st.form_submit_button(_("Save"), type="primary")
    st.caption(_("SHA-256 of the file, to check that a copy is identical:"))
    st.code(document.id, language=None, wrap_lines=True)
    if saved:
        values = (title, author, date, symbol, publisher, date, case)
        details = dated(Details(*(" ".join(value.split()) for value in values)))
        _write(lambda: state.library.describe(document.id, details))


def _confirm_removal(state: AppState, document: DocumentRecord) -> None:
    st.markdown(
        _(
            "**{title}** and the library’s copy of the file will be removed.",
            title=escape_markdown(document.title or document.name),
        )
    )
    st.caption(_("Your own file stays where it is. Chats keep the quotes, but their pages can no longer be opened."))
    with st.container(horizontal=True):
        if st.button(_("Remove it"), type="primary", key="remove-sure"):
            close_place()
            _write(lambda: _remove(state, document.id))
        if st.button(_("Keep it"), key="remove-not"):
            st.rerun()


def _remove(state: AppState, document: str) -> None:
    with closing(state.open_writer()) as library:
        library.remove(document)


def _write(change: Callable[[], None]) -> None:
    try:
        change()
    except (LibraryError, AppError, OSError) as error:
        st.error(escape_markdown(translate(error_message(error))))
        return
    st.rerun()
