"""When an answer is given: weights fitted on open data, to this reader and these embedders."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from app.answers import AnswerStatus
from app.assistant import ask
from app.refusal import evidence
from app.refusal.answerability import SETS_OF_SIGNALS, SIGNALS, Fitted, Model, fitted
from app.refusal.evidence import Evidence, answerability, find_evidence, measure_evidence, subject
from evaluation.refusal import off_topic
from reader.opening import open_reader
from vectorstore.embeddings import E5, MINILM
from vectorstore.library import Library
from vectorstore.question import read_question
from vectorstore.retriever import retrieve


def test_what_ships_was_fitted_to_the_reader_that_ships() -> None:
    reader = open_reader()
    assert reader is not None
    assert reader.name == fitted().reader, "the reader was trained anew: run `whrd-eval calibrate`"


@pytest.mark.parametrize(("embedder", "own"), [*itertools.product((E5, MINILM), (True, False))])
def test_every_set_of_signals_has_a_model_in_which_reading_speaks_for_an_answer(embedder: str, own: bool) -> None:
    for known in SETS_OF_SIGNALS:
        model = fitted().model_for(embedder, own, known)
        assert (model.embedder, set(model.weights)) == (embedder, set(known))
        if "read" in known:
            assert model.weights["read"] > 0


def test_an_embedder_that_nothing_was_fitted_for_is_judged_without_cosines() -> None:
    model = fitted().model_for("somebody's own", True, ("coverage", *SIGNALS))
    assert set(model.weights) == {"coverage", "read"}


def test_the_score_is_a_weighted_sum() -> None:
    assert Model("e", True, {"read": 2.0, "cosine": -1.0}, 0.5).score({"read": 1.5, "cosine": 2, "plain": 9}) == 1.5


def test_a_question_refused_before_reading_would_be_refused_after_it(sample_library: Library) -> None:
    early = 0
    for question in [question.text for question in off_topic(["en"])][:20]:
        found = find_evidence(sample_library, question)
        read = retrieve(sample_library, question)
        signals = measure_evidence(sample_library, question, read)
        assert signals is not None
        near = subject(sample_library, signals) >= 0
        strong = answerability(sample_library, signals) >= (0 if near else evidence._DOUBTED)
        assert (found.evidence is Evidence.STRONG) == strong
        early += all(item.read is None for item in found.retrieval.passages)
    assert early > 0, "no question was refused before reading: the bound is of no use"


def test_another_reader_orders_passages_and_decides_nothing(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Fitted("another", fitted().most_read, fitted().models)
    monkeypatch.setattr(evidence, "fitted", lambda: other)
    found = find_evidence(sample_library, "How many people were detained in Bishkek on 8 March 2020?")
    assert any(item.read is not None for item in found.retrieval.passages)
    signals = measure_evidence(sample_library, "How many were detained in Bishkek?", found.retrieval)
    assert signals is not None
    assert signals.read is not None
    surer = dataclasses.replace(signals, read=signals.read + 3)
    assert answerability(sample_library, surer) == answerability(sample_library, signals)
    monkeypatch.undo()
    assert answerability(sample_library, surer) > answerability(sample_library, signals)


def test_a_name_that_stands_in_the_reports_is_never_refused(sample_library: Library) -> None:
    for question in ("Aiganysh", "WOREC", "Who is WOREC?", "Qui est WOREC ?", "what is the feminnale"):
        found = find_evidence(sample_library, question)
        stands = sample_library.catalogue.full_text.passages_with(read_question(question).alone)
        assert (found.evidence is Evidence.STRONG) or not stands, question
    assert read_question("Qui est WOREC ?").alone == "worec"
    assert ask(sample_library, "what is the feminnale").status is AnswerStatus.ANSWERED
    assert "Feminnale" in " ".join(sentence.text for sentence in ask(sample_library, "what is the feminnale").shown)
    assert ask(sample_library, "Who is Zyxwvu Quokka?").status is AnswerStatus.NOT_FOUND
