"""The conversation: the turns so far, and the one that is being answered."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.answers import Answer, Citation
from app.assistant import Step, ask
from app.cases import summarise
from app.chat.answer_view import LEAD_IN, draw_answer, draw_sentence
from app.chat.case_view import draw_case
from app.chat.current import add_turn
from app.chat.look import scroll_to
from app.chat.opened import close_place
from app.chat.scope import chosen_scope, scope_line, searched_count
from app.chat.shared import Shared
from app.chat.take_away import draw_downloads
from app.chats import Chat, Turn
from app.errors import AppError
from app.exports.formats import model_name
from app.plain import escape_markdown, one_line
from ingest.errors import IngestError
from vectorstore.errors import LibraryError
from vectorstore.records import Scope


@dataclass(frozen=True, slots=True)
class Pending:
    """What was asked and is not answered yet. It outlives a click that cuts the answer off: it is asked again."""

    asked: str
    scope: Scope
    case: bool = False


def ask_for(question: str) -> None:
    """Note a question to be answered in this run."""
    if question.strip():
        close_place()
        st.session_state["pending"] = Pending(question.strip(), chosen_scope())


def ask_for_case(country: str) -> None:
    """Note a country's case to be summarised, from the chosen reports."""
    close_place()
    st.session_state["pending"] = Pending(country, Scope(documents=chosen_scope().documents), case=True)


def draw_turns(opened: Shared, chat: Chat) -> None:
    """Draw what was asked and answered."""
    for number, turn in enumerate(chat.turns):
        case = not isinstance(turn.outcome, Answer)
        _draw_asked(turn.asked, case, number)
        with st.container(key=f"answer-{number}"):
            if case:
                draw_case(turn, number)
            else:
                draw_answer(turn, number, _searched(opened, turn.scope, turn.searched))
            draw_downloads(opened, turn.outcome, turn.model, str(number))
    if len(chat.turns) > 1:
        draw_downloads(opened, chat, "", "chat", "Download the chat")
    if (answered := st.session_state.pop("just_answered", None)) is not None:
        _scroll_to_turn(answered, "answered")


def draw_pending(opened: Shared, chat: Chat) -> None:
    """Answer what was just asked; sentences appear as they are verified."""
    pending: Pending | None = st.session_state.get("pending")
    if pending is None:
        return
    number = len(chat.turns)
    _draw_asked(pending.asked, pending.case, number)
    _scroll_to_turn(number, "asked")
    with st.container(key=f"answer-{number}"):
        try:
            turn = _summarise(opened, pending) if pending.case else _answer(opened, pending, number)
            # Gone before it is saved: a click that comes between the two must not ask it twice.
            st.session_state.pop("pending", None)
            st.session_state["just_answered"] = number
            add_turn(chat, turn)
        except (AppError, LibraryError, IngestError, OSError) as error:
            st.session_state.pop("pending", None)
            st.error(escape_markdown(str(error)))
            return
    st.rerun()


def _answer(opened: Shared, pending: Pending, number: int) -> Turn:
    citations: list[Citation] = []
    shown = 0

    def show(step: Step) -> None:
        nonlocal shown
        if isinstance(step, Citation):
            citations.append(step)
            return
        if not shown:
            st.markdown(LEAD_IN if opened.settings.model == "" else "From the reports:")
        draw_sentence(step, citations, f"{number}-{shown}", None)
        shown += 1

    with st.spinner("Looking in the reports …"), opened.asking() as library:
        answer = ask(library, pending.asked, pending.scope, opened.model(), show)
    model = model_name(opened.settings.model)
    return Turn(pending.asked, pending.scope, answer, searched_count(opened, pending.scope), model)


def _summarise(opened: Shared, pending: Pending) -> Turn:
    with st.spinner("Reading the case …"), opened.asking() as library:
        summary = summarise(library, pending.asked, pending.scope.documents)
    return Turn(pending.asked, pending.scope, summary, searched_count(opened, pending.scope))


def _scroll_to_turn(number: int, occasion: str) -> None:
    scroll_to(f".st-key-asked-{number}", "start", f"{occasion} {number}")


def _draw_asked(asked: str, case: bool, number: int) -> None:
    with (
        st.container(horizontal=True, horizontal_alignment="right", key=f"asked-{number}"),
        st.container(width="content"),
    ):
        st.text(f"Country case: {asked}" if case else one_line(asked))


def _searched(opened: Shared, scope: Scope, count: int) -> str:
    documents = f"{count} report{'s' * (count != 1)}"
    return f"{documents} ({scope_line(opened, scope)})" if scope else documents
