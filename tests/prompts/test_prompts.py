"""Prompts: their placeholders are checked both ways."""

from __future__ import annotations

import pytest

from app.chat_models.drafts import read_drafts
from prompts import REFUSAL, PromptError, load_prompt


@pytest.mark.parametrize("form", ["answer_lines", "answer_form"])
def test_the_answer_prompt_holds_what_it_is_given_and_the_refusal(form: str) -> None:
    written = load_prompt(form, refusal=REFUSAL)
    assert REFUSAL in written
    text = load_prompt("answer", passages="[1] The march.", question="Who marched?", form=written)
    assert "[1] The march." in text
    assert "Question: Who marched?" in text
    assert written in text
    assert "$" not in text


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    text = load_prompt("answer", passages="it cost $question and $5", question="Who?", form="lines")
    assert "it cost $question and $5" in text


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"passages": "a", "question": "b"}, "form"),
        ({"passages": "a", "question": "b", "form": "c", "tone": "d"}, "tone"),
        ({"passages": "a", "query": "b", "form": "c"}, "query, question"),
        ({}, "form, passages, question"),
    ],
)
def test_placeholders_and_values_must_be_the_same(values: dict[str, str], named: str) -> None:
    with pytest.raises(PromptError, match=f"'answer'.*differ in {named}"):
        load_prompt("answer", **values)


@pytest.mark.parametrize("name", ["answers", "", "__init__"])
def test_an_unknown_prompt_is_named(name: str) -> None:
    with pytest.raises(PromptError, match="no prompt"):
        load_prompt(name)


def test_the_line_that_the_prompt_shows_is_read_as_a_sentence_with_its_quote() -> None:
    shown = load_prompt("answer_lines", refusal=REFUSAL).replace("NUMBER", "3")
    (draft,) = read_drafts([shown])
    assert draft.quotes == ((3, "words copied from that passage"),)


@pytest.mark.parametrize("said", ["valid: quote", "not valid, the quote was changed"])
def test_the_answer_prompt_shows_what_is_valid_and_what_is_not(said: str) -> None:
    assert said in load_prompt("answer", passages="", question="", form="")
