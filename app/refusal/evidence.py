"""Weigh the evidence before anything is answered: no answer is better than a guess.

Whether the passages found answer the question is a matter of four signals together (``app.refusal.answerability``):

- the cosine of the nearest sentence in the best five passages;
- nearness (``app.refusal.off_topic``), centred and plain: how much nearer the question is than everyday ones;
- what the reader says of the passage that answers best.

While there are no vectors, coverage stands for them: the share of the question's words, weighted by their rarity in
the library, that one passage holds. Beside vectors it says nothing: the report's own words may ask what is not there.

Where they do not, nearness alone says why: the question is off the subject, or on it. docs/refusal.md has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.other_countries import OfOther, without_others
from app.refusal.answerability import fitted
from app.refusal.off_topic import Nearness, nearness
from vectorstore.embeddings import E5, MINILM
from vectorstore.library import Library
from vectorstore.question import Question, read_question
from vectorstore.reading import log_odds, second_stage
from vectorstore.records import Scope
from vectorstore.retrieval import Retrieval
from vectorstore.retriever import first_stage

_PASSAGES = 5
_DOUBTED = 1.0
"""Log-odds that must speak for an answer where nearness says that the question is off the subject. It errs where a
library is about everything: there everyday questions are near too (docs/refusal.md)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the line of the subject lies for one embedder: cosines of different models do not compare."""

    near: float
    """Nearness (centred, plus ``plain_weight`` times plain) below which a question is off the subject."""
    plain_weight: float
    near_foreign: float
    """The same line, by the centred nearness alone, for a question in another language than the reports; minus infinity
    where the embedder knows no other language."""

    def score(self, found: Nearness, own_language: bool) -> float:
        """Return how far a question is above the line: from 0 it is on the subject of the reports."""
        if own_language:
            return found.centred + self.plain_weight * found.plain - self.near
        return found.centred - self.near_foreign


_SUBJECTS = {E5: Subject(0.24, 3.0, 0.12), MINILM: Subject(0.8, 2.0, -math.inf)}


class Evidence(StrEnum):
    """How well the passages found can answer the question."""

    NONE = "none"
    WEAK = "weak"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Signals:
    """What was measured of the candidates."""

    cosine: float
    """Of the nearest sentence in the best passages."""
    coverage: float
    """0…1; see ``coverage``."""
    nearness: Nearness | None
    """None while there are no vectors."""
    embedded: bool
    """Whether the best passages have all their vectors: a missing one may be nearer than any cosine says."""
    own_language: bool
    """Whether the question is in the language of the reports."""
    read: float | None
    """Log-odds that the best of the passages that were read answers; None where none was."""

    def values(self) -> dict[str, float]:
        """Return what is known, by the names that ``app.refusal.answerability`` uses."""
        known = {"coverage": self.coverage}
        if self.embedded and self.nearness is not None:
            known |= {"cosine": self.cosine, "centred": self.nearness.centred, "plain": self.nearness.plain}
        return known if self.read is None else known | {"read": self.read}


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates for a question, and how well they can answer it."""

    retrieval: Retrieval
    """Without what is about other countries than the question names."""
    evidence: Evidence
    others: tuple[OfOther, ...] = ()
    """The best of what was left out so."""


def find_evidence(library: Library, question: Question | str, scope: Scope | None = None) -> Found:
    """Retrieve within ``scope`` and weigh what is found; the best passages are read where that can decide something.

    A question without a word is answered only if it is figures or a symbol that stand in the reports ("A/HRC/40/60").
    One that is a name and no more is answered if the name stands there: what is said of it is what is asked.
    """
    question, scope = read_question(question), scope or Scope()
    bound = without_others(library, question, scope, first_stage(library, question, scope))
    retrieval, evidence = _weigh(library, question, scope, bound.retrieval)
    if evidence is Evidence.STRONG and bound.is_of_others:
        evidence = Evidence.WEAK
    return Found(retrieval, evidence, bound.others)


