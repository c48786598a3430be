"""What can be done with a quote wherever it is shown: copy it with its footnote, put it into the brief."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.answers import AnswerSentence, Citation
from app.brief import Brief
from app.chat.i18n import _, translate
from app.chat.state.brief_tray import change_open_brief, open_brief
from app.chat.views.copying import draw_copy_button
from app.errors import AppError
from app.exports.clipboard import clip_quotes
from app.exports.sources import short_source
from app.messages import Message
from app.plain import escape_markdown


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


def draw_quote_copy(citations: Sequence[Citation], sentence: AnswerSentence | None = None) -> None:
    """Draw the button "Copy with footnote" alone."""
    draw_copy_button(
        clip_quotes(citations, sentence),
        _("Copy with footnote"),
        marks="".join(f"[{citation.number}]" for citation in citations),
        notes=[f"[{citation.number}] {short_source(citation)}" for citation in citations],
        icon=True,
    )


def show_problem(problem: Message | None) -> None:
    """Show what went wrong with a change of the brief; nothing where nothing did."""
    if problem is not None:
        st.toast(escape_markdown(translate(problem)), icon=":material/error:", duration="long")


def _is_in_brief(citations: Sequence[Citation]) -> bool:
    try:
        brief = open_brief()
    except AppError:
        return False  # a click on the button says why
    return all(map(brief.has, citations))


def _add(citations: tuple[Citation, ...]) -> None:
    def change(brief: Brief) -> Brief:
        return brief.with_quotes(citations)

    problem = change_open_brief(change)
    show_problem(problem)
    if problem is None:
        st.toast(_("Added. The page “My brief” has it."), icon=":material/playlist_add_check:")


def _remove(citations: tuple[Citation, ...]) -> None:
    show_problem(change_open_brief(lambda brief: brief.without_quotes(citations)))
