"""What all browser windows of one server share: the settings, the library, the model and the queue of uploads."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from app.answers import Citation
from app.chat.state.guides import GuideMaker
from app.chat.state.in_turn import InTurn
from app.chat.state.upload_queue import UploadQueue
from app.chat_models.address import parse_model
from app.chat_models.keys import NoKeyring, kept_key
from app.settings import Settings, read_settings
from encoder.onnx_model import cores
from reader.opening import open_reader
from reader.reader import Reader
from vectorstore.embeddings import Embedder, open_embedder
from vectorstore.errors import LibraryError
from vectorstore.library import Library

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(slots=True)
class AppState:
    """One library for reading; writers open another, so that an unfinished transaction is never read.

    All windows read and ask at once: SQLite takes one call after another on its connection, and what is opened at
    first use (the embedder, the vector index) is locked where it is opened. So no window waits for another's chat
    model; what this computer has to work out itself is done in turn.
    """

    settings: Settings
    library: Library
    open_writer: Callable[[], Library]
    """Gives a library for writing; it is to be closed afterwards."""
    uploads: UploadQueue
    computing: InTurn
    """For what keeps this computer's cores busy: at most as many questions at once as there are cores."""
    guides: GuideMaker
    _choosing: threading.Lock = field(default_factory=threading.Lock)
    allowed_hosts: set[str] = field(default_factory=set)
    """Hosts to which a user agreed, in the chat, to send text; forgotten when the server ends."""
    private_by_default: bool = False
    """Whether new windows start in private mode; see ``app.chat.state.private_mode``."""
    _model: BaseChatModel | None = None
    _key: str = ""
    """Key of the chat model; in memory only."""

    def model(self) -> BaseChatModel | None:
        """Return the chat model of the settings, opened once; None when there is none.

        Raises:
            HostNotAllowed: text would be sent to another computer, and the user has not agreed yet.
            ModelError: it cannot be used.

        """
        with self._choosing:
            if self.settings.model and self._model is None:
                from app.chat_models.opening import open_model

                allowed = self.settings.allowed_hosts | self.allowed_hosts
                self._model = open_model(
                    self.settings.model,
                    allowed,
                    window=self.settings.model_window,
                    timeout=self.settings.model_timeout,
                    key=self._key or self._kept_key(),
                )
            return self._model

    def _kept_key(self) -> str:
        """Return the key of a model elsewhere out of the system's keyring, where the environment has none.

        For a model of this computer the keyring is not opened: its user may be asked for a password.
        """
        address = parse_model(self.settings.model)
        if not address.host or not address.key_name or os.environ.get(address.key_name):
            return ""
        try:
            return kept_key(self.settings.model)
        except NoKeyring:
            return ""  # the model's own error names the key that is missing

    def choose_model(self, spec: str, key: str = "") -> None:
        """Answer with another chat model from now on, or with none; ``key`` stays in memory."""
        with self._choosing:
            self.settings = replace(self.settings, model=spec)
            self._model, self._key = None, key


@st.cache_resource(show_spinner=False)
def app_state() -> AppState:
    """Open what is shared, once a server.

    Raises:
        UsageError: a setting is wrong.
        LibraryError: the library cannot be opened.

    """
    settings = read_settings()
    embedder = open_embedder(settings.embedder)
    reader = open_reader(settings.reader)
    library = Library(settings.home, embedder, settings.chroma_url, reader)

    def open_writer() -> Library:
        # Chroma keeps one index a folder in memory: the writer must find one that knows all earlier writes.
        _ = library.index
        return Library(settings.home, embedder, settings.chroma_url)

    threading.Thread(target=_warm_up, args=(embedder, reader), name="load the models", daemon=True).start()
    computing = InTurn(cores())
    guides = GuideMaker(library, computing)
    uploads = UploadQueue(settings.home, open_writer, guides.want)
    return AppState(settings, library, open_writer, uploads, computing, guides, private_by_default=settings.no_traces)


def language_of(citation: Citation) -> str:
    """Return the language of the report that a citation quotes, ISO 639-1; empty when the report was removed."""
    document = app_state().library.catalogue.document(citation.document_id)
    return document.language if document is not None else ""


def _warm_up(embedder: Embedder, reader: Reader | None) -> None:
    """Load the models while the first page is read: it takes some seconds."""
    try:
        embedder.embed_question("women human rights defenders")
        if reader is not None:
            reader.answers("Who was detained?", ["Fifty marchers were detained."])
    except LibraryError:
        return  # the first question raises it again, where it is shown