def _weigh(library: Library, question: Question, scope: Scope, retrieval: Retrieval) -> tuple[Retrieval, Evidence]:
    """Return the candidates in their last order, and how well they can answer."""
    if not question.in_words and not _stand_there(library, question):
        return retrieval, Evidence.NONE
    signals = measure_evidence(library, question, retrieval, scope)
    if signals is None:
        return retrieval, Evidence.NONE
    if question.alone and library.catalogue.full_text.passages_with(question.alone):
        return second_stage(library.reader, question.text, retrieval), Evidence.STRONG
    off_subject = subject(library, signals) < 0
    if off_subject and not signals.own_language:
        # Words say nothing across languages, and other signals little; nearness is made for it.
        return retrieval, Evidence.NONE
    line = _DOUBTED if off_subject else 0.0
    if answerability(library, replace(signals, read=fitted().most_read)) >= line:
        retrieval = second_stage(library.reader, question.text, retrieval)
        signals = _signals(library, question, retrieval, signals.nearness)
        if answerability(library, signals) >= line:
            return retrieval, Evidence.STRONG
    return retrieval, Evidence.NONE if off_subject else Evidence.WEAK


def answerability(library: Library, signals: Signals) -> float:
    """Return the score by which an answer is given: from 0, and from more for a question off the subject."""
    known = signals.values()
    if not _is_calibrated(library):
        known.pop("read", None)
    return fitted().model_for(library.embedder.name, signals.own_language, known).score(known)


def measure_evidence(
    library: Library, question: Question | str, retrieval: Retrieval, scope: Scope | None = None
) -> Signals | None:
    """Return the signals; None where nothing was found."""
    if not retrieval.passages:
        return None
    question = read_question(question)
    return _signals(library, question, retrieval, nearness(library, question, retrieval, scope or Scope()))


def _signals(library: Library, question: Question, retrieval: Retrieval, near: Nearness | None) -> Signals:
    """Return the signals of candidates; ``near`` is the same before and after they are read."""
    best = retrieval.passages[:_PASSAGES]
    weights, places = word_matches(library, question, [item.passage.id for item in best])
    return Signals(
        max(item.cosine for item in best),
        coverage(weights, places),
        near,
        all(item.embedded for item in best),
        question.language == (library.language() or "en"),
        max((log_odds(item.read.probability) for item in retrieval.passages if item.read is not None), default=None),
    )


def subject(library: Library, signals: Signals) -> float:
    """Return how far the question is above the line of what the reports are about; infinity while vectors are missing.

    From 0 it is on their subject.
    """
    if signals.nearness is None or not signals.embedded:
        return math.inf
    lines = _SUBJECTS.get(library.embedder.name, _SUBJECTS[MINILM])
    return lines.score(signals.nearness, signals.own_language)


def _is_calibrated(library: Library) -> bool:
    """Return whether what the library's reader says can be weighed with the rest."""
    return library.reader is not None and library.reader.name == fitted().reader


def _stand_there(library: Library, question: Question) -> bool:
    """Return whether all that a question without words holds is in the reports."""
    words = question.words
    return bool(words) and all(library.catalogue.full_text.passages_with(word) for word in words)


def word_matches(
    library: Library, question: Question, passages: list[int]
) -> tuple[dict[str, float], dict[str, frozenset[int]]]:
    """Return the weight of every content word of ``question`` (inverse document frequency) and the passages with it."""
    words = question.content_words
    total = library.catalogue.passage_count()
    weights = {}
    for word in words:
        count = library.catalogue.full_text.passages_with(word)
        weights[word] = math.log(1 + (total - count + 0.5) / (count + 0.5))
    return weights, {word: library.catalogue.full_text.which_hold(word, passages) for word in words}


def coverage(weights: Mapping[str, float], places: Mapping[str, frozenset[int]]) -> float:
    """Return the largest share of all weight whose words stand together in one passage, 0…1."""
    total = sum(weights.values())
    passages = frozenset[int]().union(*places.values())
    sums = (sum(weight for word, weight in weights.items() if passage in places[word]) for passage in passages)
    return max(sums, default=0.0) / total if total else 0.0
