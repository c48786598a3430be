"""Sentences: boundaries, abbreviations, scripts, lengths."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import BlockKind
from ingest.sentences import WHOLE_CHARACTERS, ends_sentence, is_prose, paragraph_number, split_sentences

NUMBERED = "Art. Arts. No. Nos. Sec. para. paras. p. pp. vol. cf. v.".split()


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "abbreviation",
    "Mr.|Ms.|Mrs.|Dr.|Prof.|St.|Gen.|Hon.|U.S.|U.N.|Art.|Arts.|No.|Nos.|Sec.|para.|paras.|p.|pp.|vol.|cf.|v.".split(
        "|"
    ),
)
def test_abbreviations_end_no_sentence(abbreviation: str) -> None:
    following = "12 to 14" if abbreviation in NUMBERED else "Rai"
    sentence = f"The commission relied in its findings on the words of {abbreviation} {following} from that year."
    after = "The government denied everything that was said there."
    assert split(f"{sentence} {after}") == [sentence, after]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Правозащитницы вышли на мирный марш в столице страны.", "Милиция задержала около семидесяти участниц марша!"],
        ["नेपालमा महिला मानव अधिकार रक्षकहरूले अभियान चलाए।", "सरकारले उनीहरूको सुरक्षाका लागि कानुन बनाएन।"],
        ["La Comisión recibió a las defensoras en Puerto Príncipe.", "¿Quién responde por las víctimas de esa noche?"],
        ["“We were not afraid of them at all,” she said.", "“They were afraid of what we had written down.”"],
        ["Did anybody answer the letter of the families?", "Nobody did so in the eleven years that followed!"],
    ],
)
def test_sentences_end_where_their_script_ends_them(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_short_pieces_join_what_follows() -> None:
    assert split("Ibid. See the report of the commission on the march.") == [
        "Ibid. See the report of the commission on the march."
    ]


def test_a_short_last_piece_joins_the_sentence_before() -> None:
    text = "The commission heard every witness from the valley. They wept."
    assert split(text) == [text]


def test_a_text_shorter_than_any_sentence_is_one() -> None:
    assert split("Nobody came.") == ["Nobody came."]
    assert split("") == []
    assert split("  \n ") == []


def test_long_sentences_are_cut_at_semicolons_before_blanks() -> None:
    clause = "the right of every defender to be heard by a court without delay and without fear of reprisal"
    text = "; ".join([clause] * 8) + "."
    pieces = split(text)
    assert len(pieces) > 1
    assert all(len(piece) <= WHOLE_CHARACTERS for piece in pieces)
    assert all(piece.endswith(";") for piece in pieces[:-1])


def test_a_footnote_mark_behind_a_full_stop_ends_the_sentence_without_it() -> None:
    text = "The village was burned in March.1 Its people fled to the hills across the river.12"
    assert split(text) == ["The village was burned in March.", "Its people fled to the hills across the river."]


def test_known_marks_end_the_sentence_before_any_letter() -> None:
    text = "The village was burned that day.1 iDefend recorded the names of the dead."
    place = text.index("1")
    spans = split_sentences(text, [(place, place + 1)])
    assert [text[start:end] for start, end in spans] == [
        "The village was burned that day.",
        "iDefend recorded the names of the dead.",
    ]


WORDS = (
    "the commission heard Mr. Tamang Nepal 1,073 U.S. No. 5 Art. 7 Она सरकारले 24.kg e.g. A/HRC/16/44 2019; said, end."
    " end! “yes” (no) was.” 65%".split()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=200).map(" ".join))
def test_no_word_is_ever_cut(text: str) -> None:
    spans = split_sentences(text)
    for (_, end), (start, _) in pairwise(spans):
        assert text[end:start].isspace()
    for start, end in spans:
        assert not text[start:end][:1].isspace()
        assert 0 < end - start <= WHOLE_CHARACTERS


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=1500) | st.text(alphabet="aZ .!?1”;\n", min_size=1, max_size=1500))
def test_any_text_is_split_in_order_without_losing_a_letter(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(end - start <= WHOLE_CHARACTERS for start, end in spans)
    outside = list(text)
    for start, end in spans:
        outside[start:end] = [""] * (end - start)
    assert re.fullmatch(r"[\s\d]*", "".join(outside))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3000))
def test_a_word_without_end_is_cut_by_length_alone(length: int) -> None:
    assert "".join(split("x" * length)) == "x" * length


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12. UNMISS recorded", ("12", 4)),
        ("104.\tStandards on paper", ("104", 5)),
        ("2019 was a year", ("", 0)),
        ("12.5 per cent of them", ("", 0)),
        ("12.", ("", 0)),
        ("He said 12. Then", ("", 0)),
    ],
)
def test_paragraph_numbers_stand_at_the_start_before_words(text: str, number: tuple[str, int]) -> None:
    assert paragraph_number(text) == number


@pytest.mark.parametrize("text", ["It ended.", "It ended.”", "It ended.12", "Why?", "सरकारले भन्यो।", "រដ្ឋ។", "so: "])
def test_a_full_stop_of_any_script_ends_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["It went on", "It went on,", "and 12", "", "the (second)"])
def test_an_open_line_ends_no_sentence(text: str) -> None:
    assert not ends_sentence(text)


def test_only_full_sentences_of_body_text_are_prose() -> None:
    sentence = "The commission heard every witness from the valley."
    assert is_prose(sentence, BlockKind.BODY)
    assert not is_prose(sentence, BlockKind.HEADING)
    assert not is_prose(sentence, BlockKind.FOOTNOTE)
    assert not is_prose(sentence.rstrip("."), BlockKind.BODY)
    assert not is_prose("1,204 88 12.5 1,377 91 13.1 in 2018.", BlockKind.BODY)


@given(st.text(alphabet=" \xa0\u2003\u3000\u2028\u2029\x85\t\n.!?…।។Aaé1’”)"))
def test_blanks_of_every_kind_around_full_stops_do_no_harm(text: str) -> None:
    for start, end in split_sentences(text):
        assert text[start:end].strip() == text[start:end] != ""
