"""Quoted is what is cut from the page: an edit of one character that a reader can see is never a quote."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import Verdict
from app.verbatim import find_words, meant, page_words, quote_with, squeeze, squeezed
from app.verification import verify_sentence
from ingest.language.folding import UNSEEN

LEDGER = (
    "The auditor re-signed the ledger on 12 17 and wrote that “the fund’s balance” was -4 million dollars, 10² letters"
    " short; nowhere did she find 3.5 per cent – or 1,500 receipts – of the women’s money."
)
_SHAPES = frozenset("\"'“”„‟«»‘’‚‛ʼʻ`´-‐‑‒–—―−…") | UNSEEN


@st.composite
def edits(draw: st.DrawFn) -> str:
    """Draw the ledger's sentence with one character that can be seen put in, left out or replaced."""
    place = draw(st.integers(0, len(LEDGER) - 2))
    seen = not LEDGER[place].isspace()
    how = draw(st.sampled_from(["in", "out", "other"] if seen and LEDGER[place] not in _SHAPES else ["in"]))
    new = draw(st.characters(categories=["L", "N", "P", "S"]).filter(lambda char: char not in _SHAPES))
    if how == "in":
        return LEDGER[:place] + new + LEDGER[place:]
    if how == "out":
        return LEDGER[:place] + LEDGER[place + 1 :]
    return LEDGER[:place] + (new if new != LEDGER[place] else "#") + LEDGER[place + 1 :]


@given(edits())
def test_an_edit_that_can_be_seen_is_no_quote(edited: str) -> None:
    same = unicodedata.normalize("NFKC", edited) == unicodedata.normalize("NFKC", LEDGER)
    if not same or squeeze(edited) != squeeze(LEDGER):  # a wide letter is the same letter
        assert not page_words(edited, [LEDGER])
        assert not quote_with(edited, [LEDGER])
        assert not find_words(edited, [LEDGER])


@given(st.data())
def test_a_sign_left_out_is_no_quote(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, char in enumerate(LEDGER[:-1]) if char in "-–²"]))
    assert not page_words(LEDGER[:place] + LEDGER[place + 1 :], [LEDGER])


@given(st.data())
def test_white_space_and_shapes_of_marks_alone_change_nothing_and_the_pages_letters_are_shown(
    data: st.DataObject,
) -> None:
    blank = data.draw(st.sampled_from(["\n", "  ", "\u00a0", " \n "]))
    apostrophe, opening, closing = data.draw(st.sampled_from([("'", '"', '"'), ("‘", "«", "»"), ("’", "„", "“")]))
    hidden = data.draw(st.sampled_from(["", "\u00ad", "\u200b", "\u2060"]))
    altered = LEDGER.replace("’", apostrophe).replace("“", opening).replace("”", closing).replace(" ", blank)
    altered = altered.replace("ledger", f"led{hidden}ger")
    assert page_words(altered, [LEDGER]) == LEDGER
    assert page_words(LEDGER, [altered]) == altered


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The envoy was able to legislate in the case of the fishermen.", "The envoy was able to leg is late in the case of the fishermen."),  # noqa: E501
        ("The tribunal now here found that it was abuse in 2019.", "The tribunal nowhere found that it was abuse in 2019."),  # noqa: E501
        ("Losses of the clinic were 7 million francs in 2019.", "Losses of the clinic were -7 million francs in 2019."),
        ("Rows 1418 list the fishermen held in 2019.", "Rows 14 18 list the fishermen held in 2019."),
        ("Rows 4 18 list the fishermen held in 2019.", "Rows 41 8 list the fishermen held in 2019."),
        ("The major recovered the file before the hearing.", "The major re-covered the file before the hearing."),
        ("The nurse counted 103 beds in the ward.", "The nurse counted 10³ beds in the ward."),
        ("The nurse counted 1/2 of the beds in the ward.", "The nurse counted ½ of the beds in the ward."),
        ("The nurse counted 500 beds in the ward.", "The nurse counted 2,500 beds in the ward."),
    ],
)  # fmt: skip
def test_other_words_of_the_same_letters_are_not_quoted(sentence: str, quote: str) -> None:
    assert verify_sentence(sentence, [quote], None).verdict is not Verdict.QUOTED
    assert not find_words(sentence, [quote])
    assert verify_sentence(quote, [quote], None).words == quote


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Losses of the clinic were 7 million francs in 2019.", "Losses of the clinic were -7 million francs in 2019."),
        ("The major recovered the file before the hearing.", "The major re-covered the file before the hearing."),
        ("The nurse counted 103 beds in the ward.", "The nurse counted 10³ beds in the ward."),
        ("The tribunal now here found that it was abuse.", "The tribunal nowhere found that it was abuse."),
    ],
)
def test_the_pages_words_are_found_for_a_sentence_that_lost_a_sign(sentence: str, quote: str) -> None:
    assert meant(sentence, ["The nurse left in May.", quote]) == quote
    assert not meant(sentence.replace("The ", "A "), ["The nurse left in May."])


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("4 million dollars were missing", "The auditor said that -4 million dollars were missing."),
        ("500 receipts were missing", "The auditor said that 1,500 receipts were missing."),
        ("5 per cent were missing", "The auditor said that 3.5 per cent were missing."),
        ("signed the ledger in June", "The auditor re-signed the ledger in June."),
        ("the auditor can", "The auditor said that the auditor can't."),
        ("the share was 40", "The auditor said that the share was 40%."),
    ],
)
def test_half_a_word_or_half_a_number_is_no_part_of_a_quote(part: str, whole: str) -> None:
    assert not quote_with(part, [whole])


