"""One question's outcome, from a pipeline whose results are known."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from pathlib import Path

import pytest

from evaluation.coordinates import Coordinates
from evaluation.data_sets import Evidence, Question
from evaluation.pipeline import Ingested, Result
from evaluation.retrieval import measure, quote_figures
from evaluation.spans import CharacterSpan

PAGES = {1: "Nothing of use.", 2: "Ten women were arre-\nsted.", 3: "They were freed in May."}


class KnownPipeline:
    """Finds always the same."""

    def __init__(self, results: Sequence[tuple[int, int, int]], quotes: Sequence[tuple[int, int, int]] | None) -> None:
        self._results, self._quotes = results, quotes
        self._coordinates = Coordinates(lambda document, page: PAGES[page])

    def ingest(self, documents: Path) -> Ingested:
        raise NotImplementedError

    def search(self, question: str, count: int) -> list[Result]:
        spans = [CharacterSpan("a.pdf", *each) for each in self._results]
        return [Result((span,), PAGES[span.page or 0][span.start : span.end]) for span in spans][:count]

    def quotes(self, question: str) -> list[CharacterSpan] | None:
        if self._quotes is None:
            return None
        return [self._coordinates.measure(CharacterSpan("a.pdf", *each)) for each in self._quotes]

    def measure(self, result: Result) -> list[CharacterSpan]:
        return [self._coordinates.measure(span) for span in result.spans]

    def locate(self, evidence: Evidence) -> CharacterSpan | None:
        return self._coordinates.locate(evidence)

    def close(self) -> None:
        pass


def question(*evidence: tuple[int, str]) -> Question:
    pieces = tuple(Evidence("a.pdf", page, text, 0, len(text)) for page, text in evidence)
    return Question("q1", "Who was arrested?", (), pieces, True, "en")


def test_an_outcome_by_hand() -> None:
    pipeline = KnownPipeline([(1, 0, 15), (2, 0, 14)], [(2, 0, 26)])
    (outcome,) = measure(pipeline, [question((2, "women were arrested."), (3, "freed in May."))])
    assert outcome.gold == (("a.pdf", 2), ("a.pdf", 3))
    assert outcome.pages == ((("a.pdf", 1),), (("a.pdf", 2),))
    assert outcome.figures == {
        "hit@1": 0,
        "hit@5": 1,
        "hit@10": 1,
        "all_pages@5": 0,
        "ndcg@10": pytest.approx((1 / log2(3)) / (1 + 1 / log2(3))),
        "passage_recall@5": pytest.approx(len("womenwere") / len("womenwerearrested.freedinMay.")),
        "quote_first": 1,
        "quote_any": 1,
        "quote_mrr": 1,
        "quote_recall": pytest.approx(len("womenwerearrested.") / len("womenwerearrested.freedinMay.")),
        "quote_precision": pytest.approx(len("womenwerearrested.") / len("Tenwomenwerearrested.")),
        "quote_iou": pytest.approx(len("womenwerearrested.") / len("Tenwomenwerearrested.freedinMay.")),
    }
    assert (outcome.evidence, outcome.evidence_not_located, outcome.passages_not_located) == (2, 0, 0)


def test_only_the_first_five_passages_are_read() -> None:
    pipeline = KnownPipeline([*[(1, 0, 15)] * 5, (2, 0, 26)], None)
    (outcome,) = measure(pipeline, [question((2, "Ten women"))])
    assert (outcome.figures["hit@5"], outcome.figures["hit@10"]) == (0, 1)
    assert outcome.figures["passage_recall@5"] == 0


def test_the_place_of_the_first_quote_with_evidence_counts() -> None:
    quotes = [CharacterSpan("a.pdf", 1, 0, 9), CharacterSpan("a.pdf", 2, 3, 7), CharacterSpan("a.pdf", 2, 0, 9)]
    evidence = [CharacterSpan("a.pdf", 2, 5, 6)]
    assert quote_figures(quotes, evidence)["quote_mrr"] == 1 / 2
    assert quote_figures(quotes, evidence)["quote_first"] == 0
    assert quote_figures(quotes, evidence)["quote_any"] == 1
    assert quote_figures(quotes[:1], evidence)["quote_mrr"] == 0


def test_an_answer_without_quotes_scores_nothing_and_a_pipeline_without_answers_is_not_scored() -> None:
    silent, mute = (measure(KnownPipeline([], quotes), [question((2, "Ten women"))])[0] for quotes in ([], None))  # type: ignore[var-annotated]
    assert (silent.figures["quote_recall"], silent.figures["quote_precision"], silent.figures["quote_iou"]) == (0, 0, 0)
    assert not [name for name in mute.figures if name.startswith("quote")]


def test_evidence_that_is_not_located_is_counted_and_left_out() -> None:
    pipeline = KnownPipeline([(2, 0, 26)], [(2, 0, 26)])
    half, none = measure(pipeline, [question((2, "Ten women"), (2, "arrested women")), question((2, "arrested women"))])
    assert (half.figures["passage_recall@5"], half.evidence, half.evidence_not_located) == (1, 2, 1)
    assert none.evidence_not_located == 1
    assert set(none.figures) == {"hit@1", "hit@5", "hit@10", "all_pages@5", "ndcg@10"}
