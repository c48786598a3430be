"""Another process at a library: ``python other_process.py VERB HOME [FILE]``; see the verbs below.

``killed-…`` verbs end the process where a power cut would, in the middle of the work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from word_embedder import WordEmbedder

from ingest.documents import Document, Passage
from ingest.finding import Found
from ingest.messages import Message
from vectorstore.adding import add_files
from vectorstore.catalogue import Catalogue
from vectorstore.index import VectorIndex
from vectorstore.library import Library
from vectorstore.originals import About, Copy
from vectorstore.records import IndexEntry
from vectorstore.stores import Stores


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

    def insert_document(
        self, document: Document, passages: Sequence[Passage], outcome: Message, added_at: str | None = None
    ) -> None:
        super().insert_document(document, passages, outcome, added_at)
        die()


class DyingIndex(VectorIndex):
    """Ends the process right after, or instead of, a step."""

    def __init__(self, folder: Path, step: str) -> None:
        super().__init__(folder)
        self.step = step

    def add(self, entries: Sequence[IndexEntry]) -> None:
        if self.step == "before add":
            die()
        super().add(entries)
        if self.step == "after add":
            die()

    def erase(self, ids: Sequence[int]) -> None:
        if self.step == "before delete":
            die()
        super().erase(ids)


class DyingStores(Stores):
    """Stores whose process ends at a step of its work."""

    def __init__(self, home: Path, step: str) -> None:
        super().__init__(home)
        self.step = step
        self.dying_index = DyingIndex(home / "chroma", step)

    @property
    def index(self) -> VectorIndex:
        return self.dying_index

    def store_document(
        self, copy: Copy, document: Document, passages: Sequence[Passage], outcome: Message, about: About | None = None
    ) -> None:
        if self.step == "after copy":
            die()
        super().store_document(copy, document, passages, outcome, about)

    def keep_file(self, copy: Copy, document: Document) -> None:
        if self.step == "before keeping":
            die()
        super().keep_file(copy, document)


def silent(*_progress: object) -> None:
    """Report to nobody."""


def dying(home: Path, step: str, embedder: WordEmbedder | None = None) -> Library:
    return Library(home, embedder or WordEmbedder(), stores=DyingStores(home, step))


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
            library = Library(home, HalfwayEmbedder())
            with library.writing():
                list(add_files(library.stores, library.embedder, [Found(file)], None, silent, silent, at_once=1))
        case "killed-storing":
            library = Library(home, WordEmbedder())
            library.stores.catalogue = DyingCatalogue(home / "catalogue.sqlite")
            library.add(file)
        case "killed-after-copy":
            dying(home, "after copy").add(file)
        case "killed-before-keeping":
            dying(home, "before keeping").add(file)
        case "killed-before-vectors":
            dying(home, "before add").add(file)
        case "killed-after-vectors":
            dying(home, "after add").add(file)
        case "killed-removing":
            library = dying(home, "before delete")
            library.remove(library.find_documents(file.name)[0].id)
        case "killed-rebuilding":
            dying(home, "before add").rebuild()
        case "killed-changing-embedder":
            dying(home, "after add", WordEmbedder("other", 32)).rebuild()
        case _:
            raise SystemExit(f"no verb {verb}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
