"""Weigh the evidence before anything is answered: no answer is better than a guess.

Three signals, all cheap and useful without a language model:

- nearness (``app.refusal.off_topic``): how much nearer the question is than everyday ones; it detects off-topic
  questions;
- the cosine of the nearest sentence in the best five passages;
- coverage: the share of the question's words, weighted by their rarity in the library, that one passage holds.

None of them detects a question on the subject that the reports do not answer; docs/refusal.md has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.refusal.off_topic import Nearness, nearness
from vectorstore.embeddings import E5, MINILM
from vectorstore.library import Library
from vectorstore.question import Question, read_question
from vectorstore.records import Scope
from vectorstore.retriever import Retrieval

_PASSAGES = 5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Where the lines lie for one embedder: cosines of different models do not compare. Fitted in decision 18."""

    near: float
    """Nearness (centred, plus ``plain_weight`` times plain) below which a question is off the subject."""
    plain_weight: float
    near_foreign: float
    """The same line, by the centred nearness alone, for a question in another language than the reports; minus infinity
    where the embedder knows no other language."""
    strong: float
    """Cosine plus weighted coverage from which the passages are taken for an answer."""
    coverage_weight: float
    strong_foreign: float
    """Nearness, centred and weighted plain, from which they are for a question in another language: its words stand
    in no English report, and its cosine depends on the language."""


_CALIBRATIONS = {
    E5: Calibration(0.24, 3.0, 0.12, 0.885, 0.06, 0.2),
    MINILM: Calibration(0.8, 2.0, -math.inf, 1.12, 1.0, 2.0),
}
_COVERED = 0.70
"""Coverage that makes up for a question that seems far: a rare name that the embedder does not know."""
_FAR = 0.5
"""Of the line: what is farther shares its words with the reports by chance."""
_COVERED_FOREIGN = 0.50
"""Coverage that is an answer to a question in another language: names and numbers, or a report in that language."""


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
    names: float
    """The same of what the reports may spell as the question does: of one in other letters, its names in Latin ones."""
    nearness: Nearness | None
    """None while there are no vectors."""
    embedded: bool
    """Whether the best passages have all their vectors: a missing one may be nearer than any cosine says."""
    own_language: bool
    """Whether the question is in the language of the reports."""

    def subject(self, lines: Calibration) -> float:
        """Return the score that detects off-topic questions; ``lines`` has the line for either language."""
        if self.nearness is None:
            return math.inf
        return self.nearness.centred + (lines.plain_weight * self.nearness.plain if self.own_language else 0.0)

    def answer(self, lines: Calibration) -> float:
        """Return the score from which the passages are taken for an answer; ``lines`` has the line for either."""
        if self.own_language or self.nearness is None:
            return self.cosine + lines.coverage_weight * self.coverage
        return self.nearness.centred + lines.plain_weight * self.nearness.plain


def weigh_evidence(
    library: Library, question: Question | str, retrieval: Retrieval, scope: Scope | None = None
) -> Evidence:
    """Return how well the candidates, retrieved within ``scope``, can answer ``question``; the module says how.

    A question without a word is answered only if it is figures or a symbol that stand in the reports ("A/HRC/40/60").
    """
    question = read_question(question)
    if not question.in_words and not _stand_there(library, question):
        return Evidence.NONE
    found = measure_evidence(library, question, retrieval, scope)
    return Evidence.NONE if found is None else weigh(found, calibration(library))


def _stand_there(library: Library, question: Question) -> bool:
    """Return whether all that a question without words holds is in the reports."""
    words = question.words
    return bool(words) and all(library.catalogue.full_text.passages_with(word) for word in words)


def calibration(library: Library) -> Calibration:
    """Return the lines of the library's embedder; one that has none gets MiniLM's."""
    return _CALIBRATIONS.get(library.embedder.name, _CALIBRATIONS[MINILM])


def measure_evidence(
    library: Library, question: Question | str, retrieval: Retrieval, scope: Scope | None = None
) -> Signals | None:
    """Return the signals; None where nothing was found."""
    best = retrieval.passages[:_PASSAGES]
    if not best:
        return None
    question = read_question(question)
    weights, places = word_matches(library, question, [item.passage.id for item in best])
    held = coverage(weights, places)
    near = nearness(library, question, retrieval, scope or Scope())
    own = question.language == (library.language() or "en")
    return Signals(
        max(item.cosine for item in best),
        held,
        held if own else coverage({word: weights[word] for word in question.latin_words if word in weights}, places),
        near,
        all(item.embedded for item in best),
        own,
    )


def weigh(signals: Signals, lines: Calibration) -> Evidence:
    """Return the evidence that ``signals`` stand for."""
    line = lines.near if signals.own_language else lines.near_foreign
    nearness = signals.subject(lines) if signals.embedded else math.inf
    if nearness < line and (signals.names < _COVERED or nearness < _FAR * line):
        return Evidence.NONE
    if signals.own_language:
        covered = signals.coverage >= 1.0 and nearness >= line
        strong = covered or signals.answer(lines) >= lines.strong
    else:
        strong = signals.coverage >= _COVERED_FOREIGN or signals.answer(lines) >= lines.strong_foreign
    return Evidence.STRONG if strong else Evidence.WEAK


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
