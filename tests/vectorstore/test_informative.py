"""Sentences that say little are told from those that answer, in languages and words that nothing was learned from."""

from __future__ import annotations

import numpy as np
import pytest

from encoder.e5_file import find_weights
from vectorstore.embeddings import E5, open_embedder
from vectorstore.informative import WEIGHTS, emptiness
from vectorstore.library import Library
from vectorstore.reading import reorder
from vectorstore.records import Scope
from vectorstore.retriever import first_stage

SAY_LITTLE = (
    "This paper gives an account of how the inquiry came about.",
    "Chart 7 sets out the same numbers by province.",
    "Part two of this submission turns to the courts.",
    "Ce document présente les résultats de notre enquête.",
    "En la sección siguiente se examinan las causas.",
    "В этой главе речь идет о судах.",
)
SAY_SOMETHING = (
    "Soldiers burned 41 houses in the village on 3 May.",
    "The court freed both editors after nine months.",
    "Les gendarmes ont arrêté onze syndicalistes à Labé.",
    "La mina contaminó el río y nadie fue sancionado.",
    "Суд приговорил журналистку к пяти годам колонии.",
    "She said that the guards had beaten her with cables.",
)


@pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
def test_a_report_that_speaks_of_itself_says_little_and_what_happened_says_something() -> None:
    embedder = open_embedder(E5)
    little = emptiness(E5, np.asarray(embedder.embed(SAY_LITTLE)))
    something = emptiness(E5, np.asarray(embedder.embed(SAY_SOMETHING)))
    assert sum(one > 0.5 for one in little) >= len(little) - 1, dict(zip(SAY_LITTLE, little, strict=True))
    assert max(something) < min(*little, 0.1), dict(zip(SAY_SOMETHING, something, strict=True))


def test_with_an_embedder_that_nothing_was_fitted_for_no_sentence_counts_less() -> None:
    assert WEIGHTS.is_file()
    assert emptiness("another", np.ones((2, 3), dtype=np.float32)) == [0.0, 0.0]
    assert emptiness(E5, np.zeros((0, 384), dtype=np.float32)) == []


def test_what_counts_less_changes_the_order_and_no_score() -> None:
    from reader.reader import Answering

    read = {number: Answering(0.5, None) for number in (1, 2, 3)}
    scores = {1: 0.9, 2: 0.8, 3: 0.1}
    assert reorder(scores, read, 1.0) == scores
    after = reorder(scores, read, 1.0, {1: 1.0})
    assert sorted(after.values()) == sorted(scores.values())
    assert after[2] > after[1] > after[3]


def test_candidates_know_how_little_they_say(sample_library: Library) -> None:
    found = first_stage(sample_library, "What does Figure 1 show?", Scope()).sentences
    by_text = {item.sentence.text: item.emptiness for item in found}
    assert by_text["Figure 1 shows the four counts."] > 0.9
    assert len({item.emptiness for item in found}) > 10