def test_a_minus_that_is_lost_or_added_is_unverified() -> None:
    page = "The auditor wrote that the balance of the fund was -4 million dollars."
    lost, kept = (f"The balance of the fund was {sign}4 million dollars, the auditor wrote." for sign in ("", "−"))
    assert not verify_sentence(lost, [page], None).reworded
    assert verify_sentence(kept, [page], None).reworded


def test_a_word_broken_at_a_lines_end_is_found_whole_and_a_range_is_not_joined() -> None:
    assert find_words("the community met in the hall", ["the commu-\nnity met in the hall"])
    assert find_words("the well-known hall", ["the well-\nknown hall"])
    assert not find_words("in 20192020 they met", ["in 2019-\n2020 they met"])


def test_khmer_words_are_the_same_with_and_without_the_breaks_of_lines() -> None:
    page = "អ្នកការពារសិទ្ធិ\nមនុស្ស"
    assert find_words(page.replace("\n", ""), [page])
    assert find_words(page.replace("\n", "\u200b"), [page])


SIGNS = ["é", "e\u0301", "ﬁ", "fi", "²", "2", "-", "–", "−", "\u00ad", "-\n", " ", "“", "'", "1,5", "%", "ក", "ت", "…"]
SCRAPS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=3), max_size=12).map("".join)


@given(st.lists(SCRAPS, min_size=1, max_size=3), SCRAPS, st.data())
def test_what_is_found_is_cut_from_the_page_and_has_the_words_asked_for(
    parts: list[str], words: str, data: st.DataObject
) -> None:
    part = data.draw(st.sampled_from(parts))
    start = data.draw(st.integers(0, len(part)))
    for asked in (words, part[start : start + data.draw(st.integers(0, 8))]):
        found = find_words(asked, parts)
        assert all(0 <= start < end <= len(parts[number]) for number, start, end in found)
        if found:
            cut = [parts[number][start:end] for number, start, end in found]
            needles = {bare(asked, joined) for joined in (False, True)}
            assert any(needle in bare_of(cut, joined) for needle in needles for joined in (False, True))


def bare(text: str, joined: bool) -> str:
    return bare_of([text], joined)


def bare_of(parts: list[str], joined: bool) -> str:
    return "".join(char for char, _, _ in squeezed(parts, joined=joined)).strip("\"' .")


@pytest.mark.parametrize(
    ("words", "page"),
    [("they said el", "they said él"), ("ind the women", "ﬁnd the women"), ("the women of", "the women oﬀ")],
)
def test_half_a_letter_is_no_part_of_a_quote(words: str, page: str) -> None:
    assert not find_words(words, [page])


def test_a_part_of_a_quote_stands_for_the_whole() -> None:
    whole = "It is not true that weapons were stored in the clinic."
    assert meant("weapons were stored in the clinic.", ["The nurse left.", whole]) == whole
    assert verify_sentence("It is not true that weapons were stored", [whole], None).words == whole
