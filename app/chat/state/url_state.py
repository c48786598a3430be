"""Which quote is open. The address in the browser is the truth, so that a reload or a link shows the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from app.answers import Answer, Citation
from app.chat.i18n import _
from app.chat.state.case_request import NAMES, CaseRequest, read_request
from app.chat.state.private_mode import is_private
from app.chat_history import Chat, Turn
from app.citations import locate_quote
from ingest.documents import Span
from vectorstore.errors import LibraryError
from vectorstore.library import Library

_DIGITS = 9
_REQUEST = "case-request"
"""Key of the window's state."""
_LEFT = "left-quote"
"""Key of the window's state."""
_QUOTE = "quote"
"""Parameter of the address: words to find on the page, in a handwritten link."""
_GUIDE = "guide"
"""Parameter of the address: the report (id) whose guide is shown."""
_PLACE = {"document": "", "page": "", "start": "0", "end": "0"}
"""Parameters of the address, with their defaults."""


@dataclass(frozen=True, slots=True)
class Place:
    """Position of a quote: document id, 1-based page, and offsets into the page's stored text.

    A page that is opened to be read has no quote: both offsets are 0.
    """

    document: str
    page: int
    start: int
    end: int


def place_of(citation: Citation) -> Place:
    """Return the position of a citation."""
    return Place(citation.document_id, citation.page, citation.start, citation.end)


def opened_place() -> Place | None:
    """Return the place that the address names; None when it names none, or nonsense."""
    values = [st.query_params.get(name, default) for name, default in _PLACE.items()]
    document, *numbers = values
    if not document or not all(number.isascii() and number.isdigit() and len(number) <= _DIGITS for number in numbers):
        return None
    page, start, end = (int(number) for number in numbers)
    return Place(document, page, start, end) if page > 0 and (start < end or start == end == 0) else None


def open_place(place: Place, turn: int | None = None) -> None:
    """Open a place; ``turn`` says whose citations "previous" and "next" go through."""
    st.session_state["opened_turn"] = turn
    st.query_params.update(
        {"document": place.document, "page": str(place.page), "start": str(place.start), "end": str(place.end)}
    )


def open_page(document: str, page: int) -> None:
    """Open a page to be read."""
    st.session_state["opened_turn"] = None
    close_place()
    st.query_params.update({"document": document, "page": str(page)})


def turn_page(document: str, page: int) -> None:
    """Open another page of a report; the quote that was open, if one was, is a way back."""
    place, turn = opened_place(), st.session_state.get("opened_turn")
    if place is not None and place.start < place.end:
        st.session_state[_LEFT] = (place, turn)
    open_page(document, page)


def left_quote(document: str) -> tuple[Place, int | None] | None:
    """Return the quote from which a report's pages were turned, and the turn that it is of; None where none was."""
    left: tuple[Place, int | None] | None = st.session_state.get(_LEFT)
    return left if left is not None and left[0].document == document else None


def close_place() -> None:
    """Close the page."""
    for name in (*_PLACE, _QUOTE):
        st.query_params.pop(name, None)


def open_guide(document: str, read: bool = False) -> None:
    """Show a report's guide; ``read``: with its first page beside it."""
    st.session_state["opened_turn"] = None
    close_place()
    st.query_params[_GUIDE] = document
    if read:
        open_page(document, 1)


def opened_guide() -> str:
    """Return the report (id) whose guide the address names; empty where it names none."""
    return str(st.query_params.get(_GUIDE, ""))


def close_guide() -> None:
    """Go back from a guide to the list of reports."""
    st.query_params.pop(_GUIDE, None)
    close_place()


def open_linked_quote(library: Library) -> str:
    """Open the place of the words that a link names, ``?document=…&page=…&quote=…``; they are found on that page alone.

    Returns:
        A message for the reader, as plain text, when the words are not on the page; empty otherwise.

    """
    place, quote = opened_place(), st.query_params.get(_QUOTE, "")
    if place is None or not quote:
        return ""
    st.query_params.pop(_QUOTE, None)
    try:
        page = library.page(place.document, place.page)
    except LibraryError:
        return ""  # the page panel says that it is gone
    found = locate_quote(quote, [Span(page.number, 0, len(page.text))], {page.number: page.text})
    if not found:
        open_page(place.document, place.page)
        return _("The words of this link are not on this page, or too few to be found.")
    open_place(Place(place.document, page.number, found[0].start, found[0].end))
    return ""


def requested_case() -> CaseRequest | None:
    """Return the request that the address names, or the last one of this window."""
    named = read_request({name: st.query_params.get_all(name) for name in NAMES})
    known: CaseRequest | None = st.session_state.get(_REQUEST)
    wanted = named or known
    if wanted is not None and wanted != known:
        st.session_state[_REQUEST] = wanted
    elif wanted is not None and named is None:
        set_request(wanted)  # the navigation at the top leads to the page without parameters
    return wanted


def set_request(request: CaseRequest) -> None:
    """Put the request into the address; in private mode only into the window's state."""
    st.session_state[_REQUEST] = request
    for name in NAMES:
        st.query_params.pop(name, None)
    if not is_private():
        st.query_params.update(request.address())


def cited_by(chat: Chat) -> list[tuple[Citation, ...]]:
    """Return what the numbers of each of a chat's turns open."""
    return [citations_of(turn) for turn in chat.turns]


def citations_of(turn: Turn) -> tuple[Citation, ...]:
    """Return what a turn's numbers open: its citations, or else its related passages."""
    if turn.outcome.citations or not isinstance(turn.outcome, Answer):
        return turn.outcome.citations
    return turn.outcome.related


def opened_citation(cited: Sequence[Sequence[Citation]], place: Place) -> tuple[int, int] | None:
    """Return ``(turn, index of its citation)`` of a place: in the turn it was opened from, else in the latest."""
    turns = list(range(len(cited)))[::-1]
    preferred = st.session_state.get("opened_turn")
    if preferred in turns:
        turns.insert(0, preferred)
    for number in turns:
        for index, citation in enumerate(cited[number]):
            if place_of(citation) == place:
                return number, index
    return None
