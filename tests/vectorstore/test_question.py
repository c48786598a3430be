"""What a question says of itself: words, periods, countries, names of documents."""

from __future__ import annotations

import pytest

from vectorstore.question import Question, spell_out, words_of


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("FY2022 sales", ["fiscal", "year", "2022", "sales"]),
        ("FY '22", ["fiscal", "year", "2022"]),
        ("Q2 2023", ["second", "quarter", "q2", "2023"]),
        ("2023Q2 10-K", ["2023", "second", "quarter", "q2", "10", "k"]),
        ("the 10k and the 8-K", ["the", "10", "k", "and", "8"]),
        ("1,153 civilians", ["1,153", "civilians"]),
        ("नेपालको कानुन", ["नेपालको", "कानुन"]),
    ],
)
def test_periods_and_forms_are_spelled_out_and_words_stay_whole(written: str, words: list[str]) -> None:
    assert words_of(written) == words


def test_what_is_no_period_stays_as_it_is() -> None:
    for text in ("Who marched on 8 March 2020?", "Resolution 1325", "Article 10 of the law"):
        assert spell_out(text) == text


def test_the_question_without_the_words_that_say_where_to_look() -> None:
    asked = Question("Has Acme's gross margin improved between FY2022 and FY2023?")
    about = asked.about(frozenset({"acme"}))
    assert "Acme" not in about
    assert "FY" not in about
    assert "gross margin improved" in about
    assert Question("Who marched?").about(frozenset()) == "Who marched?"


def test_a_question_in_another_language_brings_the_english_names_of_its_countries() -> None:
    asked = Question("Сколько случаев зарегистрировала полиция Непала и Южного Судана?")
    assert asked.language == "ru"
    assert asked.countries == {"NP", "SS"}
    assert {"nepal", "south", "sudan"} <= set(asked.words)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many women were attacked?", True),
        ("What percentage of posts is vacant?", True),
        ("Did the number of arrests decline?", True),
        ("Who attacked the march?", False),
        ("Where did they meet?", False),
    ],
)
def test_questions_for_figures_are_told(question: str, figure: bool) -> None:
    assert Question(question).asks_for_figure is figure
