"""Follow-up questions stand alone; questions that do already are never touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from app.follow_ups.reading import read_as, read_question
from app.follow_ups.rephrase import rephrase_question
from evaluation.data_sets import read_questions
from evaluation.follow_ups import read_follow_ups, run_follow_ups, untouched
from ingest.language.countries import parse_country
from vectorstore.library import Library
from vectorstore.records import Scope

DATA = Path(__file__).resolve().parents[2] / "data"
MARCH = "What happened on 8 March 2020 in Bishkek?"
WAGE = "What is the minimum wage in Cambodia?"


@pytest.mark.parametrize(
    ("earlier", "asked", "question"),
    [
        ([WAGE], "and in Nepal?", "What is the minimum wage in Nepal?"),
        ([WAGE], "nepal?", "What is the minimum wage in nepal?"),
        (["Quel est le salaire minimum au Cambodge ?"], "Et au Népal ?", "Quel est le salaire minimum au Népal ?"),
        (["¿Qué leyes hay en Camboya?"], "¿Y en Nepal?", "¿Qué leyes hay en Nepal?"),
        (["Какая зарплата в Камбодже?"], "А в Непале?", "Какая зарплата в Непале?"),
        (["Wages in 2014?"], "and in 2019?", "Wages in 2019?"),
        ([MARCH], "why?", f"Why? ({MARCH})"),
        ([MARCH], "Who said that?", f"Who said that? ({MARCH})"),
        ([MARCH, "why?"], "Were they freed?", f"Were they freed? ({MARCH})"),
        ([WAGE], "What about women journalists?", "What about women journalists? (Cambodia)"),
        ([WAGE, "and in Nepal?"], "And in Kyrgyzstan?", "What is the minimum wage in Kyrgyzstan?"),
    ],
)
def test_a_follow_up_is_made_to_stand_alone(earlier: list[str], asked: str, question: str) -> None:
    assert read_question(asked, earlier).question == question


@pytest.mark.parametrize("asked", ["How many were detained?", "When women organise, who protects them?", "and", "?"])
def test_a_question_that_stands_alone_is_left_as_it_is(asked: str) -> None:
    assert not read_question(asked, [MARCH]).rewritten


@given(st.text(max_size=80))
def test_without_an_earlier_question_nothing_is_rewritten(asked: str) -> None:
    assert not read_question(asked, []).rewritten


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_was_made_to_stand_alone_is_not_rewritten_again(asked: str, previous: str) -> None:
    once = read_question(asked, [previous]).question
    if once.endswith(")"):
        assert read_question(once, [previous]).question == once


def test_a_follow_up_that_names_another_country_goes_there_and_says_so() -> None:
    scope = Scope(("a",), (parse_country("Cambodia"),))
    reading = read_question("and in Nepal?", [WAGE], scope)
    assert reading.scope == Scope(("a",), (parse_country("Nepal"),))
    assert read_as(reading) == "Read as: What is the minimum wage in Nepal? [Nepal]"
    assert read_question("why?", [WAGE], scope).scope == scope
    assert read_question("What happened to the marchers in Nepal?", [WAGE], scope).scope == scope


@pytest.mark.slow
def test_the_follow_ups_of_the_set_keep_their_figures(sample_library: Library) -> None:
    outcomes = run_follow_ups(sample_library, read_follow_ups(DATA / "follow_ups.jsonl"))
    asked = [outcome for outcome in outcomes if outcome.kind != "alone"]
    for split in ("dev", "test"):
        own = [outcome for outcome in asked if outcome.split == split]
        assert sum(o.same_page for o in own) >= 0.85 * len(own)
        assert sum(o.same_page_as_typed for o in own) < 0.5 * len(own), "the set would measure nothing"
    assert [o for o in outcomes if o.kind == "alone" and o.read_as != o.asked] == []


def test_the_samples_own_questions_stay_as_they_are() -> None:
    lines = (DATA / "sample" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert untouched([json.loads(line)["question"] for line in lines]) == []


@pytest.mark.parametrize("name", ["humanrights", "squad2", "chunking", "financebench"])
def test_the_questions_of_the_sets_stay_as_they_are(name: str, eval_sets: Path) -> None:
    questions = [question.text for question in read_questions(eval_sets / name)]
    assert len(untouched(questions)) <= 0.02 * len(questions)


# -- with a chat model --------------------------------------------------------------------------------------------


def _says(text: str) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter([AIMessage(text)]))


def test_a_model_words_a_follow_up() -> None:
    reading = rephrase_question(_says("Why were the marchers in Bishkek attacked?"), "why?", [MARCH])
    assert reading.question == "Why were the marchers in Bishkek attacked?"
    assert reading.asked == "why?"


def test_a_model_is_not_asked_about_a_question_that_stands_alone() -> None:
    model = GenericFakeChatModel(messages=iter(()))
    assert not rephrase_question(model, "How many were detained?", [MARCH]).rewritten


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Because they marched",
        "Sure!\nWhy were they attacked?",
        "Why were they attacked in 2019?",
        "Why were they attacked in Nepal?",
        "Why " * 200 + "?",
    ],
)
def test_what_a_model_makes_up_is_not_asked(written: str) -> None:
    assert rephrase_question(_says(written), "why?", [MARCH]).question == f"Why? ({MARCH})"


def test_a_model_may_not_lose_the_country_that_was_asked_for() -> None:
    reading = rephrase_question(_says("What is the minimum wage in Cambodia?"), "and in Nepal?", [WAGE])
    assert reading.question == "What is the minimum wage in Nepal?"


def test_a_model_that_fails_leaves_the_rules_words() -> None:
    model = GenericFakeChatModel(messages=iter(()))  # has nothing to say: it raises
    assert rephrase_question(model, "why?", [MARCH]).question == f"Why? ({MARCH})"
