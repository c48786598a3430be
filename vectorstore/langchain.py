"""Insights for programs built with LangChain: its embeddings, and a library as a retriever.

The one module of this folder that imports LangChain; no other module imports it. See docs/langchain.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, PrivateAttr

from ingest.language.countries import parse_country
from vectorstore.embeddings import Embedder, open_embedder
from vectorstore.entries import passage_metadata
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope
from vectorstore.retrieval import ScoredPassage
from vectorstore.retriever import retrieve


class InsightsEmbeddings(Embeddings):
    """The embedder of a library, for a LangChain vector store: vectors of length 1."""

    def __init__(self, embedder: Embedder | str = "") -> None:
        """``embedder`` is one, or its name as in ``vectorstore.embeddings.open_embedder``."""
        self._embedder = open_embedder(embedder) if isinstance(embedder, str) else embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        rows: list[list[float]] = self._embedder.embed(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        row: list[float] = self._embedder.embed_question(text).tolist()
        return row


class InsightsRetriever(BaseRetriever):
    """The passages of a library that answer a question, best first, by words and by meaning.

    The content of a ``Document`` is the passage's text, verbatim; its id is that of the passage. Its metadata:

    - ``source`` (file name), ``document_id``, ``title``, ``language`` (ISO 639-1, "" where unknown);
    - ``page`` and ``pages``: of the PDF, 1-based; ``label``: the first page's printed number, "" where there is none;
    - ``start`` and ``end``: characters in the text of the first page; ``section``; ``countries`` (alpha-2 codes);
    - ``score``: higher is better; comparable within one question only.

    Raises:
        UnknownDocument: ``documents`` names none of the library's.
        ValueError: ``countries`` names no country.
        IncompatibleLibrary: the library was made with another embedder.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library | Path
    """The library, or its folder (WHRD_HOME), which is then opened with the default embedder."""
    k: int = Field(default=5, ge=1)
    """How many passages at most."""
    documents: list[str] = Field(default_factory=list)
    """Documents to search, by file name, title or the beginning of their id; empty means all."""
    countries: list[str] = Field(default_factory=list)
    """Countries whose passages to search, by name or code; empty means all."""
    _opened: Library | None = PrivateAttr(default=None)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **_: Any
    ) -> list[Document]:
        library = self._open()
        found = [document.id for name in self.documents for document in library.find_documents(name)]
        scope = Scope(tuple(found), tuple(parse_country(name) for name in self.countries))
        best = retrieve(library, query, scope).passages[: self.k]
        documents = library.catalogue.documents_by_id({scored.passage.document for scored in best})
        return _documents(library, best, documents)

    def _open(self) -> Library:
        if isinstance(self.library, Library):
            return self.library
        if self._opened is None:
            self._opened = Library(self.library)
        return self._opened


def _documents(library: Library, best: tuple[ScoredPassage, ...], records: dict[str, DocumentRecord]) -> list[Document]:
    """Return passages as LangChain's documents."""
    countries = library.catalogue.countries_of([scored.passage.id for scored in best])
    labels = {number: library.catalogue.page_labels(number) for number in records}
    found = []
    for scored in best:
        passage = scored.passage
        label = labels[passage.document].get(passage.page, "")
        metadata: dict[str, Any] = {
            **passage_metadata(records[passage.document], passage, label, countries.get(passage.id, [])),
            "passage": passage.id,
            "start": passage.spans[0].start,
            "end": passage.spans[0].end,
            "score": scored.score,
        }
        found.append(Document(page_content=passage.text, metadata=metadata, id=str(passage.id)))
    return found
