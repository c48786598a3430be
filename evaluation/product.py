"""The product, as it is measured: what `whrd search` finds and what `whrd ask` quotes."""

from __future__ import annotations

from pathlib import Path

from app.answers import Answer
from app.assistant import ask
from app.commands.inputs import prepare_models
from app.progress import progress_bar
from app.settings import read_settings
from evaluation.coordinates import Coordinates
from evaluation.data_sets import Evidence
from evaluation.pipeline import Ingested, Result
from evaluation.spans import CharacterSpan, Place
from ingest.documents import Status
from reader.opening import open_reader
from vectorstore.embeddings import open_embedder
from vectorstore.library import Library
from vectorstore.retriever import retrieve
from vectorstore.scoring import WEIGHTS, RetrievalWeights


def open_product(home: Path, embedder: str = "", reader: str = "") -> Product:
    """Return the product with its library in ``home``; its language model is made first where that is missing."""
    library = Library(home, open_embedder(embedder), reader=open_reader(reader or read_settings().reader))
    prepare_models(library.embedder, library.reader)
    return Product(library)


class Product:
    """See ``evaluation.pipeline.Pipeline``."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._coordinates = Coordinates(self._page_text)
        self._known = {document.id: document for document in library.catalogue.documents()}

    def ingest(self, documents: Path) -> Ingested:
        """Add every file of the folder. Files that the library holds already are not counted."""
        files = sorted(documents.iterdir())
        with progress_bar(len(files)) as progress:
            added = list(self.library.add_all(files, on_progress=progress.report, on_start=progress.start))
        self._known = {document.id: document for document in self.library.catalogue.documents()}
        return Ingested(
            sum(item.new for item in added),
            sum(item.pages for item in added if item.new),
            tuple(f"{i.document}: {i.status}: {i.message}" for i in added if i.status is not Status.READY),
        )

    def search(self, question: str, count: int, weights: RetrievalWeights = WEIGHTS) -> list[Result]:
        """Return the passages that `whrd search` shows: the best, one a page."""
        return [
            Result(
                tuple(
                    CharacterSpan(*self._place(item.passage.document, span.page), span.start, span.end)
                    for span in item.passage.spans
                ),
                item.passage.text,
            )
            for item in retrieve(self.library, question, weights=weights).best(count)
        ]

    def quotes(self, question: str) -> list[CharacterSpan]:
        """Return the characters that the answer cites; none where it cites nothing."""
        return self.cited(ask(self.library, question))

    def cited(self, answer: Answer) -> list[CharacterSpan]:
        """Return the characters that an answer cites in shared coordinates, those of its best quote first."""
        best_first = sorted(answer.citations, key=lambda citation: citation.number != answer.best)
        return [
            self._coordinates.measure(CharacterSpan(*self._place(c.document_id, c.page), c.start, c.end))
            for c in best_first
        ]

    def measure(self, result: Result) -> list[CharacterSpan]:
        """See ``Pipeline``."""
        return [self._coordinates.measure(span) for span in result.spans]

    def locate(self, evidence: Evidence) -> CharacterSpan | None:
        """See ``Pipeline``."""
        return self._coordinates.locate(evidence)

    def close(self) -> None:
        """Close the library."""
        self.library.close()

    def _place(self, document_id: str, page: int) -> Place:
        document = self._known[document_id]
        return (document.name, page if document.paged else None)

    def _page_text(self, name: str, page: int) -> str:
        (document,) = (document for document in self._known.values() if document.name == name)
        return self.library.page(document.id, page).text
