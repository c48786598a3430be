"""What no quote covers is said, and what one covers is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answers import GapKind
from app.refusal.gaps import find_gaps, named_things
from app.refusal.quote_coverage import ShownQuote
from ingest.language.figures import plain_digits

NEPAL = ShownQuote(
    "Two women activists were killed in Nepal within a year, one in June 2008 and the other in January 2009.",
    heads="III. Nepal: a national movement Standing Their Ground 2026",
    around="Amnesty International criticised the investigations into the killings in Nepal.",
    countries=frozenset({"NP"}),
)


def _gaps(question: str, *shown: ShownQuote) -> set[tuple[str, str]]:
    return {(gap.kind.value, gap.words) for gap in find_gaps(question, shown or (NEPAL,))}


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("How many defenders were killed in Nepal in 2019?", ("year", "2019")),
        ("How many defenders were killed in Haiti in 2008?", ("country", "Haiti")),
        ("Did Front Line Defenders investigate the killings?", ("name", "Front Line Defenders")),
        ("Who are the 4,500 women?", ("number", "4,500")),
        ("How much money did the families get?", ("asked_amount", "")),
    ],
)
def test_what_no_quote_speaks_of_is_named(question: str, gap: tuple[str, str]) -> None:
    assert gap in _gaps(question)


@pytest.mark.parametrize(
    "question",
    [
        "How many activists were killed in Nepal in 2008?",
        "When were the Nepali activists killed?",
        "What did Amnesty International criticise in 2009?",
        "Who was killed in Nepal?",
        "नेपालमा सन् २००८ मा के भयो?",
        "Что произошло в Непале в 2008 году?",
    ],
)
def test_a_covered_question_raises_no_alarm(question: str) -> None:
    assert _gaps(question) == set()


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("नेपालमा सन् २०१९ मा के भयो?", "2019"),
        ("ماذا حدث في نيبال عام ٢٠١٧؟", "2017"),
        ("តើមានអ្វីកើតឡើងក្នុងឆ្នាំ ២០១៤?", "2014"),
    ],
)
def test_years_are_read_in_any_digits(question: str, year: str) -> None:
    assert ("year", year) in _gaps(question)


@pytest.mark.parametrize(
    "question", ["Que s'est-il passé en Haïti ?", "Что произошло на Гаити?", "¿Qué pasó en Haití?"]
)
def test_countries_are_read_in_other_languages(question: str) -> None:
    assert ("country", "Haiti") in _gaps(question)


def test_two_things_that_no_quote_says_together_are_named() -> None:
    world = ShownQuote("Front Line Defenders counted 304 defenders killed in 31 countries in 2019.")
    assert ("together", "Nepal and 2019 together") in _gaps("How many were killed in Nepal in 2019?", NEPAL, world)


def test_a_title_that_names_several_countries_makes_no_quote_about_them() -> None:
    world = ShownQuote("Front Line Defenders counted 304 killed.", heads="Defenders in Kyrgyzstan, Nepal and Cambodia")
    assert ("country", "Nepal") in _gaps("How many were killed in Nepal?", world)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What did the EU decide?", "The European Union withdrew the preferences."),
        ("What did the European Union decide?", "In August the EU withdrew the preferences."),
        ("When did the International Committee of the Red Cross come?", "In 1979 the ICRC began its work."),
        ("What do WHRDs face?", "Women human rights defenders face threats."),
    ],
)
def test_an_abbreviation_and_its_words_are_the_same_name(question: str, quote: str) -> None:
    assert _gaps(question, ShownQuote(quote)) == set()


def test_the_kind_of_answer_is_not_looked_for_in_quotes_in_other_languages() -> None:
    assert _gaps("How many were detained?", ShownQuote("Plusieurs personnes ont été arrêtées.", language="fr")) == set()
    assert _gaps("How many were detained?", ShownQuote("The marchers went home.")) == {("asked_number", "")}


def test_the_first_word_of_a_question_and_capitals_throughout_are_no_names() -> None:
    assert named_things("Reports say what?") == ()
    assert named_things("What Did The Police Do In The Capital?") == ()


def test_nothing_shown_leaves_nothing_to_be_said() -> None:
    assert find_gaps("What happened in Haiti in 2019?", ()) == ()


@settings(deadline=None)  # the first one compiles the countries' names
@given(st.text(max_size=80), st.text(max_size=80))
def test_a_question_quoted_whole_is_covered(question: str, tail: str) -> None:
    """Whatever a question names, a quote of the question itself names it too."""
    named = {GapKind.COUNTRY, GapKind.YEAR, GapKind.NUMBER, GapKind.NAME}
    found = find_gaps(question, [ShownQuote(f"{question} {tail}")])
    assert not [gap for gap in found if gap.kind in named and gap.kind is not GapKind.COUNTRY]


@given(st.text())
def test_plain_digits_keeps_the_length(text: str) -> None:
    assert len(plain_digits(text)) == len(text)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What did the Indonesian Red Cross do?", "The fndonesian Red Cross agreed to a project."),
        ("When did the International Committee come?", "The fnternational comnittee came in 1979."),
    ],
)
def test_a_name_that_character_recognition_misread_is_the_name(question: str, quote: str) -> None:
    assert _gaps(question, ShownQuote(quote)) == set()


def test_another_name_is_no_misread_one() -> None:
    assert ("name", "Norris") in _gaps("What did Norris say?", ShownQuote("Morris said nothing in 2019."))
    assert ("country", "Gambia") in _gaps("What happened in Gambia?", ShownQuote("Nothing happened in Zambia."))


@pytest.mark.parametrize("question", ["Quelle part des femmes travaille selon l'OIT ?", "¿Qué dicen las ONG?"])
def test_abbreviations_of_another_language_are_no_names_to_look_for(question: str) -> None:
    assert not [gap for gap in named_things(question) if gap.kind is GapKind.NAME]


def test_a_name_is_told_from_the_endings_of_the_language_around_it() -> None:
    (gap,) = named_things("Канча мамлекет CEDAWнун протоколуна катышкан?")
    assert gap.words == "CEDAW"


def test_decades_and_centuries_are_covered_by_their_years_alone() -> None:
    quote = ShownQuote("In 1625 the house burnt down.")
    assert _gaps("What burnt in the 1620s?", quote) == _gaps("What burnt in the 17th century?", quote) == set()
    assert _gaps("What burnt in the 1630s?", quote) == {("year", "1630s")}
    assert _gaps("What burnt in the 16th century?", quote) == {("year", "16th century")}


def test_a_question_that_says_not_wants_a_quote_that_does() -> None:
    freed = ShownQuote("The court recognised the rights of the women.")
    other = ShownQuote("No rain fell.")
    assert _gaps("Which rights did the court not recognise?", freed, freed, other) == {("negation", "")}
    assert (
        _gaps("Which rights did the court not recognise?", freed, ShownQuote("The court denied the rights of men."))
        == set()
    )
