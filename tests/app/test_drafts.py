"""Sentences are read out of whatever a model wraps them in, however the pieces are cut."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chat_models.drafts import SCHEMA, Draft, read_drafts
from ingest.invisible import visible_text

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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["sentence", "quotes", "quote", "passage", "sentences"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(JSON | st.text(max_size=30), max_size=4))
def test_whatever_a_model_writes_is_read_without_an_error_and_can_be_shown_and_saved(values: list[object]) -> None:
    reply = "\n".join(value if isinstance(value, str) else json.dumps(value) for value in values)
    for draft in read_drafts([reply]):
        assert draft.text
        for text in (draft.text, *(quote for _, quote in draft.quotes)):
            text.encode()
            assert text.isascii() or visible_text(text) == text
            assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in text)
        assert all(number >= 0 for number, _ in draft.quotes)


@pytest.mark.parametrize(
    "broken",
    [
        '{"sentence": "x", "quotes": ' + "[" * 9_000 + "]" * 9_000 + "}",
        '{"passage": ' + "9" * 5_000 + ', "quote": "q", "sentence": "x"}',
        '{"a":' * 3_000 + "1" + "}" * 3_000,
        "{" * 50_000,
    ],
)
def test_brackets_and_digits_without_end_are_no_sentence(broken: str) -> None:
    assert list(read_drafts([broken, "\n", json.dumps(ONE)])) == DRAFTS[:1]


def test_a_passages_number_of_a_thousand_digits_is_none() -> None:
    (draft,) = read_drafts([json.dumps({"passage": "9" * 5_000, "quote": "they were freed", "sentence": "Freed."})])
    assert draft.quotes == ((0, "they were freed"),)


def test_what_nobody_sees_in_a_sentence_is_left_out() -> None:
    hidden = "Fi\u200bfty \u202e14\u202c wo\U000e0041men\ud800 we\u00adre \x1b]0;mine\x07freed."
    (draft,) = read_drafts([json.dumps({"passage": 1, "quote": hidden, "sentence": hidden})])
    assert draft == Draft("Fifty 14 women were ]0;minefreed.", ((1, "Fifty 14 women were ]0;minefreed."),))
