"""A library grown to any size from real sentences, to measure how the product scales.

Sentences of real reports are put together again, into passages of about a thousand characters and documents of 300
passages, each with a country. A mark behind every sentence makes it one of its own; its vector is the real sentence's
with a little noise, so that neither index is fed exact duplicates. Everything is seeded: a size always gives the same
library.
"""

from __future__ import annotations

import hashlib
import random
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import Block, BlockKind, CaseSource, Document, FileType, Page, Passage, Sentence, Span
from ingest.language.countries import country_names
from ingest.language.folding import visible
from ingest.load import load
from ingest.passages import split_passages
from vectorstore.adding import READY, embed_waiting
from vectorstore.embeddings import Embedder
from vectorstore.library import Library

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PASSAGES_A_DOCUMENT = 300
_COUNTRIES = 40
_PASSAGES_A_PAGE = 3
_PASSAGE_CHARACTERS = 1000
_NOISE = 0.2
"""Length of the noise that is added to a unit vector: the cosine of both is about 0.98."""
_MARK = re.compile(r" \(\d+-\d+\)$")


@dataclass(frozen=True, slots=True)
class Grown:
    """A document to be added: what reading a file would have given."""

    document: Document
    passages: tuple[Passage, ...]


def real_sentences(files: Sequence[Path]) -> list[str]:
    """Return the different sentences of real reports, in order."""
    texts = (
        " ".join(sentence.text.split())
        for path in files
        for passage in split_passages(load(path))
        for sentence in passage.sentences
    )
    return list(dict.fromkeys(texts))


def grow_document(number: int, sentences: Sequence[str], passages: int = PASSAGES_A_DOCUMENT) -> Grown:
    """Return document ``number``, always the same, of so many passages."""
    chance = random.Random(number)
    countries = sorted(set(country_names().values()))[:: len(set(country_names().values())) // _COUNTRIES][:_COUNTRIES]
    country = countries[number % len(countries)]
    made, pages = list[Passage](), list[Page]()
    count = 0
    for first in range(0, passages, _PASSAGES_A_PAGE):
        lines, start, page = list[str](), 0, len(pages) + 1
        for _ in range(min(_PASSAGES_A_PAGE, passages - first)):
            own, offset = list[Sentence](), start
            while offset - start < _PASSAGE_CHARACTERS:
                count += 1
                text = f"{chance.choice(sentences)} ({number}-{count})"
                own.append(Sentence((Span(page, offset, offset + len(text)),), text, BlockKind.BODY))
                offset += len(text) + 1
            text = " ".join(sentence.text for sentence in own)
            span = Span(page, start, start + len(text))
            made.append(Passage(tuple(own), (span,), text, countries={country: CaseSource.SECTION}))
            lines.append(text)
            start = offset
        body = "\n".join(lines)
        pages.append(Page(page, body, (Block(BlockKind.BODY, 0, len(body)),), str(page)))
    identity = hashlib.sha256(_file_of(pages)).hexdigest()
    name = f"grown-{number:04}.txt"
    return Grown(Document(identity, name, FileType.TEXT, tuple(pages), f"Grown report {number}"), tuple(made))


def _file_of(pages: Sequence[Page]) -> bytes:
    return "\n\n".join(page.text for page in pages).encode()


class NoisyEmbedder:
    """Gives a marked sentence the real one's vector with a little noise; questions go to the real embedder."""

    def __init__(self, embedder: Embedder, sentences: Sequence[str]) -> None:
        """Embed ``sentences``, once."""
        self.name = embedder.name
        self._embedder = embedder
        self._rows = {visible(text): row for row, text in enumerate(sentences)}  # as sentences are embedded
        self._vectors = embedder.embed(sentences)

    def load(self) -> None:
        """There is nothing to load."""

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """See ``Embedder``."""
        import numpy as np

        seed = zlib.crc32(texts[0].encode()) if texts else 0
        vectors = self._vectors[[self._rows[_MARK.sub("", text)] for text in texts]]
        noise = np.random.default_rng(seed).normal(0, _NOISE / vectors.shape[1] ** 0.5, vectors.shape)
        vectors = vectors + noise.astype(np.float32)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """See ``Embedder``."""
        return self._embedder.embed_question(question)


def grow(library: Library, sentences: Sequence[str], size: int, on_document: Callable[[int], None]) -> None:
    """Add grown documents until the library holds ``size`` passages; ``on_document`` gets how many it holds."""
    for grown in _documents(library, sentences, size):
        add_grown(library, grown)
        on_document(library.catalogue.passage_count())


def _documents(library: Library, sentences: Sequence[str], size: int) -> Iterator[Grown]:
    held = library.catalogue.passage_count()
    number = len(library.catalogue.documents())
    while held < size:
        grown = grow_document(number, sentences, min(PASSAGES_A_DOCUMENT, size - held))
        yield grown
        held += len(grown.passages)
        number += 1


def add_grown(library: Library, grown: Grown) -> None:
    """Add a document as reading its file would: found by full text first, then by meaning."""
    with tempfile.TemporaryDirectory() as temporary, library.writing():
        path = Path(temporary) / grown.document.name
        path.write_bytes(_file_of(grown.document.pages))
        copy = library.stores.originals.copy(path, path.name)
        library.stores.store_document(copy, grown.document, grown.passages, READY)
        embed_waiting(library.stores, library.embedder, lambda stage, done, total: None)
