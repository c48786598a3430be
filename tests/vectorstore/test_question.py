"""What is read of a question: words, language, countries, and its subject without the document's name."""

from __future__ import annotations

import pytest

from vectorstore.question import Question, read_question, words_of


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1,153 civilians", ["1,153", "civilians"]),
        ("FY2022 and COVID19", ["fy2022", "2022", "and", "covid19", "19"]),
        ("नेपालको कानुन", ["नेपालको", "कानुन"]),
    ],
)
def test_words_and_numbers_stay_whole_and_a_number_in_a_word_counts_by_itself(written: str, words: list[str]) -> None:
    assert words_of(written) == words


def test_the_subject_is_the_question_without_the_words_that_say_where_to_look() -> None:
    question = Question("Has Acme's gross margin improved?")
    assert question.without(frozenset({"acme"})) == "Has gross margin improved?"
    assert Question("Who was detained in 2019?").without(frozenset()) == "Who was detained ?"
    assert Question("Who marched?").without(frozenset()) == "Who marched?"


def test_a_question_is_read_once() -> None:
    question = read_question("Who marched in Bishkek?")
    assert read_question(question) is question
    assert question.words is question.words


def test_a_question_in_another_language_brings_the_english_names_of_its_countries() -> None:
    asked = Question("Сколько случаев зарегистрировала полиция Непала и Южного Судана?")
    assert asked.language == "ru"
    assert asked.countries == ("NP", "SS")
    assert {"nepal", "south", "sudan"} <= set(asked.words)
