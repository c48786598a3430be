"""Retrieval: candidates by full text and by meaning, scored; passages for recall, sentences for the eye."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.language.detection import trigrams
from vectorstore.catalogue import Catalogue
from vectorstore.errors import IncompatibleLibrary
from vectorstore.fusion import first_of_each, ranked, weighted_sum
from vectorstore.library import Library
from vectorstore.nearest import nearest_passages
from vectorstore.question import Question
from vectorstore.records import Scope, StoredPassage, StoredSentence
from vectorstore.reranker import rerank
from vectorstore.routing import Route, route
from vectorstore.scoring import (
    Signals,
    Words,
    score_passages,
    score_sentences,
    stands_elsewhere,
    table_passages,
    worth_reading,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FULL_TEXT_CANDIDATES = 200
_DENSE_CANDIDATES = 200
_ROUTED_CANDIDATES = 50
"""More of each kind from the document that the question names: in a large library others crowd it out."""
_READ = 120
"""Candidates whose sentences are scored one by one."""
_COUNTRY_HINT = 0.2
"""For passages of the case of a country that the question names. Soft: a hint, never a filter."""
_SYMBOL_HINT = 0.3
"""For passages of the document whose symbol ("S/2025/211") the question names."""
_TABLE_HINT = 0.2
"""For tables, when the question asks for a figure."""


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage and what speaks for it."""

    passage: StoredPassage
    score: float
    cosine: float
    """Of its nearest sentence to the question; 0 where its vectors are not in yet."""
    embedded: bool = True
    """Whether the vectors of all its sentences are in."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence and what speaks for it."""

    sentence: StoredSentence
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """All candidates for a question, best first."""

    passages: tuple[ScoredPassage, ...]
    sentences: tuple[ScoredSentence, ...]
    paged: Mapping[str, bool]
    """Whether a document (id) has pages of its own."""
    question_vector: NDArray[np.float32]
    """Of the question as it was asked."""
    sentence_vectors: NDArray[np.float32]
    """Of all sentences of the candidates that have one, of length 1, in no order [sentences, dimensions]."""

    def best(self, count: int) -> list[ScoredPassage]:
        """Return the best passages, one a page: five pages to look at say more than five places on one."""

        def page(item: ScoredPassage) -> tuple[str, int] | None:
            passage = item.passage
            return (passage.document, passage.page) if self.paged.get(passage.document, True) else None

        return first_of_each(self.passages, page, count)


def retrieve(library: Library, question: str, scope: Scope | None = None) -> Retrieval:
    """Return the candidates for ``question`` within ``scope``.

    Raises:
        IncompatibleLibrary: the library was made with another embedder.
    """
    scope = scope or Scope()
    catalogue = library.catalogue
    if library.has_other_embedder():
        raise IncompatibleLibrary(library.embedder_message())
    asked = Question(question)
    routed = route(asked.words, library.cards(), scope.documents)
    question_vector = library.embedder.embed_question(asked.text)
    vector = _direction(library, asked, routed, question_vector)
    full_text, nearest = _candidates(library, asked, vector, scope, routed)
    stored = catalogue.passages(full_text | nearest)  # an index that lags behind may name a passage that is gone
    documents = catalogue.documents_by_id({passage.document for passage in stored.values()})
    near = {number: float(own @ vector) for number, own in catalogue.vectors.passages(stored).items()}
    others = {number for number, document in documents.items() if document.language not in ("", asked.language)}
    foreign = frozenset(number for number, passage in stored.items() if passage.document in others)
    compared = foreign if stands_elsewhere(near, foreign) else frozenset(stored)
    words = Words(
        _score_text(catalogue, asked, stored),
        {number: routed.shares.get(passage.document, 0.0) for number, passage in stored.items()},
        foreign,
    ).only(compared)
    stored = {number: stored[number] for number in worth_reading(words, near, _READ)}
    sentences = catalogue.sentences_of(stored)
    embedded, vectors = catalogue.sentence_vectors(stored)
    cosines = dict(zip(embedded, (vectors @ vector).tolist(), strict=True)) if embedded else {}
    signals = Signals(
        words.only(stored),
        _sentence_text(catalogue, asked, [sentence for sentence in sentences if sentence.passage in compared]),
        cosines,
        _hints(catalogue, asked, stored, sentences),
        min(near.values(), default=0.0),
    )
    passages = score_passages(signals, sentences)
    if library.reranker is not None:
        texts = {number: passage.text for number, passage in stored.items()}
        passages = rerank(library.reranker, asked.text, texts, passages)
    sentence_scores = score_sentences(signals, sentences, passages)
    best_cosine = _best_cosine(sentences, cosines)
    by_id = {sentence.id: sentence for sentence in sentences}
    unembedded = {sentence.passage for sentence in sentences if sentence.id not in cosines}
    return Retrieval(
        tuple(
            ScoredPassage(stored[i], passages[i], best_cosine.get(i, 0.0), i not in unembedded)
            for i in ranked(passages)
        ),
        tuple(ScoredSentence(by_id[i], sentence_scores[i], cosines.get(i, 0.0)) for i in ranked(sentence_scores)),
        {number: document.paged for number, document in documents.items()},
        question_vector,
        vectors,
    )


