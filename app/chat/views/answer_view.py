"""Answers on the screen: sentences with their numbered buttons, and the passages that were near."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from app.answers import Answer, AnswerKind, AnswerSentence, AnswerStatus, Citation, Verdict, differs_line
from app.chat.i18n import _, country, ngettext, translate
from app.chat.phrases import gap_sentences, listed, place, report_line, short_source, source
from app.chat.state.app_state import language_of
from app.chat.state.url_state import citations_of, opened_place, place_of
from app.chat.views.focus import note_button, open_from_button
from app.chat.views.quote_actions import draw_quote_actions
from app.chat.views.styles import REPORT_COLOURS, language_key
from app.chat_history import Turn
from app.exports.manuscript import NOT_FOUND, REFUSALS
from app.plain import escape_markdown, one_line, shorten

_RELATED_CHARACTERS = 600
_HINT_CHARACTERS = 200
_LEAD_CHARACTERS = 160


def lead_in(quoted: bool) -> str:
    """Return the line above the sentences; ``quoted`` is whether all of them are quotes."""
    return _("The reports say:") if quoted else _("From the reports:")


def draw_sentence(
    sentence: AnswerSentence, citations: Sequence[Citation], key: str, turn: int | None, best: bool = False
) -> None:
    """Draw one sentence, its verdict unless it is a plain quote, and a button for each citation.

    Without a ``turn`` the answer is still being written: a click would interrupt it, so the buttons are disabled. The
    one that answers best is drawn larger.
    """
    by_number = {citation.number: citation for citation in citations}
    # A model's own words are in the language of the question; only a quote is in the report's.
    quoted = [by_number[number] for number in sentence.citations[:1] if number in by_number]
    code = language_of(quoted[0]) if quoted and sentence.verdict is Verdict.QUOTED else ""
    name = f"sentence-{key}-best" if best else f"sentence-{key}"
    with st.container(horizontal=True, wrap=False, key=language_key(name, code)):
        with st.container(gap=None):
            if quoted and quoted[0].lead:
                st.caption(escape_markdown(_("Under “{lead}”", lead=shorten(quoted[0].lead, _LEAD_CHARACTERS))))
            st.text(one_line(sentence.text), width="stretch")
            if sentence.verdict is Verdict.SUPPORTED:
                st.caption(_("In other words; checked against its quotes"))
            elif sentence.verdict is Verdict.UNVERIFIED:
                reasons = escape_markdown(_("; ").join(map(translate, sentence.reasons)))
                unverified = _("Unverified")
                st.caption(_capital(reasons) if sentence.reworded else f":orange[**{unverified}**] {reasons}")
            if (differs := differs_line(sentence)) is not None:
                st.caption(escape_markdown(translate(differs)))
            if quoted and turn is not None and (where := place(quoted[0])):
                st.caption(escape_markdown(where))
        for number in sentence.citations:
            if number in by_number:
                draw_citation_button(by_number[number], f"{key}-{number}", turn)
        if turn is not None:
            draw_quote_actions([by_number[n] for n in sentence.citations if n in by_number], key, sentence)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def draw_answer(turn: Turn, number: int, searched: str) -> None:
    """Draw a finished answer. ``searched`` is what was searched, as plain text."""
    answer = turn.outcome
    assert isinstance(answer, Answer)
    for line in answer.says:
        st.markdown(escape_markdown(translate(line)))
    if answer.status is AnswerStatus.ANSWERED:
        _draw_sentences(answer, number)
    elif answer.kind is not AnswerKind.QUOTES:
        if not answer.says:
            st.markdown(escape_markdown(translate(answer.note or NOT_FOUND)))
    else:
        if answer.note is not None:
            st.caption(escape_markdown(translate(answer.note)))
        st.markdown(translate(REFUSALS[answer.status] if answer.related else NOT_FOUND))
        st.caption(escape_markdown(_("Searched: {searched}.", searched=searched)))
        _draw_related(turn, number)
    if gaps := gap_sentences(answer):
        st.caption(escape_markdown(" ".join(gaps)))
    _draw_elsewhere(answer, number)
    if answer.rejected_quotes:
        st.caption(_("Quotes of the model that are not on the page, left out: {count}.", count=answer.rejected_quotes))
    if answer.unknown_citations:
        st.caption(
            ngettext(
                "The model cited passages that it was not given: {number} time.",
                "The model cited passages that it was not given: {number} times.",
                len(answer.unknown_citations),
            )
        )


def _draw_elsewhere(answer: Answer, number: int) -> None:
    """Draw quotes that are no part of the answer: about countries not asked about, or from what was not searched."""
    if not answer.elsewhere:
        return
    searched = answer.elsewhere[0].searched
    st.caption(_("About other countries:") if searched else _("Outside what you searched, this may answer:"))
    for index, found in enumerate(answer.elsewhere):
        code = language_of(found.citation)
        with st.container(horizontal=True, vertical_alignment="center", key=f"elsewhere-{number}-{index}"):
            with st.container(gap=None):
                if found.countries:
                    st.markdown(f"**{escape_markdown(listed(map(country, found.countries)))}**")
                with st.container(key=language_key(f"elsewhere-quote-{number}-{index}", code)):
                    st.text(shorten(found.citation.quote, _HINT_CHARACTERS), width="stretch")
                st.caption(escape_markdown(short_source(found.citation)))
            draw_citation_button(found.citation, f"{number}-elsewhere-{index}", number, _("Open the page"))


def _draw_sentences(answer: Answer, number: int) -> None:
    """Draw the sentences of an answer, those that are folded when a button is pressed that says how many they are."""
    if not answer.sentences:
        return
    quoted = all(sentence.verdict is Verdict.QUOTED for sentence in answer.sentences)
    if not answer.headings and not answer.says:
        st.markdown(lead_in(quoted))
    # By the question too: another chat has an answer of this number as well.
    switch = f"unfolded-{number}-{answer.question}"
    unfolded = st.session_state.get(switch, False)
    indexes = [index for index in range(len(answer.sentences)) if unfolded or index not in answer.folds]
    for place_in_answer, (document, group) in enumerate(groupby(indexes, lambda index: _report(answer, index))):
        _draw_report(answer, document, list(group), f"{number}-{place_in_answer}", number)
    if answer.folds:
        more = ngettext("{number} more passage", "{number} more passages", len(answer.folds))
        st.button(
            _("Fewer passages") if unfolded else more,
            key=f"more-{number}",
            icon=":material/unfold_less:" if unfolded else ":material/unfold_more:",
            type="tertiary",
            on_click=_toggle,
            args=(switch,),
        )
    st.caption(
        _("Word for word from the reports. Click a number to see the page.")
        if quoted
        else _("Click a number to see the page.")
    )


def _toggle(key: str) -> None:
    st.session_state[key] = not st.session_state.get(key, False)


def _report(answer: Answer, index: int) -> str:
    """Return the report (id) that a sentence is quoted from; empty where it has no citation."""
    numbers = answer.sentences[index].citations[:1]
    return next((citation.document_id for citation in answer.citations if citation.number in numbers), "")


def _draw_report(answer: Answer, document: str, indexes: Sequence[int], key: str, number: int) -> None:
    """Draw sentences that follow each other and are of one report, under its name and in its colour."""
    titles = {heading.before: heading.title for heading in answer.headings}
    first = next((citation for citation in answer.citations if citation.document_id == document), None)
    colours = list(dict.fromkeys(citation.document_id for citation in answer.citations))
    colour = colours.index(document) % REPORT_COLOURS if first is not None else 0
    with st.container(key=f"report-{colour}-{key}", gap="small"):
        if first is not None and indexes[0] not in titles:
            st.caption(escape_markdown(report_line(first)))
        for index in indexes:
            if index in titles:
                st.markdown(f"**{escape_markdown(translate(titles[index]))}**")
                if first is not None and len(colours) > 1:
                    st.caption(escape_markdown(report_line(first)))
            sentence = answer.sentences[index]
            best = bool(answer.best) and answer.best in sentence.citations
            draw_sentence(sentence, answer.citations, f"{number}-{index}", number, best)


def _draw_related(turn: Turn, number: int) -> None:
    for citation in citations_of(turn):
        with st.container(border=True, key=f"related-{number}-{citation.number}"):
            with st.container(key=language_key(f"related-quote-{number}-{citation.number}", language_of(citation))):
                st.text(shorten(citation.quote, _RELATED_CHARACTERS), width="stretch")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(escape_markdown(source(citation)))
                draw_citation_button(citation, f"{number}-related-{citation.number}", number, _("Open the page"))
                draw_quote_actions([citation], f"{number}-related-{citation.number}")


def draw_citation_button(citation: Citation, key: str, turn: int | None, label: str = "") -> None:
    """Draw the button that opens a citation's page: its number, or ``label``; disabled without a ``turn``."""
    opens = place_of(citation)
    st.button(
        label or rf"\[{citation.number}\]",
        key=f"cite-{key}",
        help=_hint(citation),
        type="primary" if opened_place() == opens else "secondary",
        on_click=open_from_button,
        args=(opens, turn, f"cite-{key}"),
        disabled=turn is None,
    )
    note_button(opens, f"cite-{key}")


def _hint(citation: Citation) -> str:
    """Return the tooltip of a citation number: the shortened quote and its source, as Markdown."""
    quote = _("“{quote}”", quote=escape_markdown(shorten(citation.quote, _HINT_CHARACTERS)))
    return f"{quote}\n\n{escape_markdown(source(citation))}"
