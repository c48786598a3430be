"""Ask a set's questions of one pipeline, and measure every one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation import spans
from evaluation.data_sets import Question
from evaluation.metrics import all_pages_at, hit_at, ndcg_at
from evaluation.pipeline import Pipeline
from evaluation.spans import CharacterSpan, Place

RESULTS, SHOWN = 10, 5
"""How many results are asked for, and how many of them a reader is taken to look at."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went."""

    id: str
    language: str
    question: str
    gold: tuple[Place, ...]
    """The pages of the evidence."""
    pages: tuple[tuple[Place, ...], ...]
    """Those of every result, best first."""
    seconds: float
    """Of the search for ten results."""
    figures: dict[str, float]
    """By the names of ``evaluation.summary.FIGURES``; what cannot be measured for this question is left out."""
    evidence: int
    evidence_not_located: int
    """How many pieces of evidence there are, and how many of them the pipeline's page text does not hold."""
    passages_not_located: int = 0
    """How many of the first five passages are not on their page: they count as no characters."""


def measure(pipeline: Pipeline, questions: Iterable[Question]) -> list[Outcome]:
    """Ask every question over all documents together. All of them must have evidence."""
    return [_measure_one(pipeline, question) for question in questions]


def _measure_one(pipeline: Pipeline, question: Question) -> Outcome:
    started = time.perf_counter()
    results = pipeline.search(question.text, RESULTS)
    seconds = time.perf_counter() - started
    pages = tuple(result.places for result in results)
    gold = tuple(dict.fromkeys((evidence.document, evidence.page) for evidence in question.evidence))
    figures: dict[str, float] = {f"hit@{count}": float(hit_at(pages, gold, count)) for count in (1, SHOWN, RESULTS)}
    figures[f"all_pages@{SHOWN}"] = float(all_pages_at(pages, gold, SHOWN))
    figures[f"ndcg@{RESULTS}"] = ndcg_at(pages, gold, RESULTS)
    located = [span for evidence in question.evidence if (span := pipeline.locate(evidence)) is not None]
    passages = [pipeline.measure(result) for result in results[:SHOWN]]
    if located:
        figures[f"passage_recall@{SHOWN}"] = spans.recall([span for passage in passages for span in passage], located)
        quotes = pipeline.quotes(question.text)
        if quotes is not None:
            figures |= quote_figures(quotes, located)
    return Outcome(
        question.id,
        question.language,
        question.text,
        gold,
        pages,
        seconds,
        figures,
        len(question.evidence),
        len(question.evidence) - len(located),
        sum(not passage for passage in passages),
    )


def quote_figures(quotes: Sequence[CharacterSpan], evidence: Sequence[CharacterSpan]) -> dict[str, float]:
    """Return how well the quotes of an answer, in their order, cover the evidence, in characters."""
    first = next((rank for rank, quote in enumerate(quotes, 1) if spans.common([quote], evidence)), 0)
    return {
        "quote_first": float(first == 1),
        "quote_any": float(first > 0),
        "quote_mrr": 1 / first if first else 0.0,
        "quote_recall": spans.recall(quotes, evidence),
        "quote_precision": spans.precision(quotes, evidence),
        "quote_iou": spans.iou(quotes, evidence),
    }
