"""Retrieval: full-text and dense scores, fused; passages for recall, sentences for the eye."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.countries import find_countries
from vectorstore.catalogue import Catalogue
from vectorstore.errors import IncompatibleLibrary
from vectorstore.fusion import first_of_each, min_max, ranked, weighted_sum, with_neighbours
from vectorstore.language import language_of
from vectorstore.library import Library
from vectorstore.nearest import nearest_passages
from vectorstore.records import Scope, StoredPassage, StoredSentence

# Weights and sizes of the retrieval study; what else was tried is in docs/decisions/0004.
_DENSE_WEIGHT = 1.0
_DENSE_WEIGHT_FOREIGN = 4.0
"""For a question that is not in English: of its words, names and numbers alone stand in an English report."""
_NEIGHBOUR_SHARE = 0.25
_PASSAGE_WEIGHT = 1.0
_COUNTRY_BONUS = 0.2
"""For passages of the case of a country that the question names. Soft: a hint, never a filter."""
_SYMBOL_BONUS = 0.3
"""For passages of the document whose symbol ("S/2025/211") the question names."""
_SYMBOL = re.compile(r"\b[A-Z]+(?:/[A-Z0-9.]+)+\b")
_FULL_TEXT_CANDIDATES = 200
_DENSE_CANDIDATES = 200
_SENTENCE_PASSAGES = 80
"""The best passages, whose sentences are scored one by one."""


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
    """Those of the best 80 passages."""
    paged: Mapping[str, bool]
    """Whether a document (id) has pages of its own."""

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
    vector = library.embedder.embed_question(question)
    full_text = catalogue.search_passages(question, scope, _FULL_TEXT_CANDIDATES)
    nearest = nearest_passages(library, vector, _DENSE_CANDIDATES, scope)
    stored = catalogue.passages({*full_text, *nearest})
    candidates = set(stored)  # an index that lags behind may name a passage that is gone
    full_text = catalogue.score_passages(question, candidates)
    cosines = catalogue.cosines(vector, candidates)
    known = {passage: [value for value in of.values() if value is not None] for passage, of in cosines.items()}
    hints = _hints(catalogue, question, stored.values())
    weight = _DENSE_WEIGHT if language_of(question) == "en" else _DENSE_WEIGHT_FOREIGN
    passages = _score_passages(full_text, known, hints, weight)
    order = ranked(passages)
    sentences = catalogue.sentences_of(order[:_SENTENCE_PASSAGES])
    sentence_text = catalogue.score_sentences(question, (sentence.id for sentence in sentences))
    by_sentence = {sentence: value for of in cosines.values() for sentence, value in of.items() if value is not None}
    sentence_scores = _score_sentences(sentence_text, sentences, by_sentence, passages, weight)
    by_id = {sentence.id: sentence for sentence in sentences}
    return Retrieval(
        tuple(
            ScoredPassage(stored[i], passages[i], max(known[i], default=0.0), len(known[i]) == len(cosines[i]))
            for i in order
        ),
        tuple(ScoredSentence(by_id[i], sentence_scores[i], by_sentence.get(i, 0.0)) for i in ranked(sentence_scores)),
        catalogue.paged({passage.document for passage in stored.values()}),
    )


def _hints(catalogue: Catalogue, question: str, passages: Iterable[StoredPassage]) -> dict[int, float]:
    """Return what the countries and document symbols that the question names add to each passage."""
    of_countries = catalogue.case_passages(set(find_countries(question)))
    with_symbols = catalogue.documents_with(_SYMBOL.findall(question))
    return {
        passage.id: _COUNTRY_BONUS * (passage.id in of_countries) + _SYMBOL_BONUS * (passage.document in with_symbols)
        for passage in passages
    }


def _score_passages(
    full_text: Mapping[int, float],
    cosines: Mapping[int, Sequence[float]],
    hints: Mapping[int, float],
    dense_weight: float,
) -> dict[int, float]:
    """Full text plus weighted dense, plus the hints; dense is the best sentence's cosine plus the mean of them all.

    Full text alone speaks for a passage whose vectors are not in yet.
    """
    dense = {passage: max(values) + sum(values) / len(values) for passage, values in cosines.items() if values}
    return weighted_sum([(1.0, min_max(full_text, floor=0.0)), (dense_weight, min_max(dense)), (1.0, hints)])


def _score_sentences(
    full_text: Mapping[int, float],
    sentences: Sequence[StoredSentence],
    cosines: Mapping[int, float],
    passages: Mapping[int, float],
    dense_weight: float,
) -> dict[int, float]:
    """A sentence's own full-text and dense score, a quarter of its neighbours', and its passage's."""
    order = [sentence.id for sentence in sentences]
    dense = min_max(cosines)
    own = weighted_sum(
        [(1.0, min_max(full_text, floor=0.0)), (dense_weight, {i: dense[i] for i in order if i in dense})]
    )
    near = with_neighbours(own, order, _NEIGHBOUR_SHARE)
    of_passage = min_max(passages)
    inherited = {sentence.id: of_passage[sentence.passage] for sentence in sentences}
    return weighted_sum([(1.0, near), (_PASSAGE_WEIGHT, inherited)])
