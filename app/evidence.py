"""Weigh the evidence before anything is answered: silence is better than a guess.

Two signals, both cheap and both of use without a language model:

- the cosine of the nearest sentence in the best five passages: it tells questions that are off the reports' subject;
- coverage: the share of the question's words, weighted by their rarity in the library, that one passage holds.

What neither tells is a question on the subject that the reports do not answer; docs/decisions/0006 has the figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.language import language_of_question
from vectorstore.embeddings import E5, MINILM
from vectorstore.library import Library
from vectorstore.retriever import Retrieval

_PASSAGES = 5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Where the lines lie for one embedder: cosines of different models do not compare. Fitted in decision 6."""

    near: float
    """Cosine below which nothing in the reports is near the question."""
    coverage_weight: float
    """Of coverage beside the cosine."""
    strong: float
    """Cosine plus weighted coverage from which the passages are taken for an answer."""
    near_foreign: float
    strong_foreign: float
    """The same two lines for a question that is not in English, by the cosine alone: its words stand in no English
    report. -1 and 2 where the cosine says nothing."""


_CALIBRATIONS = {
    E5: Calibration(0.83, 0.06, 0.89, 0.80, 0.87),
    MINILM: Calibration(0.50, 1.0, 1.12, -1.0, 2.0),
}
_COVERED = 0.60
"""Coverage that makes up for a low cosine: a rare name that the embedder does not know."""
_COVERED_FOREIGN = 0.50
"""Coverage that is an answer to a question that is not in English: names and numbers, or the report's own language."""
_WORD = re.compile(r"\w+")
_STOP_WORDS = frozenset(
    "a an the of in on at to for from by with and or but not no is are was were be been being do does did has have had"
    " what which who whom whose when where why how many much that this these those it its they their them there as than"
    " then also about into over under between during after before any all some each other another more most such own"
    " same so can could will would may might should must shall if according say says said tell i you we he she his her"
    " our your my me us long often far report reports summarise summarize describe explain list give case known happen"
    " happened happening".split()
)


class Evidence(StrEnum):
    """How well the passages found speak to the question."""

    NONE = "none"
    WEAK = "weak"
    STRONG = "strong"


def weigh_evidence(library: Library, question: str, retrieval: Retrieval) -> Evidence:
    """Return how well the candidates speak to ``question``; see the module for how."""
    best = retrieval.passages[:_PASSAGES]
    if not best:
        return Evidence.NONE
    lines = _CALIBRATIONS.get(library.embedder.name, _CALIBRATIONS[MINILM])
    cosine = max(item.cosine for item in best)
    covered = coverage(*word_matches(library, question, [item.passage.id for item in best]))
    # A passage whose vectors are not in yet may be nearer than any cosine says.
    far = Evidence.NONE if all(item.embedded for item in best) else Evidence.WEAK
    if language_of_question(question) != "en":
        if cosine >= lines.strong_foreign or covered >= _COVERED_FOREIGN:
            return Evidence.STRONG
        return far if cosine < lines.near_foreign else Evidence.WEAK
    if cosine < lines.near and covered < _COVERED:
        return far
    strong = covered >= 1.0 or cosine + lines.coverage_weight * covered >= lines.strong
    return Evidence.STRONG if strong else Evidence.WEAK


def word_matches(
    library: Library, question: str, passages: list[int]
) -> tuple[dict[str, float], dict[str, frozenset[int]]]:
    """Return the weight of every content word of ``question`` (its inverse document frequency) and where it stands."""
    words = [word for word in dict.fromkeys(_WORD.findall(question.lower())) if word not in _STOP_WORDS]
    total = library.catalogue.passage_count()
    weights = {}
    for word in words:
        count = library.catalogue.passages_with(word)
        weights[word] = math.log(1 + (total - count + 0.5) / (count + 0.5))
    return weights, {word: library.catalogue.which_hold(word, passages) for word in words}


def coverage(weights: Mapping[str, float], places: Mapping[str, frozenset[int]]) -> float:
    """Return the largest share of all weight whose words stand together in one passage, 0…1."""
    total = sum(weights.values())
    passages = frozenset[int]().union(*places.values())
    sums = (sum(weight for word, weight in weights.items() if passage in places[word]) for passage in passages)
    return max(sums, default=0.0) / total if total else 0.0
