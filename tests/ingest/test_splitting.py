"""Splitting runs in the reading process, takes time in proportion to the text, and hands back places, not words."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cases import assign_cases
from ingest.documents import Block, BlockKind, Document, FileType, Page
from ingest.errors import TooBig
from ingest.limits import Limits
from ingest.load import read_file
from ingest.passage_rows import passage_rows, read_passage_rows
from ingest.passages import split_passages

PAGE = Page(
    1,
    "Nepal\n\nThe women marched in May. Nobody stopped them on the bridge.",
    (Block(BlockKind.HEADING, 0, 5, 1), Block(BlockKind.BODY, 7, 66)),
)
PAGES = {1: PAGE}
DOCUMENT = Document("0" * 64, "made.txt", FileType.TEXT, (PAGE,), language="en")


def rows() -> dict[str, Any]:
    (passage,) = assign_cases(DOCUMENT, split_passages(DOCUMENT))
    return passage_rows(passage)


def test_a_passage_comes_back_from_its_rows_as_it_was() -> None:
    assert read_passage_rows(rows(), PAGES) == assign_cases(DOCUMENT, split_passages(DOCUMENT))[0]


def test_rows_hold_no_words_of_the_page() -> None:
    assert "marched" not in str(rows())


@pytest.mark.parametrize(
    "spans",
    [[(1, 7, 9_999)], [(1, -3, 5)], [(1, 9, 9)], [(1, 12, 7)], [(2, 0, 3)], [], [(1, 7)], [("x", 0, 1)], "no", None],
)
def test_places_that_are_not_on_the_pages_are_refused(spans: object) -> None:
    wrong = rows()
    wrong["sentences"][0] = (spans, *wrong["sentences"][0][1:])
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_passage_rows(wrong, PAGES)


@pytest.mark.parametrize(
    "change", [{"sentences": []}, {"countries": {"NP": "rumour"}}, {"countries": None}, {"sentences": 5}]
)
def test_rows_of_another_shape_are_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        read_passage_rows(rows() | change, PAGES)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(-5, 3), st.integers(-5, 90), st.integers(-5, 90)), max_size=3))
def test_whatever_places_come_back_every_sentence_is_cut_from_its_page(spans: list[tuple[int, int, int]]) -> None:
    made = rows()
    made["sentences"][0] = (spans, *made["sentences"][0][1:])
    try:
        passage = read_passage_rows(made, PAGES)
    except (KeyError, ValueError):
        return
    for sentence in passage.sentences:
        assert sentence.text == " ".join(PAGES[s.page].text[s.start : s.end] for s in sentence.spans)


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("word ", 200_000),
        ("a", 1_000_000),
        ("word, and more words; ", 50_000),
        ("17,guards,beating,2020-06-04,0.52\n", 30_000),
        ("He went. ", 100_000),
        ("- release the prisoner from the jail\n", 25_000),
        (".", 1_000_000),
        ("x \n ", 250_000),
    ],
    ids=["words", "letters", "clauses", "table", "short", "items", "stops", "lines"],
)
def test_a_megabyte_of_anything_is_read_and_split_within_seconds(tmp_path: Path, unit: str, count: int) -> None:
    path = tmp_path / "endless.txt"
    path.write_text(unit * count, encoding="utf-8")
    begun = time.process_time()
    reading = read_file(path)
    assert time.process_time() - begun < 10, "the parent only reads rows"
    held = sum(len(passage.text) for passage in reading.passages)
    assert held > 0.8 * len(unit * count) or not any(char.isalpha() for char in unit)


def test_twice_the_text_takes_no_more_than_about_twice_the_time(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        page = Page(1, "word " * count, (Block(BlockKind.BODY, 0, 5 * count),))
        made = Document("0" * 64, "made.txt", FileType.TEXT, (page,), language="en")
        begun = time.process_time()
        assign_cases(made, split_passages(made))
        return time.process_time() - begun

    seconds(1_000)
    small, large = seconds(40_000), seconds(320_000)
    assert large < 24 * small  # quadratic would be 64


def test_splitting_that_takes_too_long_ends_as_too_big(tmp_path: Path) -> None:
    path = tmp_path / "thai.txt"
    path.write_text("ตำรวจค้นบ้านสิบหลังในหมู่บ้าน " * 20_000, encoding="utf-8")
    with pytest.raises(TooBig, match=r"thai\.txt takes too long"):
        read_file(path, Limits(total_seconds=3.0))
