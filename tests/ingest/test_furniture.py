"""Running lines and printed page numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_maker import TOP, Item, Print, make_pdf, paragraph

from ingest.documents import BlockKind, Document
from ingest.load import load
from ingest.passages import split_passages
from ingest.pdf.labels import printed_labels, roman_value

ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
TOPICS = "rivers teachers courts harvests markets nurses roads letters".split()


def report(tmp_path: Path, numbers: list[str], own_labels: str = "") -> Document:
    """A report with a running header and footer; ``numbers`` are printed on its pages."""
    pages: list[list[Item]] = [
        [
            Print(f"People and {topic}", TOP, size=16),
            *paragraph(f"This page is about {topic} and about everybody who lives by {topic} in the valley.", 600),
            Print("Annual Review of the Valley", 810),
            Print(f"The Valley Press | {number}", 30),
        ]
        for topic, number in zip(TOPICS, numbers, strict=False)
    ]
    return load(make_pdf(tmp_path / "report.pdf", pages, labels=own_labels))


def test_running_lines_stay_on_the_page_but_out_of_the_passages(tmp_path: Path) -> None:
    document = report(tmp_path, ["1", "2", "3", "4", "5", "6"])
    said = " ".join(passage.text for passage in split_passages(document))
    for page, topic in zip(document.pages, TOPICS, strict=False):
        assert "Annual Review of the Valley" in page.text
        assert f"The Valley Press | {page.number}" in page.text
        assert f"This page is about {topic}" in said
    assert "Annual Review" not in said
    assert "Valley Press" not in said


def test_roman_page_numbers_are_running_lines_as_well(tmp_path: Path) -> None:
    document = report(tmp_path, ["i", "ii", "iii", "iv", "v", "vi"])
    assert [page.label for page in document.pages] == ["i", "ii", "iii", "iv", "v", "vi"]
    assert not any("Valley Press" in passage.text for passage in split_passages(document))


def test_a_line_that_comes_once_is_no_running_line(tmp_path: Path) -> None:
    pages: list[list[Item]] = [
        [Print(f"A story about {topic} only.", 810), *paragraph(f"More about {topic} follows on this page.", 600)]
        for topic in TOPICS
    ]
    document = load(make_pdf(tmp_path / "stories.pdf", pages))
    said = " ".join(passage.text for passage in split_passages(document))
    assert all(f"A story about {topic} only." in said for topic in TOPICS)


def test_printed_numbers_are_told_from_the_running_lines_where_the_pdf_has_no_labels(tmp_path: Path) -> None:
    document = report(tmp_path, ["17", "18", "19", "20", "21", "22"])
    assert [page.label for page in document.pages] == ["17", "18", "19", "20", "21", "22"]


def test_the_pdf_s_own_labels_come_first(tmp_path: Path) -> None:
    document = report(tmp_path, ["1", "2", "3", "4"], own_labels="ROMAN_UPPER")
    assert [page.label for page in document.pages] == ["I", "II", "III", "IV"]


def test_the_sample_is_labelled_as_printed(sample: Document) -> None:
    assert [page.label for page in sample.pages] == ["i", "ii", "iii", "iv", *map(str, range(1, 15))]
    for page in sample.pages:
        furniture = [page.text[b.start : b.end] for b in page.blocks if b.kind is BlockKind.FURNITURE]
        assert furniture[-1].endswith(f" {page.label}")


def test_front_matter_and_body_are_numbered_apart() -> None:
    running = [["i"], ["ii"], ["iii"], ["1"], ["2"], ["3"], ["4"]]
    assert printed_labels(running) == ["i", "ii", "iii", "1", "2", "3", "4"]


def test_a_year_in_every_footer_is_no_page_number() -> None:
    running = [[f"Annual report 2019, {number}"] for number in range(5, 12)]
    assert printed_labels(running) == [str(number) for number in range(5, 12)]


def test_numbers_that_do_not_grow_with_the_pages_are_no_labels() -> None:
    assert printed_labels([["44"], ["12"], ["90"], []]) == ["", "", "", ""]


@pytest.mark.parametrize(("numeral", "value"), [*((roman, n) for n, roman in enumerate(ROMANS, 1)), ("XLIX", 49)])
def test_roman_numerals_have_their_value(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


@given(st.text(alphabet="abd019 -", min_size=1, max_size=6))
def test_other_words_are_no_roman_numerals(word: str) -> None:
    assert roman_value(word) == 0
