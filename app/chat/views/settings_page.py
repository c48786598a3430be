"""The page Settings: who writes answers and where text is sent, privacy, and the library's models."""

from __future__ import annotations

import time

import streamlit as st

from app.chat.i18n import _, choose_language, language, translate
from app.chat.phrases import files, listed, passages
from app.chat.state.app_state import AppState, app_state
from app.chat_models.address import model_host
from app.chat_models.keys import NoKeyring, forget_key, keep_key
from app.chat_models.offered import offered_models
from app.errors import AppError, HostNotAllowed
from app.messages import error_message
from app.plain import escape_markdown
from app.translations import ENGLISH, LANGUAGES, N_

_QUOTES, _MODEL = N_("Verbatim quotes, selected on this computer"), N_("Use a chat model")
_TRIAL_QUESTION = "When did the march begin?"
_TRIAL_PASSAGE = "The march began at noon. About forty women took part in it."
"""Sent to try a model: nothing of the user's."""


def draw_settings() -> None:
    """Draw all of it."""
    state = app_state()
    st.header(_("Settings"), anchor=False)
    st.subheader(_("Who writes the answers"), anchor=False)
    _draw_answerer(state)
    st.subheader(_("Privacy"), anchor=False)
    label = _("New windows leave no traces: their chats are not saved on this computer")
    state.private_by_default = st.toggle(label, value=state.private_by_default, key="traces")
    st.caption(
        _(
            "For this window, use the page Chats, where saved chats can be deleted too. This choice lasts until"
            " Insights is closed; WHRD_NO_TRACES=1 makes it permanent."
        )
    )
    _draw_language()
    st.subheader(_("This library"), anchor=False)
    documents = state.library.catalogue.documents()
    lines = [
        _("Folder: `{folder}`", folder=state.settings.home),
        _(
            "Embedding model: {name}. A library stays with the model that it was made with; `WHRD_EMBEDDER` and"
            " `whrd rebuild` change it.",
            name=escape_markdown(state.library.embedder.name),
        ),
        listed([files(len(documents)), passages(state.library.catalogue.passage_count())]),
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.subheader(_("Appearance"), anchor=False)
    st.markdown(_("Light or dark follows your system; the menu ⋮ at the top right changes it."))


def _draw_language() -> None:
    """Draw the choice of the screen's language. Each is named in itself: who needs it can read it."""
    st.subheader(_("Language"), anchor=False)
    st.selectbox(
        _("Language"),
        list(LANGUAGES),
        index=list(LANGUAGES).index(language()),
        format_func=LANGUAGES.__getitem__,
        key="language-choice",
        label_visibility="collapsed",
        on_change=_choose_language,
    )
    if language() != ENGLISH:
        st.caption(_("Translated by the makers, not yet reviewed by a native speaker."))
    st.caption(_("Answers stay in the language of the report: they are its own words."))


def _choose_language() -> None:
    choose_language(st.session_state["language-choice"])


def _draw_answerer(state: AppState) -> None:
    current = state.settings.model
    choice = st.radio(
        _("Answers are"),
        (_QUOTES, _MODEL),
        index=int(bool(current)),
        key="answerer",
        format_func=_,
        label_visibility="collapsed",
    )
    if choice == _QUOTES:
        if current:
            state.choose_model("")
            st.rerun()
        st.caption(_("Every sentence is copied word for word from a report. Nothing leaves this computer."))
        return
    chosen = _draw_offered(current)
    with st.form("model"):
        spec = st.text_input(
            _("Model"),
            chosen,
            placeholder=_("{example} or {other}", example="ollama:llama3.2", other="http://127.0.0.1:8080/v1"),
            help=_("ollama:NAME, openai:NAME, anthropic:NAME, or the address of an OpenAI-compatible server"),
        )
        key = st.text_input(
            _("API key, if it needs one"),
            type="password",
            help=_("Kept in memory until Insights is closed; never in a file or log."),
        )
        keep = st.checkbox(_("Save the key in this computer’s keyring (for a model on another computer)"))
        tried = st.form_submit_button(_("Save and test"), type="primary")
    if tried:
        st.session_state.pop("model-trial", None)
        if not spec.strip():
            st.error(_("Enter the model’s name or address."))
            return
        try:
            model_host(spec.strip())
            state.choose_model(spec.strip(), key.strip())
            _keep(spec.strip(), key.strip(), keep)
        except AppError as error:
            st.error(escape_markdown(translate(error_message(error))))
            return
        st.session_state["model-trial"] = True
    if state.settings.model:
        _draw_trial(state)


def _draw_offered(current: str) -> str:
    """Draw the models that run on this computer, once they are looked for; return the chosen one, else ``current``."""
    if st.button(_("Find models on this computer"), icon=":material/search:", key="find-models"):
        with st.spinner(_("Asking Ollama and other servers on this computer …")):
            st.session_state["offered-models"] = offered_models(current)
    found: list[str] | None = st.session_state.get("offered-models")
    if found is None:
        return current
    if not found:
        st.caption(_("No model runs on this computer. Start Ollama, LM Studio or llama.cpp, and look again."))
        return current
    index = found.index(current) if current in found else None
    chosen: str | None = st.selectbox(_("Models on this computer"), found, index=index, key="offered-model")
    return chosen or current


def _keep(spec: str, key: str, wanted: bool) -> None:
    """Save the key in the system's keyring if wanted; without a keyring it stays in memory, with a warning."""
    if wanted and key and model_host(spec):
        try:
            keep_key(spec, key)
        except NoKeyring as error:
            st.warning(escape_markdown(translate(error_message(error))))


def _forget(state: AppState) -> None:
    state.choose_model(state.settings.model)
    try:
        forget_key(state.settings.model)
    except NoKeyring:
        return  # then no key was saved in one


def _draw_trial(state: AppState) -> None:
    try:
        host = model_host(state.settings.model)
    except AppError as error:
        st.error(escape_markdown(translate(error_message(error))))
        return
    if host:
        st.warning(escape_markdown(_("Your questions and passages of your reports will be sent to {host}.", host=host)))
        st.button(_("Forget its key"), on_click=_forget, args=(state,), type="tertiary", key="forget-key")
    else:
        st.caption(_("This model runs on this computer: nothing leaves it."))
    if not st.session_state.pop("model-trial", False):
        return
    from app.chat_models.drafting import draft_answer

    begun = time.perf_counter()
    try:
        with st.spinner(_("Testing the model with a sample sentence …")):
            model = state.model()
            assert model is not None
            drafts = list(draft_answer(model, _TRIAL_QUESTION, [_TRIAL_PASSAGE]))
    except HostNotAllowed:
        st.session_state["model-trial"] = True
        if st.button(escape_markdown(_("I agree that text is sent to {host}", host=host)), key="agree-host"):
            state.allowed_hosts.add(host)
            st.rerun()
        return
    except AppError as error:
        st.error(escape_markdown(translate(error_message(error))))
        return
    seconds = time.perf_counter() - begun
    written = " ".join(draft.text for draft in drafts) or _("It found no answer in the sample.")
    line = _("It answered in {seconds} seconds: {text}", seconds=f"{seconds:.1f}", text=written)
    st.success(escape_markdown(line))
    st.caption(
        _("It is used until Insights is closed. To keep it, set WHRD_MODEL in the environment or in a `.env` file.")
    )
