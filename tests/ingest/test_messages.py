"""Messages as data: what they print in English, and their way to disk and back."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.messages import (
    Message,
    error_message,
    message,
    message_data,
    message_json,
    read_message,
    read_message_json,
)

VALUES = st.one_of(st.text(max_size=20), st.integers())
PAIRS = st.lists(st.tuples(st.from_regex(r"[a-z]{1,8}", fullmatch=True), VALUES), max_size=3).map(tuple)
MESSAGES = st.recursive(
    st.builds(Message, st.text(max_size=40), PAIRS),
    lambda inner: st.builds(lambda form, part: message(form, part=part), st.text(max_size=20), inner),
    max_leaves=3,
)


def test_counts_are_grouped_names_are_left_alone_and_messages_fit_into_messages() -> None:
    unread = message("no text on {pages}", pages=message("pages {numbers}", numbers="3–9"))
    assert str(message("{name} has {count} pages; {unread}", name="2020 {x}.pdf", count=1200, unread=unread)) == (
        "2020 {x}.pdf has 1,200 pages; no text on pages 3–9"
    )
    assert unread.contains(message("pages {numbers}", numbers="3–9"))
    assert not unread.contains(message("page {numbers}", numbers="3"))


@given(MESSAGES)
def test_a_message_comes_back_from_json_as_it_was(text: Message) -> None:
    assert read_message(json.loads(json.dumps(message_data(text)))) == text
    assert message_data(text) == dataclasses.asdict(text)
    if text.values or not text.form.startswith('{"form"'):
        assert read_message_json(message_json(text)) == text


def test_plain_text_of_an_earlier_version_is_a_message_without_values() -> None:
    assert read_message("ready") == read_message_json("ready") == Message("ready")


@pytest.mark.parametrize("data", [None, 3, [], {}, {"form": 3, "values": []}, {"form": "x", "values": {"a": "b"}}])
def test_what_is_no_message_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not a message"):
        read_message(data)


def test_a_hostile_form_reaches_no_attribute_of_its_values() -> None:
    form = "{name.__class__} {name[0]} {0} {name!r} {other} {name}"
    assert str(Message(form, (("name", "a.pdf"),))) == "{name.__class__} {name[0]} {0} {name!r} {other} a.pdf"


def test_an_error_keeps_its_message() -> None:
    text = message("{name} is empty: fetch the file again.", name="a.pdf")
    assert error_message(ValueError(text)) == text
    assert str(ValueError(text)) == "a.pdf is empty: fetch the file again."
    assert error_message(ValueError("plain")) == Message("plain")
