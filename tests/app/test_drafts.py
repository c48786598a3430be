"""Sentences are read out of whatever a model wraps them in, however the pieces are cut."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chat_models.drafts import SCHEMA, Draft, read_drafts

ONE = {"quotes": [{"passage": 1, "quote": 'she said "no {never}"'}], "sentence": "She said no."}
TWO = {"sentence": "They marched.", "quotes": [{"passage": "[2]", "quote": "they marched"}]}
FLAT = {"passage": 3, "quote": "they were freed", "sentence": "They were freed."}
DRAFTS = [
    Draft("She said no.", ((1, 'she said "no {never}"'),)),
    Draft("They marched.", ((2, "they marched"),)),
    Draft("They were freed.", ((3, "they were freed"),)),
]
WRAPPED = [
    "\n".join(map(json.dumps, [ONE, TWO, FLAT])),
    json.dumps([ONE, TWO, FLAT]),
    json.dumps({"sentences": [ONE, TWO, FLAT]}, indent=2),
    "Here it is:\n```json\n" + ",\n".join(json.dumps(each, indent=1) for each in (ONE, TWO, FLAT)) + "\n```\nDone }.",
]


@pytest.mark.parametrize("text", WRAPPED)
@given(cuts=st.lists(st.integers(min_value=0, max_value=600), max_size=12))
def test_sentences_are_the_same_however_they_are_wrapped_and_cut(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert list(read_drafts(pieces)) == DRAFTS


@given(st.text(alphabet='{}[]"\\,: \nab', max_size=200))
def test_any_text_is_read_without_an_error_and_does_not_hide_the_sentence_on_the_next_line(noise: str) -> None:
    drafts = list(read_drafts([noise, "\n", json.dumps(ONE)]))
    assert drafts[-1:] == DRAFTS[:1]


@given(st.integers(min_value=0, max_value=len(json.dumps(ONE)) - 1))
def test_what_breaks_off_is_no_sentence(length: int) -> None:
    assert list(read_drafts([json.dumps(ONE)[:length]])) == []


def test_a_quotation_mark_too_many_spoils_its_own_line_alone() -> None:
    broken = '{"sentence": "She said "no.", "quotes": []}'
    assert list(read_drafts([broken, "\n", json.dumps(TWO)])) == DRAFTS[1:2]


def test_the_schema_describes_what_is_read() -> None:
    item = SCHEMA["properties"]["sentences"]["items"]
    assert set(item["required"]) == set(ONE)
