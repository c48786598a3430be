"""Another process at a library: ``python other_process.py VERB HOME [FILE]``; see the verbs below.

``killed-…`` verbs end the process where a power cut would, in the middle of the work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from word_embedder import WordEmbedder

from ingest.documents import Document, Passage
from vectorstore import adding
from vectorstore.catalogue import Catalogue
from vectorstore.index import VectorIndex
from vectorstore.library import Library


def die() -> None:
    psutil.Process().kill()


class DyingEmbedder(WordEmbedder):
    """Ends the process while it embeds."""

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        die()
        return super().embed(texts, on_progress)


class HalfwayEmbedder(WordEmbedder):
    """Ends the process at its second batch."""

    batches = 0

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        self.batches += 1
        if self.batches == 2:
            die()
        return super().embed(texts, on_progress)


class DyingCatalogue(Catalogue):
    """Ends the process when a document is written and its transaction has not ended."""

    def insert_document(self, document: Document, passages: Sequence[Passage], message: str) -> None:
        super().insert_document(document, passages, message)
        die()


class DyingIndex(VectorIndex):
    """Ends the process right after, or instead of, a step."""

    def __init__(self, folder: Path, step: str) -> None:
        super().__init__(folder)
        self.step = step

    def add(self, vectors: Mapping[int, NDArray[np.float32]]) -> None:
        if self.step == "before add":
            die()
        super().add(vectors)
        if self.step == "after add":
            die()

    def delete(self, ids: Sequence[int]) -> None:
        if self.step == "before delete":
            die()
        super().delete(ids)


class DyingLibrary(Library):
    """A library whose process ends at a step of its work."""

    def __init__(self, home: Path, step: str, embedder: WordEmbedder | None = None) -> None:
        super().__init__(home, embedder or WordEmbedder())
        self.step = step
        self.dying_index = DyingIndex(home / "chroma", step)

    @property
    def index(self) -> VectorIndex:
        return self.dying_index

    def _keep_file(self, path: Path, document: Document) -> None:
        super()._keep_file(path, document)
        if self.step == "after copy":
            die()


def main(verb: str, home: Path, file: Path) -> None:  # noqa: PLR0912  # one verb a branch
    match verb:
        case "add":
            print(Library(home, WordEmbedder()).add(file).status)
        case "remove":
            library = Library(home, WordEmbedder())
            library.remove(library.find_documents(file.name)[0].id)
        case "hold":
            with Library(home, WordEmbedder()).writing():
                print("held", flush=True)
                sys.stdin.read()
        case "killed-embedding":
            Library(home, DyingEmbedder()).add(file)
        case "killed-half-embedded":
            adding._SENTENCES_AT_ONCE = 1
            Library(home, HalfwayEmbedder()).add(file)
        case "killed-storing":
            library = Library(home, WordEmbedder())
            library.catalogue = DyingCatalogue(home / "catalogue.sqlite")
            library.add(file)
        case "killed-after-copy":
            DyingLibrary(home, "after copy").add(file)
        case "killed-before-vectors":
            DyingLibrary(home, "before add").add(file)
        case "killed-after-vectors":
            DyingLibrary(home, "after add").add(file)
        case "killed-removing":
            dying = DyingLibrary(home, "before delete")
            dying.remove(dying.find_documents(file.name)[0].id)
        case "killed-rebuilding":
            DyingLibrary(home, "before add").rebuild()
        case "killed-changing-embedder":
            DyingLibrary(home, "after add", WordEmbedder("other", 32)).rebuild()
        case _:
            raise SystemExit(f"no verb {verb}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
