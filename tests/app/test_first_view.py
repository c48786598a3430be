"""The questions that an empty chat suggests."""

from __future__ import annotations

from app.chat.views.start_view import example_questions, take_questions
from app.guide import Guide
from vectorstore.library import Library
from vectorstore.records import Scope

SAMPLE = "women-human-rights-defenders-sample.pdf"


def test_the_samples_questions_are_its_own() -> None:
    assert "Bishkek" in example_questions([SAMPLE], ["Nepal"], ["Rule of law and accountability"])[0]


def test_suggested_questions_name_the_librarys_cases_and_headings() -> None:
    headings = ["Contents", "A/HRC/40/60", "III. Rule of law and accountability", "(b) Rule of law and accountability"]
    assert example_questions(["a.pdf"], ["Nepal", "Chile", "Peru"], headings) == [
        "Who is at risk in Nepal?",
        "What happened to human rights defenders in Chile?",
        "What do the reports say about “Rule of law and accountability”?",
    ]


def test_reports_without_cases_and_headings_are_asked_what_any_report_is() -> None:
    questions = example_questions(["a.pdf"], [], ["CONTENTS", "Chapter IV", "12 May 2021"])
    assert len(questions) == 3
    assert "“" not in "".join(questions)


def test_the_headings_of_a_library_are_those_over_the_most_text_first(sample_library: Library) -> None:
    headings = sample_library.catalogue.sections()
    assert any("Kyrgyzstan" in heading for heading in headings)
    assert len(set(headings)) == len(headings)
    assert sample_library.catalogue.sections(1) == headings[:1]


def test_questions_out_of_guides_come_from_every_report_before_any_report_again() -> None:
    guides = [_guide("a", "A1?", "A2?", "A3?"), _guide("b"), _guide("c", "C1?")]
    assert take_questions(guides) == [("A1?", Scope(("a",))), ("C1?", Scope(("c",))), ("A2?", Scope(("a",)))]
    assert take_questions([Guide("d", (), (), (), (), ())]) == []


def _guide(document: str, *questions: str) -> Guide:
    return Guide(document, (), (), (), (), (), questions)
