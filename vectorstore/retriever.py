"""Retrieval: candidates by full text and by meaning, scored together; passages for recall, sentences for quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.language.folding import fold
from ingest.messages import Message
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import Embedder
from vectorstore.errors import IncompatibleLibrary
from vectorstore.fusion import ranked, weighted_sum
from vectorstore.informative import emptiness
from vectorstore.library import Library
from vectorstore.nearest import nearest_passages
from vectorstore.question import Question, read_question
from vectorstore.reading import second_stage
from vectorstore.records import Scope, StoredPassage, StoredSentence
from vectorstore.retrieval import Retrieval, ScoredPassage, ScoredSentence
from vectorstore.routing import Route, route
from vectorstore.scoring import (
    WEIGHTS,
    RetrievalWeights,
    Signals,
    Words,
    evidence_is_in_another_language,
    own_scores,
    score_passages,
    score_sentences,
    shortlist_passages,
)

if TYPE_CHECKING:
    from vectorstore.retrieval import Vector


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Passages by id, before they are read and scored."""

    cosines: Mapping[int, float]
    """Of the passages' own vectors."""
    words: Words
    compared: frozenset[int]
    """Passages whose words count: not those in the question's language where the evidence is in another one."""
    paged: Mapping[str, bool]
    problem: Message | None


def retrieve(
    library: Library, question: Question | str, scope: Scope | None = None, weights: RetrievalWeights = WEIGHTS
) -> Retrieval:
    """Return the candidates for ``question`` within ``scope``, the best of them read together with it.

    Raises:
        IncompatibleLibrary: the library was made with another embedder.
    """
    question = read_question(question)
    return second_stage(library.reader, question.text, first_stage(library, question, scope, weights), weights)


def first_stage(
    library: Library, question: Question | str, scope: Scope | None = None, weights: RetrievalWeights = WEIGHTS
) -> Retrieval:
    """Return the candidates for ``question`` within ``scope``, in the order that words and vectors give them.

    Raises:
        IncompatibleLibrary: the library was made with another embedder.
    """
    if library.has_other_embedder():
        raise IncompatibleLibrary(library.embedder_message())
    question, scope = read_question(question), scope or Scope()
    routed = route(question.words, library.cards(), scope.documents)
    asked, vector = _embed(library.embedder, question, routed.names if weights.subject else frozenset())
    candidates = _find_candidates(library, question, vector, scope, routed, weights)
    return _score(library, question, asked, vector, candidates, weights)


def _embed(embedder: Embedder, question: Question, names: frozenset[str]) -> tuple[Vector, Vector]:
    """Return the question's vector, and its mean with that of the question without ``names``: its subject."""
    import numpy as np

    subject = question.without(names)
    if subject in ("", question.clean):
        asked = embedder.embed_question(question.clean)
        return asked, asked
    with ThreadPoolExecutor(1) as beside:  # one core each
        other = beside.submit(embedder.embed_question, subject)
        asked = embedder.embed_question(question.clean)
    both: Vector = asked + other.result()
    mean: Vector = both / max(float(np.linalg.norm(both)), 1e-6)
    return asked, mean


def _find_candidates(
    library: Library, question: Question, vector: Vector, scope: Scope, routed: Route, weights: RetrievalWeights
) -> _Candidates:
    """Return the passages that share most words with the question, and those nearest to it."""
    catalogue = library.catalogue
    found = _search_text(catalogue, question, scope, weights.full_text_candidates)
    nearest = nearest_passages(library.stores, vector, weights.dense_candidates, scope)
    found |= set(nearest.passages)
    if routed.names:
        within = Scope((max(routed.shares, key=lambda document: routed.shares[document]),), scope.countries)
        found |= _search_text(catalogue, question, within, weights.routed_candidates)
        found |= set(nearest_passages(library.stores, vector, weights.routed_candidates, within).passages)
    passages = catalogue.documents_of(found)  # the index may name a passage that was removed meanwhile
    documents = catalogue.documents_by_id(set(passages.values()))
    cosines = catalogue.vectors.passage_cosines(passages, vector)
    others = {number for number, document in documents.items() if document.language not in ("", question.language)}
    foreign = frozenset(number for number, document in passages.items() if document in others)
    compared = foreign if evidence_is_in_another_language(cosines, foreign) else frozenset(passages)
    words = Words(
        _score_text(catalogue, question, passages),
        {number: routed.shares.get(document, 0.0) for number, document in passages.items()},
        foreign,
    )
    paged = {number: document.paged for number, document in documents.items()}
    return _Candidates(cosines, words.only(compared), compared, paged, nearest.problem)


