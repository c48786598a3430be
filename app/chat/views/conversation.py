"""The conversation: the turns so far, and the one that is being answered."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from app.answers import Answer, AnswerKind, Citation
from app.assistant import Step, ask
from app.cases import CaseSummary, summarise
from app.chat.i18n import _, country, translate
from app.chat.phrases import listed, reports
from app.chat.state.app_state import AppState
from app.chat.state.chat_session import add_turn
from app.chat.state.url_state import close_place
from app.chat.views.answer_view import draw_answer, draw_sentence, lead_in
from app.chat.views.case_view import draw_case
from app.chat.views.downloads import draw_downloads
from app.chat.views.scope_view import chosen_scope, scope_line, search_countries, searched_count
from app.chat.views.styles import scroll_to
from app.chat_history import Chat, Turn
from app.errors import AppError, HostNotAllowed
from app.exports.formats import model_name
from app.follow_ups.reading import Reading, read_question
from app.messages import error_message
from app.plain import escape_markdown, one_line
from app.turns.answering import reply
from app.turns.quote_replies import unless_known
from ingest.errors import IngestError
from vectorstore.errors import LibraryError
from vectorstore.question import Question
from vectorstore.records import Scope

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Pending:
    """What was asked and is not answered yet. It outlives a click that cuts the answer off: it is asked again."""

    asked: str
    scope: Scope
    case: bool = False
    as_typed: bool = False
    """Not to be read as a follow-up."""
    without_model: bool = False


def ask_for(question: str, as_typed: bool = False, scope: Scope | None = None) -> None:
    """Note a question to be answered in this run, within ``scope``: what the reader has chosen where none is given."""
    if question.strip():
        close_place()
        st.session_state.pop("aside", None)
        within = chosen_scope() if scope is None else scope
        st.session_state["pending"] = Pending(question.strip(), within, as_typed=as_typed)


def ask_for_case(country: str) -> None:
    """Note a country's case to be summarised, from the chosen reports."""
    close_place()
    st.session_state["pending"] = Pending(country, Scope(documents=chosen_scope().documents), case=True)


def draw_turns(state: AppState, chat: Chat) -> None:
    """Draw what was asked and answered."""
    for number, turn in enumerate(chat.turns):
        outcome = turn.outcome
        _draw_asked(turn.asked, isinstance(outcome, CaseSummary), number)
        with st.container(key=f"answer-{number}"):
            if isinstance(outcome, CaseSummary):
                draw_case(outcome, number)
            else:
                _draw_reading(turn, number)
                draw_answer(turn, number, _searched(state, turn.scope, turn.searched))
            draw_downloads(state, turn.outcome, turn.model, str(number))
    if len(chat.turns) > 1:
        draw_downloads(state, chat, "", "chat", _("Download the chat"))
    if (aside := st.session_state.get("aside")) is not None and "pending" not in st.session_state:
        _draw_aside(aside, len(chat.turns))
    if (answered := st.session_state.pop("just_answered", None)) is not None:
        _scroll_to_turn(answered, "answered")


def _draw_aside(turn: Turn, number: int) -> None:
    """Draw a greeting and its reply. They are kept nowhere, and go with the next question."""
    _draw_asked(turn.asked, False, number)
    with st.container(key=f"answer-{number}"):
        draw_answer(turn, number, "")
    _scroll_to_turn(number, "aside")


def draw_pending(state: AppState, chat: Chat) -> None:
    """Answer what was just asked; sentences appear as they are verified."""
    pending: Pending | None = st.session_state.get("pending")
    if pending is None:
        return
    number = len(chat.turns)
    _draw_asked(pending.asked, pending.case, number)
    _scroll_to_turn(number, "asked")
    with st.container(key=f"answer-{number}"):
        try:
            turn = _summarise(state, pending) if pending.case else _answer(state, pending, number, chat)
            # Gone before it is saved: a click that comes between the two must not ask it twice.
            st.session_state.pop("pending", None)
            if isinstance(turn.outcome, Answer) and turn.outcome.kind is AnswerKind.HELP:
                st.session_state["aside"] = turn
            else:
                st.session_state["just_answered"] = number
                add_turn(chat, turn)
        except HostNotAllowed as refusal:
            _draw_consent(state, refusal.host)
            return
        except (AppError, LibraryError, IngestError, OSError) as error:
            st.session_state.pop("pending", None)
            st.error(escape_markdown(translate(error_message(error))))
            return
    st.rerun()


def draw_stop(state: AppState) -> None:
    """Draw the button that ends a chat model's answer. Outside every fragment: a click within one waits for its end."""
    pending: Pending | None = st.session_state.get("pending")
    if state.settings.model and pending is not None and not pending.case and not pending.without_model:
        st.button(_("Stop"), icon=":material/stop_circle:", on_click=_cancel_pending, key="stop-answer")


def _draw_reading(turn: Turn, number: int) -> None:
    """Draw how a follow-up was understood, with the way back to the user's own words."""
    assert isinstance(turn.outcome, Answer)
    reading = Reading(turn.asked, turn.outcome.question, turn.scope)
    if one_line(turn.asked) == reading.question:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"read-as-{number}"):
        st.caption(escape_markdown(_read_as(reading)))
        st.button(
            _("Ask as typed"), key=f"as-typed-{number}", on_click=ask_for, args=(turn.asked, True), type="tertiary"
        )


