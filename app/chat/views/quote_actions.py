"""What can be done with a quote wherever it is shown: copy it with its footnote, put it into the brief."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.answers import AnswerSentence, Citation
from app.brief import Brief
from app.chat.i18n import _, translate
from app.chat.state.brief_tray import change_open_brief, open_brief
from app.chat.views.copying import draw_copy_button, tell, tell_next
from app.errors import AppError
from app.exports.clipboard import clip_quotes
from app.exports.sources import short_source
from app.messages import Message


def draw_quote_actions(citations: Sequence[Citation], key: str, sentence: AnswerSentence | None = None) -> None:
    """Draw two small buttons: "Copy with footnote", and "Add to my brief" or the way back.

    Args:
        citations: What the sentence rests on; nothing is drawn without one.
        key: Of the place on the screen; no other quote on it may have the same.
        sentence: What is copied, where it is not the first citation's quote word for word.

    """
    if not citations:
        return
    with st.container(horizontal=True, width="content", gap=None, key=f"actions-{key}"):
        draw_quote_copy(citations, sentence)
        held = _is_in_brief(citations)
        label = _("Remove from my brief") if held else _("Add to my brief")
        st.button(
            label,
            key=f"brief-quote-{key}",
            icon=":material/playlist_add_check:" if held else ":material/playlist_add:",
            help=label,
            type="tertiary",
            on_click=_remove if held else _add,
            args=(tuple(citations),),
        )
        tell()


def draw_quote_copy(citations: Sequence[Citation], sentence: AnswerSentence | None = None) -> None:
    """Draw the button "Copy with footnote" alone."""
    draw_copy_button(
        clip_quotes(citations, sentence),
        _("Copy with footnote"),
        marks="".join(f"[{citation.number}]" for citation in citations),
        notes=[f"[{citation.number}] {short_source(citation)}" for citation in citations],
        icon=True,
    )


def tell_problem(problem: Message | None) -> bool:
    """Tell what went wrong with a change of the brief, if anything; return whether all went well."""
    if problem is not None:
        tell_next(translate(problem))
    return problem is None


def _is_in_brief(citations: Sequence[Citation]) -> bool:
    try:
        brief = open_brief()
    except AppError:
        return False  # a click on the button says why
    return all(map(brief.has, citations))


def _add(citations: tuple[Citation, ...]) -> None:
    def change(brief: Brief) -> Brief:
        return brief.with_quotes(citations)

    if tell_problem(change_open_brief(change)):
        tell_next(_("Added to the page “My brief”."))


def _remove(citations: tuple[Citation, ...]) -> None:
    if tell_problem(change_open_brief(lambda brief: brief.without_quotes(citations))):
        tell_next(_("Removed from the page “My brief”."))
