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
from enum import StrEnum

from app.language import language_of
from vectorstore.library import Library
from vectorstore.retriever import Retrieval

_PASSAGES = 5
_NEAR = 0.50
"""Cosine (MiniLM) below which nothing in the reports is near the question."""
_COVERED = 0.60
"""Coverage that makes up for a low cosine: a rare name that the embedder does not know."""
_STRONG = 0.56
"""Mean of cosine and coverage from which the passages are taken for an answer."""
_COVERED_FOREIGN = 0.50
"""The same for a question in a language that MiniLM does not know, by its words alone."""
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
    cosine = max(item.cosine for item in best)
    covered = coverage(*word_matches(library, question, [item.passage.id for item in best]))
    if language_of(question) != "en":
        return Evidence.STRONG if covered >= _COVERED_FOREIGN else Evidence.WEAK
    if cosine < _NEAR and covered < _COVERED:
        return Evidence.NONE
    return Evidence.STRONG if covered >= 1.0 or (cosine + covered) / 2 >= _STRONG else Evidence.WEAK


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