def _score(
    library: Library,
    question: Question,
    asked: Vector,
    vector: Vector,
    candidates: _Candidates,
    weights: RetrievalWeights,
) -> Retrieval:
    """Score the best candidates by their sentences."""
    catalogue = library.catalogue
    passages = catalogue.passages(shortlist_passages(candidates.words, candidates.cosines, weights))
    sentences, embedded, vectors = library.sentences.read(passages)
    cosines = dict(zip(embedded, (vectors @ vector).tolist(), strict=True)) if embedded else {}
    compared = [sentence for sentence in sentences if sentence.passage in candidates.compared]
    signals = Signals(
        candidates.words.only(passages),
        _score_sentence_text(catalogue, question, compared),
        cosines,
        _hints(catalogue, question, passages, weights),
        min(candidates.cosines.values(), default=0.0),
    )
    own = own_scores(signals, sentences, weights)
    scores = score_passages(signals, sentences, own, weights)
    by_id = {sentence.id: sentence for sentence in sentences}
    empty = dict(zip(embedded, emptiness(library.embedder.name, vectors), strict=True))
    sentence_scores = score_sentences(sentences, own, scores, weights)
    best_cosine = _best_cosine(sentences, cosines)
    unembedded = {sentence.passage for sentence in sentences if sentence.id not in cosines}
    return Retrieval(
        tuple(
            ScoredPassage(passages[i], scores[i], best_cosine.get(i, 0.0), i not in unembedded) for i in ranked(scores)
        ),
        tuple(
            ScoredSentence(by_id[i], sentence_scores[i], cosines.get(i, 0.0), empty.get(i, 0.0))
            for i in ranked(sentence_scores)
        ),
        candidates.paged,
        asked,
        vectors,
        candidates.problem,
    )


def _search_text(catalogue: Catalogue, question: Question, scope: Scope, limit: int) -> set[int]:
    """Return the best passages by full text: by words, and by letter trigrams in scripts written without spaces."""
    found = set(catalogue.full_text.search_passages(question.words, scope, limit))
    return found | set(catalogue.full_text.search_trigrams(question.trigrams, scope, limit))


def _score_text(catalogue: Catalogue, question: Question, passages: Iterable[int]) -> dict[int, float]:
    """Return the full-text scores of those of ``passages`` that have one; see ``_search_text``."""
    found = catalogue.full_text.score_passages(question.words, passages)
    if not question.trigrams:
        return found
    return weighted_sum([(1.0, found), (1.0, catalogue.full_text.score_trigrams(question.trigrams, passages))])


def _score_sentence_text(
    catalogue: Catalogue, question: Question, sentences: Sequence[StoredSentence]
) -> dict[int, float]:
    found = catalogue.full_text.score_sentences(question.words, (sentence.id for sentence in sentences))
    if not question.trigrams:
        return found
    held = {s.id: _held(question.trigrams, s.text) for s in sentences}
    return weighted_sum([(1.0, found), (1.0, held)])


def _held(runs: Sequence[str], text: str) -> float:
    """Return how many of ``runs``, folded, are in ``text``."""
    folded = fold(text.replace("\u200b", ""))
    return float(sum(run in folded for run in runs))


def _hints(
    catalogue: Catalogue, question: Question, passages: Mapping[int, StoredPassage], weights: RetrievalWeights
) -> dict[int, float]:
    """Return what countries and symbols in the question add to each passage."""
    of_countries = catalogue.case_passages(question.countries)
    with_symbols = catalogue.documents_with(question.symbols)
    return {
        number: weights.country * (number in of_countries) + weights.symbol * (passage.document in with_symbols)
        for number, passage in passages.items()
    }


def _best_cosine(sentences: Sequence[StoredSentence], cosines: Mapping[int, float]) -> dict[int, float]:
    best: dict[int, float] = {}
    for sentence in sentences:
        if sentence.id in cosines:
            best[sentence.passage] = max(best.get(sentence.passage, -1.0), cosines[sentence.id])
    return best
