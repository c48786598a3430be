"""Lines are chosen by what they say, not by how they say it; each stands whole; nothing is said twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.asking import read_case_question
from app.cases.choosing import choose_lines
from app.cases.comparison import named_in
from app.cases.coverage import ReportCoverage, coverage_bar, coverage_line
from app.cases.reading import Line, lines_of
from app.cases.salience import figures_of
from app.cases.self_contained import completeness, depends_on_previous_sentence
from app.cases.twins import find_twins
from app.errors import UsageError
from app.repeats import is_repeat
from ingest.documents import BlockKind, Span
from vectorstore.records import StoredSentence


def sentence(number: int, text: str, start: int, document: str = "a", page: int = 1) -> StoredSentence:
    spans = f"[[{page}, {start}, {start + len(text)}]]"
    return StoredSentence(number, 1, document, number, spans, text, BlockKind.BODY, "")


def line(text: str, place: int = 0, document: str = "a") -> Line:
    return Line((sentence(place, text, 0, document),), "", place, place)


def directions(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 32)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(1, 25), st.integers(1, 12), st.integers(0, 3))
def test_as_many_lines_are_chosen_as_wanted_and_none_twice(lines: int, count: int, seed: int) -> None:
    headings = [index % 4 - 1 for index in range(lines)]
    texts = [f"Line {index} about something" for index in range(lines)]
    chosen = choose_lines(texts, directions(lines, seed), np.zeros(lines, np.float32), headings, count, {0, 1})
    assert len(chosen) == len(set(chosen)) == min(count, sum(heading >= 0 for heading in headings))
    assert all(headings[index] >= 0 for index in chosen)


def test_every_wanted_heading_gets_a_line_though_others_matter_more() -> None:
    texts = ["The court freed four women.", "The police beat nine women.", "A shelter opened its doors."]
    worth = np.array([5, 4, -5], dtype=np.float32)
    assert set(choose_lines(texts, directions(3), worth, [0, 0, 1], 2, {0, 1})) == {0, 2}


def test_lines_that_differ_in_their_figures_do_not_repeat_each_other() -> None:
    texts = ["In March 295 people were killed.", "In March 295 people were killed.", "In March 412 people were killed."]
    vectors = np.repeat(directions(1), 3, axis=0)
    worth = np.array([3, 2.9, 1], dtype=np.float32)
    assert set(choose_lines(texts, vectors, worth, [0, 0, 0], 2)) == {0, 2}
    assert is_repeat(texts[0], texts[1])
    assert not is_repeat(texts[0], texts[2])


def test_figures_are_numbers_and_percentages_but_no_years() -> None:
    assert figures_of("In 2020, 1,153 civilians, 74 percent more, and 7% of 3 groups; 2.94 times") == {
        "1153", "74", "7", "2.94",
    }  # fmt: skip


def test_a_sentence_that_was_cut_stands_whole_and_is_one_span() -> None:
    one = (
        "The women who marched that day in the capital, carrying flowers and flags and the names of those who had been"
    )
    one += " killed in the years before, and who came from every province of the country,"
    two = "were beaten and detained."
    pieces = [sentence(0, one, 0), sentence(1, two, len(one) + 1), sentence(2, "They were freed in the evening.", 300)]
    first, second = lines_of(pieces, {1: "March"})
    assert first.text == f"{one} {two}"
    assert first.spans == (Span(1, 0, len(one) + 1 + len(two)),)
    assert (second.section, second.place_in_section) == ("March", 1)


def test_a_translation_is_told_by_the_order_of_its_lines_and_another_report_is_not() -> None:
    vectors = directions(20)
    rows = ["a"] * 20 + ["b"] * 20
    languages = {"a": "es", "b": "en"}
    assert find_twins(rows, np.concatenate([vectors, vectors]), languages) == {"a": "b"}
    assert find_twins(rows, np.concatenate([vectors, directions(20, 1)]), languages) == {}


def test_a_translation_with_more_lines_and_some_strays_is_told_as_well() -> None:
    vectors = directions(40)
    strays = directions(12, 2)
    rows = ["a"] * 40 + ["b"] * 52
    longer = np.concatenate([vectors[:20], strays, vectors[20:]])
    assert find_twins(rows, np.concatenate([vectors, longer]), {"a": "en", "b": "es"}) == {"b": "a"}


@pytest.mark.parametrize(
    "text",
    [
        "They were freed in the evening.",
        "However, nobody was punished.",
        "Однако никто не был наказан.",
        "Sin embargo, nadie fue castigado.",
        "Cependant, personne n’a été puni.",
        "यसैगरी दुई जना घाइते भए।",
        "ومع ذلك لم يعاقب أحد.",
        "❖ This represents a rise of 12 percent.",
        "As discussed in the previous section, 488 people died.",
        "This table shows the number of killings.",
    ],
)
def test_what_needs_a_sentence_or_a_table_that_is_not_shown_does_not_stand_alone(text: str) -> None:
    assert depends_on_previous_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Police freed the marchers in the evening.",
        "Elections were held in May.",
        "Полиция освободила женщин.",
        "On 26 March the minister was arrested, a move that drew protests (see table 2).",
        "Italy took in nine of them.",
        "महिलाहरू सडकमा निस्के।",
    ],
)
def test_what_tells_who_did_what_stands_alone(text: str) -> None:
    assert not depends_on_previous_sentence(text)


def test_fragments_questions_and_boilerplate_are_less_than_whole() -> None:
    whole = "Armed men attacked the office of the organisation on that night."
    for less in (
        whole.removesuffix("."),
        "Who attacked the office of the organisation on that night, and why?",
        "The present report is submitted pursuant to resolution 2779 of the Security Council.",
        "Specifically, the members of the organisation complained before the court that:",
    ):
        assert completeness(less) < completeness(whole) == 0


def test_the_meter_shows_every_page_read_and_cited() -> None:
    report = ReportCoverage("r.pdf", 6, (1, 2, 3, 5), (2, 5))
    assert coverage_bar(report) == "▒█▒·█·"
    assert coverage_line(report) == "r.pdf: read pages 1–3, 5 of 6; cited pages 2, 5"
    assert len(coverage_bar(ReportCoverage("long.pdf", 900, (1,), (900,)))) <= 40


@pytest.mark.parametrize(
    ("question", "country", "about"),
    [
        ("Summarise the case of Nepal: the situation of women and girls.", "Nepal", "the situation of women and girls"),
        ("Summarise the case of South Sudan in the third quarter of 2025.", "South Sudan", ""),
        ("Обобщи ситуацию в стране Непал: женщины", "Nepal", "женщины"),
    ],
)
def test_a_question_names_its_case_and_behind_a_colon_its_subject(question: str, country: str, about: str) -> None:
    asked = read_case_question(question)
    assert (asked.country, asked.about) == (country, about)


def test_a_question_without_a_country_is_refused_with_the_remedy() -> None:
    with pytest.raises(UsageError, match="give the line a country"):
        read_case_question("Summarise everything")


def test_names_and_numbers_of_a_question_are_what_a_cell_must_hold() -> None:
    assert named_in("What happened on 8 March 2020 in Bishkek?") == {"8", "2020", "march", "bishkek"}
    assert named_in("How many women were killed in Nepal?") == frozenset()
