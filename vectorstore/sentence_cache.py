"""Sentences and their vectors, kept in memory between questions: a library of some reports reads the same again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from vectorstore.catalogue_reader import CatalogueReader
from vectorstore.records import StoredSentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 2_000
"""Passages that are kept, the last ones read: some 25 MB."""


@dataclass(frozen=True, slots=True)
class PassageSentences:
    """The sentences of one passage, in reading order, and their vectors."""

    sentences: tuple[StoredSentence, ...]
    embedded: tuple[int, ...]
    """Ids of the sentences that have a vector."""
    vectors: NDArray[np.float32]
    """Of length 1 [embedded, dimensions]."""


class SentenceCache:
    """The sentences of the passages read last; forgotten when a document or a vector changes. Safe between threads."""

    def __init__(self, catalogue: CatalogueReader, most: int = MOST) -> None:
        """``catalogue`` is where they are read from; ``most`` passages are kept."""
        self._catalogue, self._most = catalogue, most
        self._kept: OrderedDict[int, PassageSentences] = OrderedDict()
        self._revision = (-1, -1)
        self._lock = Lock()

    def read(self, passages: Iterable[int]) -> tuple[list[StoredSentence], list[int], NDArray[np.float32]]:
        """Return the sentences of passages, in reading order within each document, and what vectors they have.

        The second and third are the ids of the sentences that have a vector, and the vectors [ids, dimensions].
        """
        import numpy as np

        wanted = list(passages)
        with self._lock:
            revision = self._catalogue.revision(), self._catalogue.index_revision()
            if revision != self._revision:
                self._kept.clear()
                self._revision = revision
            missing = [number for number in wanted if number not in self._kept]
            self._kept.update(self._read(missing))
            for number in wanted:
                self._kept.move_to_end(number)
            found = [self._kept[number] for number in wanted]
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        found = [item for item in found if item.sentences]
        found.sort(key=lambda item: (item.sentences[0].document, item.sentences[0].ordinal))
        embedded = [number for item in found for number in item.embedded]
        vectors = [item.vectors for item in found if item.embedded]
        together = np.concatenate(vectors) if vectors else np.zeros((0, 0), dtype=np.float32)
        return [sentence for item in found for sentence in item.sentences], embedded, together

    def _read(self, passages: list[int]) -> dict[int, PassageSentences]:
        if not passages:
            return {}
        grouped: dict[int, list[StoredSentence]] = {number: [] for number in passages}
        for sentence in self._catalogue.sentences_of(passages):
            grouped[sentence.passage].append(sentence)
        ids, vectors = self._catalogue.sentence_vectors(passages)
        row_of = {number: row for row, number in enumerate(ids)}
        read = {}
        for number, sentences in grouped.items():
            embedded = tuple(sentence.id for sentence in sentences if sentence.id in row_of)
            read[number] = PassageSentences(tuple(sentences), embedded, vectors[[row_of[i] for i in embedded]])
        return read