def _direction(library: Library, asked: Question, routed: Route, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``vector``, the question's own, mixed with that of its words without those that only say where to look."""
    import numpy as np

    about = asked.about(routed.names)
    if about in ("", asked.text):
        return vector
    both = vector + library.embedder.embed_question(about)
    mixed: NDArray[np.float32] = both / max(float(np.linalg.norm(both)), 1e-6)
    return mixed


def _candidates(
    library: Library, asked: Question, vector: NDArray[np.float32], scope: Scope, routed: Route
) -> tuple[set[int], set[int]]:
    """Return the passages that share most words with the question, and those nearest to it."""
    full_text = _search_text(library.catalogue, asked, scope, _FULL_TEXT_CANDIDATES)
    nearest = set(nearest_passages(library, vector, _DENSE_CANDIDATES, scope))
    if routed.names:
        within = Scope((max(routed.shares, key=lambda document: routed.shares[document]),), scope.countries)
        full_text |= _search_text(library.catalogue, asked, within, _ROUTED_CANDIDATES)
        nearest |= set(nearest_passages(library, vector, _ROUTED_CANDIDATES, within))
    return full_text, nearest


def _search_text(catalogue: Catalogue, asked: Question, scope: Scope, limit: int) -> set[int]:
    """Return the passages best by full text: of words, and of letters by threes in scripts that set no blanks."""
    found = set(catalogue.full_text.search_passages(asked.words, scope, limit))
    return found | set(catalogue.full_text.search_trigrams(trigrams(asked.text), scope, limit))


def _score_text(catalogue: Catalogue, asked: Question, passages: Iterable[int]) -> dict[int, float]:
    """Return the full-text scores of those of ``passages`` that have one; see ``_search_text``."""
    runs = trigrams(asked.text)
    found = catalogue.full_text.score_passages(asked.words, passages)
    return weighted_sum([(1.0, found), (1.0, catalogue.full_text.score_trigrams(runs, passages))]) if runs else found


def _sentence_text(catalogue: Catalogue, asked: Question, sentences: Sequence[StoredSentence]) -> dict[int, float]:
    found = catalogue.full_text.score_sentences(asked.words, (sentence.id for sentence in sentences))
    runs = trigrams(asked.text)
    if not runs:
        return found
    held = {s.id: float(sum(run in s.text.replace("\u200b", "") for run in runs)) for s in sentences}
    return weighted_sum([(1.0, found), (1.0, held)])


def _hints(
    catalogue: Catalogue, asked: Question, passages: Mapping[int, StoredPassage], sentences: Sequence[StoredSentence]
) -> dict[int, float]:
    """Return what countries and symbols in the question add to each passage, and tables where it asks for a figure."""
    of_countries = catalogue.case_passages(asked.countries)
    with_symbols = catalogue.documents_with(asked.symbols)
    tables = table_passages(sentences) if asked.asks_for_figure else set[int]()
    return {
        number: _COUNTRY_HINT * (number in of_countries)
        + _SYMBOL_HINT * (passage.document in with_symbols)
        + _TABLE_HINT * (number in tables)
        for number, passage in passages.items()
    }


def _best_cosine(sentences: Sequence[StoredSentence], cosines: Mapping[int, float]) -> dict[int, float]:
    best: dict[int, float] = {}
    for sentence in sentences:
        if sentence.id in cosines:
            best[sentence.passage] = max(best.get(sentence.passage, -1.0), cosines[sentence.id])
    return best
