"""The page behind a citation: the quote, the page's picture with the quote marked, and its text for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.answers import Citation
from app.chat.i18n import _, translate
from app.chat.phrases import place as place_label
from app.chat.phrases import source
from app.chat.state.app_state import AppState, app_state
from app.chat.state.url_state import Place, opened_citation, opened_place
from app.chat.views.feedback_view import draw_feedback
from app.chat.views.focus import close_and_return, move_focus
from app.chat.views.page_ways import draw_citation_steps, draw_finding, draw_page_steps
from app.chat.views.quote_actions import draw_quote_actions
from app.chat.views.quote_zoom import quote_zoom
from app.chat.views.styles import language_key, scroll_to
from app.messages import error_message
from app.plain import escape_markdown, one_line
from ingest.documents import FileType, Page, Span
from ingest.errors import IngestError
from ingest.pdf.page_image import page_image
from vectorstore.errors import LibraryError
from vectorstore.records import DocumentRecord

_SCALE = 2.0
_MARGIN = 84
"""Pixels of the page left around the marked words in the close-up."""
_AROUND = 600
"""Characters shown on either side of a quote in a document without pages."""


def draw_page(state: AppState, cited: Sequence[Sequence[Citation]]) -> None:
    """Draw the page that the address names; ``cited`` is what the numbers of each turn open."""
    place = opened_place()
    if place is None:
        return
    found = opened_citation(cited, place)
    citation = None
    if found is not None:
        turn, index = found
        citations = cited[turn]
        citation = citations[index]
        draw_citation_steps(citations, index, turn)
    try:
        document = state.library.catalogue.document(place.document)
        page = state.library.page(place.document, place.page) if document is not None else None
    except LibraryError:
        document = page = None
    if document is None or page is None:
        _draw_removed(citation)
        if citation is None:
            st.button(_("Close"), on_click=close_and_return, key="close-page")
    else:
        draw_page_steps(document, place, citation is not None)
        _draw_place(document, page, place, citation)
        draw_finding(state, document)
        if citation is not None:
            draw_feedback(state, citation)


def scroll_to_open_citation(cited: Sequence[Sequence[Citation]]) -> None:
    """Bring the number whose page is open into sight: after a reload, and when "next" has gone on."""
    place = opened_place()
    found = opened_citation(cited, place) if place is not None else None
    if found is not None:
        scroll_to(
            ':is(.st-key-conversation, .st-key-case-result, .st-key-brief, .st-key-guide) button[kind="primary"]',
            "nearest",
            "opened {} {}".format(*found),
        )
    move_focus()


def _draw_removed(citation: Citation | None) -> None:
    st.info(_("This report was removed from the library, so its page cannot be shown."))
    if citation is not None:
        st.caption(escape_markdown(source(citation)))
        _draw_quote(citation.quote, "")


def _draw_place(document: DocumentRecord, page: Page, place: Place, citation: Citation | None) -> None:
    shown = citation or Citation(
        0, document.id, document.name, document.title, document.author, document.year, page.number, page.label, "",
        place.start, place.end, page.text[place.start : place.end], document.unit, publisher=document.publisher,
        symbol=document.symbol, date=document.date, case=document.case,
    )  # fmt: skip
    st.caption(escape_markdown(source(shown, placed=document.paged)))
    if citation is None and shown.quote:
        draw_quote_actions([replace(shown, number=1)], "page")
    if document.file_type != FileType.PDF:  # nothing else has a picture of its pages
        _draw_in_text(page, place, document.language)
        return
    marked_spans = ((place.start, place.end),) if shown.quote else ()
    try:
        with st.spinner(_("Drawing the page …")):
            near, whole = _pictures(document.id, page.number, marked_spans)
    except IngestError as error:
        st.warning(escape_markdown(_("The page cannot be drawn: {reason}", reason=translate(error_message(error)))))
        _draw_in_text(page, place, document.language)
        return
    values = {"place": place_label(shown), "document": document.name}
    if 0 < len(shown.quote) <= _AROUND:
        with st.container(key="page-quote-heard" if near else "page-quote-seen"):
            _draw_quote(shown.quote, document.language)
    if near:
        st.image(
            near,
            width="stretch",
            alt=_("Close-up of {place} in {document}, the quoted words marked in yellow", **values),
        )
    if shown.quote:
        alt = _("Picture of {place} in {document}, the quoted words marked in yellow", **values)
    else:
        alt = _("Picture of {place} in {document}", **values)
    caption = escape_markdown(_("The whole page: {place}", place=place_label(shown)))
    st.image(whole, width="stretch", alt=alt, caption=caption)
    with st.expander(_("Text of the page")), st.container(key=language_key("page-text", document.language)):
        st.text(page.text, width="stretch")


def _draw_quote(quote: str, code: str) -> None:
    with st.container(key="page-quote"), st.container(key=language_key("quote", code)):
        st.text(one_line(quote), width="stretch")


def _draw_in_text(page: Page, place: Place, code: str) -> None:
    """Draw the words around the quote, the quote marked."""
    before = page.text[max(place.start - _AROUND, 0) : place.start]
    after = page.text[place.end : place.end + _AROUND]
    if before.strip():
        with st.container(key=language_key("text-before", code)):
            st.text(("… " if place.start > _AROUND else "") + before.strip(), width="stretch")
    _draw_quote(page.text[place.start : place.end], code)
    if after.strip():
        with st.container(key=language_key("text-after", code)):
            st.text(after.strip() + (" …" if place.end + _AROUND < len(page.text) else ""), width="stretch")


@st.cache_data(max_entries=64, show_spinner=False)
def _pictures(document_id: str, number: int, spans: tuple[tuple[int, int], ...]) -> tuple[bytes, bytes]:
    """Return the PNGs of the marked words from near, empty when none were found, and of the whole page.

    A document's id is the hash of its bytes, so what is kept never goes stale.
    """
    library = app_state().library
    page = library.page(document_id, number)
    image = page_image(library.file_of(document_id), page, [Span(number, *span) for span in spans], _SCALE)
    return quote_zoom(image, _MARGIN), image.png
