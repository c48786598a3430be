"""The page Settings: who writes answers and where text goes, what is kept, and what the library is made with."""

from __future__ import annotations

import time

import streamlit as st

from app.chat.shared import Shared, shared
from app.errors import AppError, HostNotAllowed
from app.model_address import model_host
from app.plain import counted, escape_markdown

_QUOTES, _MODEL = "Verbatim quotes, chosen by this computer", "A chat model that I name"
_TRIAL_QUESTION = "When did the march begin?"
_TRIAL_PASSAGE = "The march began at noon. About forty women took part in it."
"""Sent to try a model: nothing of the user's."""


def draw_settings() -> None:
    """Draw all of it."""
    opened = shared()
    st.header("Settings", anchor=False)
    st.subheader("Who writes the answers", anchor=False)
    _draw_answerer(opened)
    st.subheader("What is kept", anchor=False)
    keep = st.toggle("Leave no traces: keep no chats on this computer", value=opened.leaves_no_traces, key="traces")
    opened.leaves_no_traces = keep
    st.caption("Chats that are kept already are deleted on the page Chats.")
    st.subheader("This library", anchor=False)
    documents = opened.library.catalogue.documents()
    st.markdown(
        f"- Folder: `{opened.settings.home}`\n"
        f"- Embedding model: {escape_markdown(opened.library.embedder.name)}. A library keeps the one that it was made"
        " with; `WHRD_EMBEDDER` and `whrd rebuild` change it.\n"
        f"- {counted(len(documents), 'file')}, {counted(opened.library.catalogue.passage_count(), 'passage')}"
    )
    st.subheader("Appearance", anchor=False)
    st.markdown("Light or dark follows your system; the menu ⋮ at the top right changes it.")


def _draw_answerer(opened: Shared) -> None:
    current = opened.settings.model
    choice = st.radio(
        "Answers are", (_QUOTES, _MODEL), index=int(bool(current)), key="answerer", label_visibility="collapsed"
    )
    if choice == _QUOTES:
        if current:
            opened.choose_model("")
            st.rerun()
        st.caption("Every sentence stands in a report letter by letter. Nothing leaves this computer.")
        return
    with st.form("model"):
        spec = st.text_input(
            "Model",
            current,
            placeholder="ollama:llama3.2 or http://127.0.0.1:8080/v1",
            help="ollama:NAME, openai:NAME, anthropic:NAME, or the address of an OpenAI-compatible server",
        )
        key = st.text_input(
            "Key, if it needs one", type="password", help="Kept in memory until Insights ends; never in a file or log."
        )
        tried = st.form_submit_button("Use and try it", type="primary")
    if tried:
        st.session_state.pop("model-trial", None)
        if not spec.strip():
            st.error("Give the model's name or address.")
            return
        try:
            model_host(spec.strip())
            opened.choose_model(spec.strip(), key.strip())
        except AppError as error:
            st.error(escape_markdown(str(error)))
            return
        st.session_state["model-trial"] = True
    if opened.settings.model:
        _draw_trial(opened)


def _draw_trial(opened: Shared) -> None:
    try:
        host = model_host(opened.settings.model)
    except AppError as error:
        st.error(escape_markdown(str(error)))
        return
    if host:
        st.warning(escape_markdown(f"Your questions and passages of your reports will go to {host}."))
    else:
        st.caption("This model runs on this computer: nothing leaves it.")
    if not st.session_state.pop("model-trial", False):
        return
    from app.drafting import draft_answer

    begun = time.perf_counter()
    try:
        with st.spinner("Trying it with a sentence of our own …"):
            model = opened.model()
            assert model is not None
            drafts = list(draft_answer(model, _TRIAL_QUESTION, [_TRIAL_PASSAGE]))
    except HostNotAllowed:
        st.session_state["model-trial"] = True
        if st.button(f"I agree that text goes to {host}", key="agree-host"):
            opened.allowed_hosts.add(host)
            st.rerun()
        return
    except AppError as error:
        st.error(escape_markdown(str(error)))
        return
    seconds = time.perf_counter() - begun
    written = " ".join(draft.text for draft in drafts) or "It found no answer in it."
    st.success(escape_markdown(f"It answers, in {seconds:.1f} seconds: {written}"))
    st.caption("It is used until Insights ends. To keep it, set WHRD_MODEL in the environment or in a file `.env`.")
