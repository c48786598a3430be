"""Sentences that resemble each other are no repeats, and what cannot both be right is told."""

from __future__ import annotations

import pytest

from app.answers import AnswerSentence, Citation, Verdict
from app.differences import mark_differences
from app.repeats import Difference, dispute, is_alike, is_repeat, names_another

HELD = "Guards at Lirka held nine weavers on 4 June 2019."


@pytest.mark.parametrize(
    "other",
    [
        "Guards at Lirka held ninety weavers on 4 June 2019.",
        "Guards at Lirka did not hold nine weavers on 4 June 2019.",
        "Guards at Lirka held nine weavers on 14 June 2019.",
        "Guards at Larka held nine weavers on 4 June 2019.",
        "Scouts at Lirka held nine weavers on 4 June 2019.",
        "Guards at Lirka freed nine weavers on 4 June 2019.",
    ],
)
def test_one_other_word_makes_another_sentence(other: str) -> None:
    assert not is_repeat(HELD, other)
    assert is_alike(HELD, other)


@pytest.mark.parametrize(
    "same",
    [
        "guards at LIRKA held nine weavers, on 4 June 2019",
        "Guards at Lirka\nheld  nine “weavers” on 4 June 2019!",
        HELD,
    ],
)
def test_case_punctuation_and_white_space_make_no_other_sentence(same: str) -> None:
    assert is_repeat(HELD, same)


@pytest.mark.parametrize(("one", "other"), [("It lost 5 million.", "It lost -5 million."), ("10² of them", "102 of them"), ("5% left", "5 left")])  # fmt: skip  # noqa: E501
def test_signs_of_numbers_make_another_sentence(one: str, other: str) -> None:
    assert not is_repeat(one, other)


@pytest.mark.parametrize(
    ("one", "other", "language", "kind"),
    [
        ("The envoy visited the camp at Lirka in 2019.", "The envoy did not visit the camp at Lirka in 2019.", "en", Difference.NEGATION),  # noqa: E501
        ("The envoy visited the camp at Lirka in 2019.", "The envoy never visited the camp at Lirka in 2019.", "en", Difference.NEGATION),  # noqa: E501
        ("The weavers were harmed in the raid on Lirka.", "The weavers were unharmed in the raid on Lirka.", "en", Difference.NEGATION),  # noqa: E501
        ("Le juge de Lirka a admis la plainte.", "Le juge de Lirka n’a pas admis la plainte.", "fr", Difference.NEGATION),  # noqa: E501
        ("Суд города Лирка удовлетворил жалобу.", "Суд города Лирка не удовлетворил жалобу.", "ru", Difference.NEGATION),  # noqa: E501
        (HELD, HELD.replace("nine", "ninety"), "en", Difference.NUMBER),
        (HELD, HELD.replace("nine", "19"), "en", Difference.NUMBER),
        (HELD, HELD.replace("4 June", "14 June"), "en", Difference.DATE),
        (HELD, HELD.replace("Guards", "Scouts"), "en", Difference.ACTOR),
        ("The mill at Lirka was burned by the scouts.", "The mill at Lirka was burned by the guards.", "en", Difference.ACTOR),  # noqa: E501
    ],
)  # fmt: skip
def test_reports_that_cannot_both_be_right_differ(one: str, other: str, language: str, kind: Difference) -> None:
    for a, b in ((one, other), (other, one)):
        found = dispute(a, b, language)
        assert found is not None
        assert found.kind is kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Guards shot the weaver Tara Boe in Lirka.", "Guards shot the miller Ama Rin in Lirka."),
        ("In 2018, 12 weavers were held in Lirka.", "In 2019, 15 weavers were held in Lirka."),
        ("Guards at Lirka held nine weavers.", "The ministry published its budget late."),
        (HELD, HELD),
    ],
)
def test_other_victims_other_years_and_other_matters_are_no_contradiction(one: str, other: str) -> None:
    assert dispute(one, other) is None


def test_within_one_report_other_dates_and_actors_are_other_events() -> None:
    assert dispute(HELD, HELD.replace("4 June", "14 June"), same_report=True) is None
    assert dispute(HELD, HELD.replace("nine", "ninety"), same_report=True) is not None


def test_another_victim_is_another_and_another_session_is_not() -> None:
    assert names_another("Guards shot the weaver Tara Boe in Lirka.", "Guards shot the miller Ama Rin in Lirka.")
    assert not names_another("The council met on 4 June 2019.", "The council met on 14 July 2020.")


def test_sentences_point_to_those_that_contradict_them() -> None:
    def citation(number: int, document: str) -> Citation:
        return Citation(number, document, f"{document}.txt", "", "", "", 1, "", "", 0, 9, "…")

    texts = (HELD, HELD.replace("nine", "ninety"), "The council met on 4 June 2019.")
    sentences = [AnswerSentence(text, Verdict.QUOTED, (number,)) for number, text in enumerate(texts, start=1)]
    marked = mark_differences(sentences, [citation(1, "a"), citation(2, "b"), citation(3, "a")], {})
    assert [sentence.differs for sentence in marked] == [(2,), (1,), ()]
