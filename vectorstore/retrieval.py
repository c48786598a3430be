"""What retrieval finds: passages and sentences with their scores, best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.messages import Message
from reader.reader import Answering
from vectorstore.fusion import first_of_each
from vectorstore.records import StoredPassage, StoredSentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage and its score."""

    passage: StoredPassage
    score: float
    cosine: float
    """Of its sentence nearest to the question; 0 while its vectors are missing."""
    embedded: bool = True
    """Whether all its sentences have vectors."""
    read: Answering | None = None
    """What the reader says of it, where it was read together with the question."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence and its score."""

    sentence: StoredSentence
    score: float
    cosine: float
    emptiness: float = 0.0
    """How likely it says nothing that could answer, 0…1 (``vectorstore.informative``)."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """All candidates for a question, best first."""

    passages: tuple[ScoredPassage, ...]
    sentences: tuple[ScoredSentence, ...]
    paged: Mapping[str, bool]
    """Whether a document (id) has pages of its own."""
    question_vector: Vector
    """Of the question as it was asked."""
    sentence_vectors: Vector
    """Of all sentences of the candidates that have one, length 1, in no order [sentences, dimensions]."""
    problem: Message | None = None
    """Why the vector index could not be asked; nothing else is missing."""

    def best(self, count: int) -> list[ScoredPassage]:
        """Return the best passages, one a page: five pages to look at are worth more than five places on one."""

        def page(item: ScoredPassage) -> tuple[str, int] | None:
            passage = item.passage
            return (passage.document, passage.page) if self.paged.get(passage.document, True) else None

        return first_of_each(self.passages, page, count)