def _read_as(reading: Reading) -> str:
    """Return the line that shows a reader how a follow-up was understood, with the countries that are searched."""
    if not reading.scope.countries:
        return _("Read as: {question}", question=reading.question)
    countries = listed(map(country, reading.scope.countries))
    return _("Read as: {question} [{countries}]", question=reading.question, countries=countries)


def _draw_consent(state: AppState, host: str) -> None:
    """Ask before the first text goes to another computer; the question waits."""
    st.warning(
        _(
            "The chat model is at **{host}**. To answer, your question and passages of your reports are sent there.",
            host=escape_markdown(host),
        )
    )
    with st.container(horizontal=True, key="consent"):
        st.button(
            _("Send to {host}", host=escape_markdown(host)),
            on_click=state.allowed_hosts.add,
            args=(host,),
            type="primary",
        )
        st.button(_("Answer with quotes only"), on_click=_without_model)
        st.button(_("Cancel"), on_click=_cancel_pending, type="tertiary")


class _StopWhenCancelled:
    """Says stop when the question is no longer wanted. Looking at the session is where Streamlit takes a click in."""

    def is_set(self) -> bool:
        """Return whether the question was forgotten."""
        return st.session_state.get("pending") is None


def _without_model() -> None:
    st.session_state["pending"] = replace(st.session_state["pending"], without_model=True)


def _cancel_pending() -> None:
    st.session_state.pop("pending", None)


def _read(pending: Pending, chat: Chat, model: BaseChatModel | None) -> Reading:
    earlier = [turn.outcome.question for turn in chat.turns if isinstance(turn.outcome, Answer)]
    if pending.as_typed:
        return Reading(pending.asked, one_line(pending.asked), pending.scope)
    if model is None:
        return read_question(pending.asked, earlier, pending.scope)
    from app.follow_ups.rephrase import rephrase_question

    return rephrase_question(model, pending.asked, earlier, pending.scope, _StopWhenCancelled())


def _answer(state: AppState, pending: Pending, number: int, chat: Chat) -> Turn:
    citations: list[Citation] = []
    shown = 0

    def show(step: Step) -> None:
        nonlocal shown
        if isinstance(step, Citation):
            citations.append(step)
            return
        if not shown:
            st.markdown(lead_in(model is None))
        draw_sentence(step, citations, f"{number}-{shown}", None)
        shown += 1

    with st.spinner(_("Searching the reports …")):
        if (replied := _reply(state, pending, chat)) is not None:
            return Turn(pending.asked, pending.scope, replied, searched_count(state, pending.scope))
        model = None if pending.without_model else state.model()
        reading = _read(pending, chat, model)
        if reading.rewritten:
            st.caption(escape_markdown(_read_as(reading)))
        # A chat model is waited for; only what is computed here has to come in turn.
        with state.computing if model is None else nullcontext():
            answer = ask(state.library, reading.question, reading.scope, model, show, _StopWhenCancelled())
            if model is None and reading.rewritten and (before := _last_answer(chat)) is not None:
                answer = unless_known(state.library, Question(reading.question), answer, before)
    if reading.scope != pending.scope:
        search_countries(reading.scope)
    written_by = model_name(state.settings.model) if model is not None else ""
    return Turn(pending.asked, reading.scope, answer, searched_count(state, reading.scope), written_by)


def _reply(state: AppState, pending: Pending, chat: Chat) -> Answer | None:
    """Return the reply to a turn that is no question to the reports; None where it is one."""
    if pending.as_typed:
        return None
    last = _last_answer(chat)
    previous = (lambda: last) if last is not None else None
    with state.computing:
        return reply(state.library, Question(pending.asked), pending.scope, previous)


def _last_answer(chat: Chat) -> Answer | None:
    """Return the last turn's answer; None where it is something else, or has no sentence."""
    last = chat.turns[-1].outcome if chat.turns else None
    return last if isinstance(last, Answer) and last.sentences else None


def _summarise(state: AppState, pending: Pending) -> Turn:
    with st.spinner(_("Reading the case …")), state.computing:
        summary = summarise(state.library, pending.asked, pending.scope.documents)
    return Turn(pending.asked, pending.scope, summary, searched_count(state, pending.scope))


def _scroll_to_turn(number: int, occasion: str) -> None:
    scroll_to(f".st-key-asked-{number}", "start", f"{occasion} {number}")


def _draw_asked(asked: str, case: bool, number: int) -> None:
    with (
        st.container(horizontal=True, horizontal_alignment="right", key=f"asked-{number}"),
        st.container(width="content"),
    ):
        st.text(_("Country case: {country}", country=country(asked)) if case else one_line(asked))


def _searched(state: AppState, scope: Scope, count: int) -> str:
    documents = reports(count)
    return _("{reports} ({scope})", reports=documents, scope=scope_line(state, scope)) if scope else documents
