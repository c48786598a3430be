"""Texts become tokens, and tokens places in texts again, in every script."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.e5_file import find_weights
from encoder.tokens import BEGIN, END
from reader.opening import prepare, shipped_folder
from reader.pairs import BEFORE, MOST_BEFORE, MOST_FIRST, MOST_SECOND, in_context, lay_out
from reader.texts import Texts

pytestmark = pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")


@pytest.fixture(scope="module")
def texts() -> Texts:
    prepare()
    return Texts(shipped_folder())


@given(
    first=st.lists(st.integers(3, 99), max_size=200),
    second=st.lists(st.integers(3, 99), max_size=600),
)
def test_a_pair_keeps_its_marks_and_loses_what_is_too_much(first: list[int], second: list[int]) -> None:
    for text, laid, most in zip((first, second), lay_out(first, second), (MOST_FIRST, MOST_SECOND), strict=True):
        assert laid == [BEGIN, *text[:most], END]


def test_a_sentence_is_read_with_whole_sentences_before_it_the_nearest_at_least() -> None:
    assert in_context("She was fired.", []) == "She was fired."
    assert (
        in_context("She was fired.", ["Anna came.", "She met Bo."]) == f"She was fired.{BEFORE}Anna came. She met Bo."
    )
    assert in_context("She was fired.", ["x" * MOST_BEFORE, "Anna came."]) == f"She was fired.{BEFORE}Anna came."
    assert in_context("She was fired.", ["long " * MOST_BEFORE]).endswith("long " * (MOST_BEFORE // 5))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The police detained at least 50 marchers in Bishkek.", "at least 50"),
        ("Полиция задержала не менее 50 участниц марша.", "не менее 50"),
        ("प्रहरीले कम्तीमा ५० जनालाई पक्राउ गर्‍यो।", "कम्तीमा ५०"),
        ("اعتقلت الشرطة 50 امرأة على الأقل.", "50 امرأة"),
        ("  two  blanks\nand a line ", "blanks"),
    ],
)
def test_the_tokens_of_words_lead_back_to_them(texts: Texts, text: str, words: str) -> None:
    start = text.index(words)
    cut = texts.cut_words(text)
    inside = [
        place
        for place in range(len(cut.ids))
        if start <= cut.place(place, place)[0] and cut.place(place, place)[1] <= start + len(words)
    ]
    found = cut.place(inside[0], inside[-1])
    assert text[found[0] : found[1]] == words


@given(text=st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_every_token_has_a_place(texts: Texts, text: str) -> None:
    cut = texts.cut_words(text)
    for place in range(len(cut.ids)):
        start, end = cut.place(place, place)
        assert 0 <= start < end <= len(text)


def test_words_cut_alone_give_the_tokens_of_the_text(texts: Texts) -> None:
    for text in ("The women marched, and 1,200 people watched.", "Женщины вышли на марш.", "ស្ត្រីដើរក្បួន។"):
        assert texts.cut_words(text).ids == texts.cut([text])[0]


def test_a_folder_without_vocabulary_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="pieces"):
        Texts(tmp_path)
