"""A report's guide on the page Library: what it is about, its figures, dates and names, and questions to ask it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.answers import AnswerSentence, Citation
from app.cases import countries_of_report
from app.chat.i18n import _, country, day, month, ngettext
from app.chat.phrases import listed, pages
from app.chat.state.app_state import AppState
from app.chat.state.chat_session import go_to_ask
from app.chat.state.private_mode import is_private
from app.chat.state.url_state import close_guide, open_page
from app.chat.views.answer_view import draw_citation_button, draw_sentence
from app.chat.views.conversation import ask_for
from app.chat.views.report_page_view import scroll_to_open_citation
from app.chat.views.split_view import draw_split_view
from app.chat.views.styles import language_key
from app.guide import Event, Guide, Named
from app.naming import published_by, shown_date
from app.plain import escape_markdown
from vectorstore.records import DocumentRecord, Scope


def draw_guide(state: AppState, document: DocumentRecord) -> None:
    """Draw a report's guide, and beside it the page that is open. The first reader waits for it to be made."""
    guide = state.guides.find(document)
    if (guide is None or guide.questions is None) and not state.guides.has_failed(document.id):
        state.guides.want(document.id, keep=not is_private())
    cited = [guide.citations] if guide is not None else []

    def draw_left() -> None:
        with st.container(key="guide"):
            _draw_head(state, document)
            if guide is not None:
                _draw_quotes(guide, document)
                _draw_questions(guide.questions or (), document)
            _draw_waiting(state, document, guide)
        scroll_to_open_citation(cited)

    draw_split_view(state, lambda: cited, draw_left)


def _draw_head(state: AppState, document: DocumentRecord) -> None:
    """Draw what the catalogue knows of the report, with the ways back and on."""
    with st.container(horizontal=True, key="guide-ways"):
        st.button(_("All reports"), key="all-reports-list", icon=":material/arrow_back:", on_click=close_guide)
        st.button(
            _("Read it"),
            key="guide-read",
            icon=":material/menu_book:",
            on_click=open_page,
            args=(document.id, 1),
        )
    st.header(escape_markdown(document.title or document.name), anchor=False)
    by = published_by(document.author, document.publisher)
    length = pages(document.pages) if document.paged else document.file_type
    parts = [by, shown_date(document.date, document.year), document.symbol, length, document.name]
    st.caption(" · ".join(escape_markdown(part) for part in parts if part))
    if countries := countries_of_report(state.library, document.id):
        st.caption(_("Country cases: {countries}.", countries=escape_markdown(listed(map(country, countries)))))


def _draw_quotes(guide: Guide, document: DocumentRecord) -> None:
    _draw_sentences(_("What it is about"), guide.about, guide.citations, "about")
    _draw_sentences(_("Key figures"), guide.figures, guide.citations, "figure")
    if guide.events:
        st.subheader(_("Dates"), anchor=False)
    for index, event in enumerate(guide.events):
        st.markdown(f"**{escape_markdown(_date(event))}**")
        draw_sentence(event.sentence, guide.citations, f"guide-event-{index}", 0)
    if guide.names:
        st.subheader(_("Named most"), anchor=False)
    for index, named in enumerate(guide.names):
        _draw_name(named, guide.citations, language_key(f"sentence-guide-name-{index}", document.language))


def _draw_sentences(title: str, sentences: Sequence[AnswerSentence], citations: Sequence[Citation], key: str) -> None:
    if sentences:
        st.subheader(title, anchor=False)
    for index, sentence in enumerate(sentences):
        draw_sentence(sentence, citations, f"guide-{key}-{index}", 0)


def _date(event: Event) -> str:
    return day(event.date) if event.day else month(event.year, event.month)


def _draw_name(named: Named, citations: Sequence[Citation], key: str) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=key):
        with st.container(gap=None):
            st.text(named.name, width="stretch")
            st.caption(ngettext("{number} mention", "{number} mentions", named.mentions))
        draw_citation_button(citations[named.citation - 1], key, 0)


def _draw_questions(questions: Sequence[str], document: DocumentRecord) -> None:
    if questions:
        st.subheader(_("Questions that it answers"), anchor=False)
    for number, question in enumerate(questions):
        if st.button(escape_markdown(question), key=f"guide-question-{number}"):
            ask_for(question, as_typed=True, scope=Scope((document.id,)))
            go_to_ask()


def _draw_waiting(state: AppState, document: DocumentRecord, guide: Guide | None) -> None:
    """Draw what is still being made, until it is there."""
    if state.guides.has_failed(document.id):
        if guide is None:
            st.caption(_("No guide of this report could be made."))
    elif guide is None or guide.questions is None:
        st.fragment(_draw_progress, run_every=1.0)(state, document, guide is not None)


def _draw_progress(state: AppState, document: DocumentRecord, quotes_drawn: bool) -> None:
    made = state.guides.find(document)
    whole = made is not None and made.questions is not None
    if whole or state.guides.has_failed(document.id) or quotes_drawn != (made is not None):
        st.rerun()
    waiting = _("Trying questions that it may answer …") if quotes_drawn else _("The guide is being made …")
    st.caption(waiting)
