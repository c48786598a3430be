"""What all browser windows of one server share: the settings, the library, the model and the queue of uploads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from app.answers import Citation
from app.chat.adding import AddQueue
from app.settings import Settings, read_settings
from vectorstore.embeddings import open_embedder
from vectorstore.errors import LibraryError
from vectorstore.library import Library
from vectorstore.reranker import open_reranker

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(slots=True)
class Shared:
    """One library for reading; uploads open another, so that a half-made transaction is never read.

    Pages and lists are read without a lock: SQLite takes one call after another on its connection. Whatever asks the
    embedder or the vector index goes through ``asking``, because both are opened at first use.
    """

    settings: Settings
    library: Library
    uploads: AddQueue
    _lock: threading.RLock = field(default_factory=threading.RLock)
    allowed_hosts: set[str] = field(default_factory=set)
    """Hosts to which a user of this server agreed, in the chat, to send text; forgotten when it ends."""
    leaves_no_traces: bool = False
    """Whether chats stay in the window alone."""
    _model: BaseChatModel | None = None
    _key: str = ""
    """Of the chat model; in memory alone."""

    @contextmanager
    def asking(self) -> Iterator[Library]:
        """Hold the library for a question or a summary."""
        with self._lock:
            yield self.library

    def model(self) -> BaseChatModel | None:
        """Return the chat model of the settings, opened once; None when there is none.

        Raises:
            HostNotAllowed: text would go to another computer, and nobody agreed yet.
            ModelError: it cannot be used.

        """
        if self.settings.model and self._model is None:
            from app.chat_model import open_model

            allowed = self.settings.allowed_hosts | self.allowed_hosts
            self._model = open_model(
                self.settings.model,
                allowed,
                window=self.settings.model_window,
                timeout=self.settings.model_timeout,
                key=self._key,
            )
        return self._model

    def choose_model(self, spec: str, key: str = "") -> None:
        """Answer with another chat model from now on, or with none; ``key`` stays in memory."""
        self.settings = replace(self.settings, model=spec)
        self._model, self._key = None, key


@st.cache_resource(show_spinner=False)
def shared() -> Shared:
    """Open what is shared, once a server.

    Raises:
        UsageError: a setting is wrong.
        LibraryError: the library cannot be opened.

    """
    settings = read_settings()
    embedder = open_embedder(settings.embedder)
    library = Library(settings.home, embedder, settings.chroma_url, open_reranker(settings.reranker))
    opened: list[Shared] = []

    def open_writer() -> Library:
        with opened[0].asking() as reading:
            # Chroma keeps one index a folder in memory: the writer must find one that knows all earlier writes.
            _ = reading.index
        return Library(settings.home, embedder, settings.chroma_url)

    opened.append(Shared(settings, library, AddQueue(settings.home, open_writer)))
    threading.Thread(target=_warm_up, args=(opened[0],), name="load the embedder", daemon=True).start()
    return opened[0]


def language_of(citation: Citation) -> str:
    """Return the language of the report that a citation quotes, ISO 639-1; empty when the report was removed."""
    document = shared().library.catalogue.document(citation.document_id)
    return document.language if document is not None else ""


def _warm_up(opened: Shared) -> None:
    """Load the embedder while the first page is read: it takes some seconds."""
    with opened.asking() as library:
        try:
            library.embedder.embed_question("women human rights defenders")
        except LibraryError:
            return  # the first question says it again, where it can be read
