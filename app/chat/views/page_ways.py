"""The ways about an open page: to other quotes, to other pages, to words, and to a wider page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.answers import Citation
from app.chat.i18n import _, ngettext
from app.chat.phrases import pages_named
from app.chat.state.app_state import AppState
from app.chat.state.url_state import Place, left_quote, open_place, place_of, turn_page
from app.chat.views.focus import close_and_return, step_to
from app.chat.views.quote_actions import draw_quote_actions
from app.finding_words import Found, find_words
from app.plain import escape_markdown
from vectorstore.records import DocumentRecord

_LISTED = 12
"""Places of words that are listed at once."""
WIDE = "page-is-wide"
"""Key of the window's state: whether the page takes more room than what is beside it."""


def draw_citation_steps(citations: Sequence[Citation], index: int, turn: int) -> None:
    """Draw the way to the previous and the next citation of the same answer."""

    def draw_step(by: int, label: str) -> None:
        target = index + by
        inside = 0 <= target < len(citations)
        args = (place_of(citations[target]), turn, 0 <= target + by < len(citations)) if inside else None
        _draw_step("page", by, label, step_to, args)

    with st.container(horizontal=True, vertical_alignment="center", key="page-way"):
        draw_step(-1, _("Previous citation"))
        st.markdown(_("**{number}** of {total}", number=citations[index].number, total=len(citations)), width="content")
        draw_step(1, _("Next citation"))
        draw_quote_actions([citations[index]], "page")
        st.space("stretch")
        st.button(_("Close"), on_click=close_and_return, key="close-page")


def draw_page_steps(document: DocumentRecord, place: Place, from_quote: bool) -> None:
    """Draw the way to the pages before and after and to any other; ``from_quote`` is whether a quote is open."""

    name = "turn" if from_quote else "page"

    def draw_step(by: int, label: str) -> None:
        inside = 1 <= place.page + by <= document.pages
        _draw_step(name, by, label, turn_page, (document.id, place.page + by) if inside else None)

    with st.container(horizontal=True, vertical_alignment="center", key=f"{name}-steps"):
        draw_step(-1, _("Previous page"))
        key = f"page-number-{document.id}-{place.page}"
        st.number_input(
            _("Page"),
            1,
            max(document.pages, place.page),
            place.page,
            key=key,
            label_visibility="collapsed",
            width=72,
            on_change=_go_to_page,
            args=(document.id, key),
        )
        st.markdown(_("of {total}", total=document.pages), width="content")
        draw_step(1, _("Next page"))
        st.space("stretch")
        wide = st.session_state.get(WIDE, False)
        st.button(
            _("Narrower") if wide else _("Wider"),
            key="page-narrow" if wide else "page-wide",
            icon=":material/close_fullscreen:" if wide else ":material/open_in_full:",
            type="tertiary",
            on_click=_widen,
            args=(not wide,),
        )
        if not from_quote:
            if (left := left_quote(document.id)) is not None:
                st.button(_("Back to the quote"), key="back-to-quote", on_click=open_place, args=left)
            st.button(_("Close"), on_click=close_and_return, key="close-page")


def draw_finding(state: AppState, document: DocumentRecord) -> None:
    """Draw a box for words that are to be found in the report, and where they stand."""
    key = f"find-in-{document.id}"
    # Open where something is looked for: what it opens is drawn in its place, and it anew below it.
    with st.expander(
        _("Find in this report"), icon=":material/search:", expanded=bool(st.session_state.get(key, "").strip())
    ):
        wanted = st.text_input(_("Words, as they are printed"), key=key)
        if not wanted.strip():
            return
        found = find_words(state.library.catalogue.texts_of(document.id), wanted)
        if not found:
            st.caption(_("These words are not in this report."))
            return
        numbers = dict.fromkeys(one.page for one in found)
        count = ngettext("{number} place", "{number} places", len(found))
        st.caption(_("{count}: {pages}.", count=count, pages=pages_named(numbers)))
        for number, one in enumerate(found[:_LISTED]):
            _draw_found(document, one, f"found-{number}")


def _draw_found(document: DocumentRecord, one: Found, key: str) -> None:
    # Blanks beside the words are set here: what makes text safe for Markdown trims it.
    before = escape_markdown(one.before) + " " * one.before.endswith(" ")
    after = " " * one.after.startswith(" ") + escape_markdown(one.after)
    page = escape_markdown(_("p. {page}", page=one.page))
    st.button(
        f"{page}: {before}**{escape_markdown(one.words)}**{after}",
        key=key,
        type="tertiary",
        on_click=open_place,
        args=(Place(document.id, one.page, one.start, one.end),),
    )


def _draw_step(name: str, by: int, label: str, on_click: Callable[..., None], args: tuple[Any, ...] | None) -> None:
    """Draw a button back or forth; without ``args`` there is nothing that way."""
    st.button(
        label,
        icon=":material/chevron_left:" if by < 0 else ":material/chevron_right:",
        help=label,
        key=f"{name}-previous" if by < 0 else f"{name}-next",
        disabled=args is None,
        on_click=on_click,
        args=args,
    )


def _go_to_page(document: str, key: str) -> None:
    turn_page(document, int(st.session_state[key]))


def _widen(wide: bool) -> None:
    st.session_state[WIDE] = wide
