"""Questions to learn from, as people type them."""

from __future__ import annotations

import random

from evaluation.training.examples import Data, Question, Ranking
from evaluation.training.typed import as_typed, learn_typing

ASKED = [f"What is the capital of land {number}?" for number in range(300)]


def _question(text: str, source: str = "squad1-aq") -> Question:
    return Question(text, "The capital of land 1 is Nuvalli.", True, 24, 31, source, text, "en")


def test_words_that_many_questions_share_are_common_and_names_are_not() -> None:
    learned = learn_typing((f"{text} And Nuvalli?", "en") for text in ASKED)
    assert {"what", "is", "the", "of", "capital"} <= learned.common["en"]
    assert "nuvalli" not in learned.common["en"]


def test_half_of_the_questions_are_typed_as_people_do() -> None:
    data = Data([], [_question(text) for text in ASKED], [Ranking(ASKED[0], ("a", "b"), "qed", "g", "en")])
    typed = as_typed(data, random.Random(1))
    changed = [one.question for one, before in zip(typed.questions, ASKED, strict=True) if one.question != before]
    assert 0.4 < len(changed) / len(ASKED) < 0.6
    assert not any("?" in text for text in changed)
    assert all(text == text.casefold() for text in changed)
    assert [one.passage for one in typed.questions] == [one.passage for one in data.questions]
    assert len({*changed} - {text.rstrip("?").casefold() for text in ASKED}) > 0, "no slip in any of 150"


def test_no_word_is_left_out_where_any_word_may_decide() -> None:
    asked = [f"Which rivers of Karo{number}, Nemi{number} and Oste{number} do not flow?" for number in range(400)]
    for source, kept in (("squad2-half", True), ("squad1-aq", False)):
        typed = as_typed(Data([], [_question(text, source) for text in asked], []), random.Random(2))
        # A slip of the finger changes a letter of a word, and no number of words.
        shorter = [one for one in typed.questions if len(one.question.split()) < len(asked[0].split())]
        assert (not shorter) is kept, source
