"""Evidence and passages meet in letters, whatever white space, hyphens and order the extractors gave."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.coordinates import Coordinates, PageLetters
from evaluation.data_sets import Evidence, comparable
from evaluation.spans import CharacterSpan

TEXT = "Ten women were ar-\nrested in the  “capital”."


def evidence(text: str, page: int | None = 1) -> Evidence:
    return Evidence("a.pdf", page, text, 40, 50)


def test_extractors_agree_on_what_is_comparable() -> None:
    ways = [
        "conflict-related",
        "conflict\x02related",
        "conflict\ufffe\r\nrelated",
        "conflict\u00ad\nrelated",
        "conflictrelated",
    ]
    assert {comparable(way) for way in ways} == {"conflictrelated"}
    assert comparable("“It’s” 5 %") == '"It\'s"5%'
    assert comparable("Not") != comparable("not"), "letters are kept as they are"


def test_a_span_is_measured_in_letters_alone() -> None:
    letters = PageLetters(TEXT)
    assert letters.measure(0, 9) == (0, 8)
    assert letters.measure(3, 4) == (3, 3), "a space holds no letter"
    start = TEXT.index("ar-")
    assert letters.measure(start, start + len("ar-\nrested")) == (12, 20)
    assert letters.measure(0, len(TEXT)) == (0, len(comparable(TEXT)))


def test_text_is_found_across_hyphens_white_space_and_quotation_marks() -> None:
    letters = PageLetters(TEXT)
    assert letters.find("arrested in") == (12, 22)
    assert letters.find('"capital"') == (25, 34)
    assert letters.find("arrested at") is None
    assert letters.find(" -\n") is None, "no letter stands everywhere and nowhere"


@given(st.text(alphabet="ab -\n’'\u00ad", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_slice_is_as_long_as_its_letters(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = PageLetters(text).measure(start, end)
    assert comparable(text)[first:last] == comparable(text[start:end])


def test_two_extractors_meet() -> None:
    theirs = 'Ten  women were arrested in the "capital".'
    coordinates = Coordinates(lambda document, page: TEXT)
    located = coordinates.locate(evidence("women were arrested"))
    start = TEXT.index("women")
    assert located == coordinates.measure(CharacterSpan("a.pdf", 1, start, TEXT.index(" in the")))
    assert coordinates.find("a.pdf", 1, theirs) == CharacterSpan("a.pdf", 1, 0, len(comparable(TEXT)))


def test_evidence_in_another_order_is_not_located() -> None:
    assert Coordinates(lambda document, page: TEXT).locate(evidence("capital arrested")) is None


def test_a_text_file_keeps_its_own_offsets() -> None:
    coordinates = Coordinates(lambda document, page: "never read")
    assert coordinates.locate(evidence("anything", page=None)) == CharacterSpan("a.pdf", None, 40, 50)
    span = CharacterSpan("a.txt", None, 3, 9)
    assert coordinates.measure(span) == span
