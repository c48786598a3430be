"""The check of quotes knows a paragraph that a footnote interrupts from one whose words were changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.answers import is_on_page

PIECE = st.text("abcd", min_size=40, max_size=80)
OTHER = st.text("efgh", min_size=40, max_size=80)


@given(PIECE, OTHER, st.text("xyz", min_size=1, max_size=60), st.text("xyz", max_size=20))
def test_a_paragraph_stands_whole_or_with_one_footnote_in_its_midst(
    first: str, rest: str, note: str, head: str
) -> None:
    assert is_on_page(first + rest, head + first + rest)
    assert is_on_page(first + rest, head + first + note + rest)


@given(PIECE, OTHER, st.text("xyz", min_size=1, max_size=60))
def test_a_changed_word_or_another_order_does_not_stand(first: str, rest: str, note: str) -> None:
    assert not is_on_page(first + "q" + rest, first + note + rest)
    assert not is_on_page(f"{first}q", first + note)
    assert not is_on_page(rest + first, first + note + rest)
