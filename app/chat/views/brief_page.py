"""The page My brief: the quotes put aside, in the reader's order, with notes between them, and the way out of here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from app.brief import NOTE_CHARACTERS, TITLE_CHARACTERS, Brief, Item, Note, Quote
from app.chat.i18n import _, translate
from app.chat.phrases import short_source
from app.chat.state.app_state import AppState, app_state, language_of
from app.chat.state.brief_tray import REMOVED, change_open_brief, open_brief, wipe_open_brief
from app.chat.state.private_mode import is_private
from app.chat.state.url_state import close_place, opened_place, place_of
from app.chat.views.copying import tell
from app.chat.views.downloads import draw_downloads
from app.chat.views.focus import focus_next, note_button, open_from_button
from app.chat.views.quote_actions import draw_quote_copy, tell_problem
from app.chat.views.report_page_view import scroll_to_open_citation
from app.chat.views.split_view import draw_split_view
from app.chat.views.styles import language_key
from app.errors import AppError
from app.messages import error_message
from app.plain import escape_markdown, one_line


def draw_brief() -> None:
    """Draw all of it."""
    st.header(_("My brief"), anchor=False)
    _draw_body(app_state())


@st.fragment
def _draw_body(state: AppState) -> None:
    try:
        brief = open_brief()
    except AppError as error:
        st.error(escape_markdown(translate(error_message(error))))
        if st.button(_("Delete the brief"), icon=":material/delete:", key="delete-brief"):
            wipe_open_brief()
            st.rerun(scope="fragment")
        return
    st.caption(
        _("This brief exists in this window only, and is gone when you close or reload it.")
        if is_private()
        else _("Kept in the library’s folder on this computer, as chats are, until you clear it or delete all chats.")
    )
    if not brief.items:
        _draw_removed(0)
        st.info(
            _(
                "Nothing here yet. Beside every quote in answers, cases and pages, the button {button} puts it here."
                " Then order the quotes, write notes between them, and take it all away as a Word file with footnotes.",
                button=":material/playlist_add:",
            )
        )
        return
    draw_split_view(state, lambda: [brief.citations], lambda: _draw_left(state, brief))


def _draw_left(state: AppState, brief: Brief) -> None:
    with st.container(key="brief"):
        st.text_input(
            _("Title"),
            brief.title,
            max_chars=TITLE_CHARACTERS,
            placeholder=_("Of the file that you take away"),
            key="brief-title",
            on_change=_retitle,
        )
        numbers = iter(brief.citations)
        for index, item in enumerate(brief.items):
            _draw_removed(index)
            number = next(numbers).number if isinstance(item, Quote) else 0
            with st.container(key=f"brief-item-{item.id}"):
                if isinstance(item, Quote):
                    _draw_quote(state, item, number)
                else:
                    _draw_note(item)
                _draw_steps(state, brief, item, index)
        _draw_removed(len(brief.items))
        st.button(_("Write a note"), icon=":material/edit_note:", key="add-note", on_click=_add_note)
        st.divider()
        with st.container(horizontal=True, key="brief-end"):
            draw_downloads(state, brief, "", "brief")
            if st.button(_("Clear"), icon=":material/delete_sweep:", key="clear-brief"):
                st.dialog(_("Clear the brief?"))(_confirm_clear)()
    tell()
    scroll_to_open_citation([brief.citations])


def _draw_quote(state: AppState, item: Quote, number: int) -> None:
    citation = item.citation
    with st.container(horizontal=True, wrap=False, key=language_key(f"sentence-{item.id}", language_of(citation))):
        st.text(one_line(citation.quote), width="stretch")
        if not _is_removed(state, item):
            place, key = place_of(citation), f"cite-brief-{item.id}"
            st.button(
                rf"\[{number}\]",
                key=key,
                help=_("Open the page"),
                type="primary" if opened_place() == place else "secondary",
                on_click=open_from_button,
                args=(place, 0, key),
            )
            note_button(place, key)


def _draw_note(item: Note) -> None:
    st.text_area(
        _("Note"),
        item.text,
        max_chars=NOTE_CHARACTERS,
        height="content",
        key=f"note-{item.id}",
        placeholder=_("Your own words"),
        label_visibility="collapsed",
        on_change=_rewrite,
        args=(item.id,),
    )


def _draw_steps(state: AppState, brief: Brief, item: Item, index: int) -> None:
    """Draw the line below an item: the source of a quote, and the buttons that move, follow and remove it."""
    quote = isinstance(item, Quote)
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key=f"brief-steps-{item.id}"):
        if isinstance(item, Quote):
            line = short_source(item.citation)
            if _is_removed(state, item):
                line = _("{source}. This report was removed from the library; the quote is kept.", source=line)
            st.caption(escape_markdown(line), width="stretch")
            draw_quote_copy([replace(item.citation, number=_number(brief, item))])
        else:
            st.space("stretch")
        last = len(brief.items) - 1
        _draw_step(item, "up", _("Move up"), ":material/arrow_upward:", _move, (item.id, -1), index == 0)
        _draw_step(item, "down", _("Move down"), ":material/arrow_downward:", _move, (item.id, 1), index == last)
        if quote:
            _draw_step(item, "note", _("Write a note below"), ":material/edit_note:", _add_note, (item.id,))
        _draw_step(item, "remove", _("Remove from the brief"), ":material/close:", _remove, (item, index))


def _draw_step(
    item: Item, name: str, label: str, icon: str, act: Callable[..., None], args: tuple[object, ...], off: bool = False
) -> None:
    key = f"brief-{name}-{item.id}"
    st.button(label, icon=icon, key=key, help=label, type="tertiary", on_click=act, args=args, disabled=off)


def _draw_removed(index: int) -> None:
    """Draw the way back for what was removed last, if it stood at this place."""
    item, place = st.session_state.get(REMOVED, (None, -1))
    if place != index:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="brief-removed"):
        st.caption(_("A quote was removed.") if isinstance(item, Quote) else _("A note was removed."))
        st.button(_("Undo"), icon=":material/undo:", key="brief-undo", type="tertiary", on_click=_undo)


def _is_removed(state: AppState, item: Quote) -> bool:
    return state.library.catalogue.document(item.citation.document_id) is None


def _number(brief: Brief, item: Quote) -> int:
    quotes = [other for other in brief.items if isinstance(other, Quote)]
    return quotes.index(item) + 1


def _retitle() -> None:
    title = st.session_state["brief-title"]
    tell_problem(change_open_brief(lambda brief: replace(brief, title=title)))


def _rewrite(note_id: str) -> None:
    text = st.session_state[f"note-{note_id}"]
    tell_problem(change_open_brief(lambda brief: brief.with_text(note_id, text)))


def _add_note(after: str = "") -> None:
    def change(brief: Brief) -> Brief:
        longer = brief.with_note(after=after)
        new = next(item for item in longer.items if item not in brief.items)
        focus_next(f".st-key-note-{new.id} textarea")
        return longer

    tell_problem(change_open_brief(change))


def _move(item_id: str, steps: int) -> None:
    def change(brief: Brief) -> Brief:
        moved = brief.moved(item_id, steps)
        # At an end the button that was pressed cannot keep the keyboard.
        ends = {0: "down", len(moved.items) - 1: "up"}
        index = next((index for index, item in enumerate(moved.items) if item.id == item_id), 0)
        focus_next(f".st-key-brief-{ends.get(index, 'up' if steps < 0 else 'down')}-{item_id} button")
        return moved

    tell_problem(change_open_brief(change))


def _remove(item: Item, index: int) -> None:
    if tell_problem(change_open_brief(lambda brief: brief.without(item.id))):
        st.session_state[REMOVED] = (item, index)
        focus_next(".st-key-brief-undo button")


def _undo() -> None:
    item, index = st.session_state.pop(REMOVED, (None, 0))
    if item is None:  # a second click
        return
    tell_problem(change_open_brief(lambda brief: brief.with_item(item, index)))
    focus_next(f".st-key-brief-remove-{item.id} button")


def _confirm_clear() -> None:
    st.markdown(_("All quotes and notes in it will be deleted. Reports and chats stay."))
    with st.container(horizontal=True):
        if st.button(_("Delete them"), type="primary", key="clear-sure"):
            wipe_open_brief()
            close_place()
            st.rerun()
        if st.button(_("Keep them"), key="clear-not"):
            st.rerun()
