"""What verification promises: a changed figure, name or "not" never passes; every reason is given."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answers import Verdict
from app.verification import NO_QUOTE, NOT_READ, verify_sentence
from app.verification.cues import languages
from encoder.e5_file import find_weights
from evaluation.verification import PARTS, REPORTS, figures, judge, read_items, share
from ingest.language.figures import find_figures
from reader.opening import open_reader
from reader.reader import Answering, Entailment, Reader

MARCH = "According to the news outlet, the police detained at least 50 marchers in Bishkek on 8 March 2020."
WAGE = "The wage was $100 in 2014, $128 in 2015, $140 in 2016 and $153 in 2017."
COURT = "The regional court did not find that the mining company had consulted the villagers."
WITH_READER = pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = open_reader()
    assert found is not None
    return found


def _verdict(sentence: str, *quotes: str) -> Verdict:
    return verify_sentence(sentence, quotes, None).verdict


def _compared(sentence: str, *quotes: str) -> str:
    """Return what the comparison of words finds, without a reader."""
    found = verify_sentence(sentence, quotes, None)
    assert found.reworded is (found.reasons == (NOT_READ,))
    return "" if found.reworded else found.reason


def test_a_whole_quote_and_several_in_a_row_are_quoted() -> None:
    assert _verdict(MARCH, MARCH) is Verdict.QUOTED
    assert _verdict(f"{COURT} {MARCH}", COURT, MARCH) is Verdict.QUOTED
    assert _verdict(COURT.replace("court did", "court  did"), COURT) is Verdict.QUOTED


@pytest.mark.parametrize("part", [*PARTS, REPORTS])
def test_every_whole_quote_of_the_set_is_quoted(part: str) -> None:
    quotes = {quote for item in read_items(part) for quote in item.quotes}
    assert {_verdict(quote, quote) for quote in quotes} == {Verdict.QUOTED}


SENTENCES = [
    "According to the outlet, at least 50 marchers were detained in Bishkek on 8 March 2020.",
    "At least 50 marchers were detained by the police on 8 March 2020, according to the news outlet.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_nothing_is_missed_in_a_paraphrase_that_keeps_everything(sentence: str) -> None:
    assert _compared(sentence, MARCH) == ""


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_changed_digit_is_named(data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(SENTENCES))
    place = data.draw(st.sampled_from([match.start() for match in re.finditer(r"\d", sentence)]))
    digit = data.draw(st.sampled_from([char for char in "123456789" if char != sentence[place]]))
    assert _compared(sentence[:place] + digit + sentence[place + 1 :], MARCH)


LOST = [
    ("The committee members did not meet in May.", "The committee members met in May."),
    ("Police never questioned the driver.", "Police questioned the driver."),
    ("The women marched without permission.", "The women marched with permission."),
    ("Le juge n’a pas admis la plainte.", "Le juge a admis la plainte."),
    ("El juez no admitió la denuncia.", "El juez admitió la denuncia."),
    ("Суд не удовлетворил жалобу.", "Суд удовлетворил жалобу."),
    ("لم تفتح النيابة تحقيقا في مقتل الصحفية.", "فتحت النيابة تحقيقا في مقتل الصحفية."),
    ("आयोगले पीडितको उजुरी दर्ता गरेन।", "आयोगले पीडितको उजुरी दर्ता गर्‍यो।"),
    ("The police allegedly beat the marchers.", "The police beat the marchers."),
    ("Villagers said that the wells are dry.", "The wells are dry."),
]


@pytest.mark.parametrize(("quote", "sentence"), LOST)
def test_a_lost_not_said_or_allegedly_is_named(quote: str, sentence: str) -> None:
    assert "the sentence does not" in _compared(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("The police of Osh detained 50 marchers.", "The police detained 50 marchers.", "Osh"),
        ("The police detained 16 marchers.", "The police detained 50 marchers.", "16"),
        ("The wage was $140 in 2013.", WAGE, "2013"),
        ("Article 12(2) obliges organisers.", "Article 12(3) obliges organisers.", "12(2)"),
        ("Section 4 obliges organisers.", "Article 4 obliges organisers.", "Section 4"),
        ("Nepal’s parliament adopted the law.", "India’s parliament adopted the law.", "Nepal"),
        ("The law was signed on 3 May 2019.", "The law was signed on 5 March 2019.", "3 May 2019"),
    ],
)
def test_a_fact_that_no_quote_has_is_named(sentence: str, quote: str, reason: str) -> None:
    found = verify_sentence(sentence, [quote], None)
    assert found.verdict is Verdict.UNVERIFIED
    assert reason in found.reason


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Twelve thousand people marched, 68 of them lawyers.", "Of the 12,000, 40 were judges and 28 were lawyers."),
        ("Half of the 50 marchers were freed.", "Twenty-five of the 50 marchers were freed."),
        ("The rest, 38 per cent, abstained.", "62 per cent voted."),
    ],
)
def test_what_two_numbers_make_and_numbers_in_words_are_left_to_the_reader(sentence: str, quote: str) -> None:
    assert "contain" not in _compared(sentence, quote)


def test_all_reasons_are_given() -> None:
    found = verify_sentence("The police of Osh detained 60 marchers.", ["The police did not detain 50 marchers."], None)
    assert len(found.reasons) == 3
    assert "60" in found.reason
    assert "Osh" in found.reason
    assert "not" in found.reason


def test_without_a_quote_nothing_is_verified() -> None:
    assert verify_sentence(MARCH, [], None).reasons == (NO_QUOTE,)


def test_without_a_reader_other_words_are_unverified_and_it_is_said_why() -> None:
    found = verify_sentence(SENTENCES[0], [MARCH], None)
    assert found.verdict is Verdict.UNVERIFIED
    assert found.reasons == (NOT_READ,)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("twenty-three people", "23 people", "en"),
        ("1,680 grants", "1680 grants", "en"),
        ("2.4 million dollars", "2,400,000 dollars", "en"),
        ("५४ जना", "54 जना", "ne"),
        ("٢٥ ناشطة", "25 ناشطة", "ar"),
        ("5 000 euros", "5000 euros", "fr"),
        ("1.250.000 personas", "1250000 personas", "es"),
        ("тридцать женщин", "30 женщин", "ru"),
        ("13 per cent", "13%", "en"),
        ("5,25,000 rupees", "525000 rupees", "en"),
    ],
)
def test_one_number_has_many_forms(one: str, other: str, language: str) -> None:
    first, second = ([(n.value, n.kind) for n in find_figures(text, language).numbers] for text in (one, other))
    assert first == second
    assert len(first) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("8 March 2020", "en"),
        ("March 8, 2020", "en"),
        ("the 8th of March 2020", "en"),
        ("2020-03-08", "en"),
        ("08.03.2020", "ru"),
        ("8 mars 2020", "fr"),
        ("8 de marzo de 2020", "es"),
        ("8 марта 2020 года", "ru"),
        ("8 مارس 2020", "ar"),
        ("८ मार्च २०२०", "ne"),
    ],
)
def test_one_date_has_many_forms(text: str, language: str) -> None:
    (date,) = find_figures(text, language).dates
    assert (date.day, date.month, date.year) == (8, 3, 2020)


def test_the_modal_may_is_no_month() -> None:
    assert not find_figures("They may 12 times refuse.", "en").dates


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_gets_a_verdict_and_unverified_has_a_reason(sentence: str, quotes: list[str]) -> None:
    found = verify_sentence(sentence, quotes, None)
    assert bool(found.reasons) == (found.verdict is Verdict.UNVERIFIED)


def test_the_languages_of_the_word_lists() -> None:
    assert set(languages()) >= {"ar", "en", "es", "fr", "ne", "ru"}


def test_a_share_has_wilsons_interval() -> None:
    found = share(8, 72)
    assert (round(found["low"], 3), round(found["high"], 3)) == (0.057, 0.204)
    assert share(0, 0)["n"] == 0


@pytest.mark.parametrize("part", PARTS)
def test_a_digit_changed_to_one_that_the_quote_has_nowhere_is_named(part: str) -> None:
    for item in read_items(part)[::3]:
        for quote in item.quotes:
            for match in list(re.finditer(r"\d", quote))[:2]:
                used = {unicodedata.digit(char) for char in quote if char.isdecimal()}
                digit = next((char for char in "123456789" if int(char) not in used), "")
                changed = quote[: match.start()] + digit + quote[match.end() :]
                if digit:
                    assert _verdict(changed, quote) is Verdict.UNVERIFIED, item.id


@settings(deadline=None, max_examples=60)
@given(st.permutations(["The court heard two men.", "The men were freed.", "The women were not.", COURT]))
def test_any_order_of_quotes_gives_one_verdict(quotes: list[str]) -> None:
    found = verify_sentence("The court heard two men, who were freed.", quotes, None)
    assert found == verify_sentence("The court heard two men, who were freed.", sorted(quotes), None)


_SCRIPTS = ["Latin", "Cyrillic", "Arabic", "Devanagari", "Khmer", "Han", "Thai", "Hebrew", "Ethiopic"]
_LETTERS = [
    "".join(chr(code) for code in range(0x20, 0x3000) if regex.fullmatch(rf"\p{{{script}}}", chr(code)))[:80]
    for script in _SCRIPTS
]


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_any_text_of_any_script_gets_a_verdict(data: st.DataObject) -> None:
    letters = data.draw(st.sampled_from([found for found in _LETTERS if found]))
    texts = st.text(alphabet=letters + " .,;:()–-“”0123456789१٢%$'’\n", max_size=70)
    sentence, quotes = data.draw(texts), data.draw(st.lists(texts, max_size=3))
    found = verify_sentence(sentence, quotes, None)
    assert bool(found.reasons) == (found.verdict is Verdict.UNVERIFIED)


def test_reasons_come_in_one_order_in_every_run() -> None:
    script = (
        "from app.verification import verify_sentence\n"
        "from evaluation.verification import read_items\n"
        "for item in read_items('development')[::30]:\n"
        "    print(item.id, verify_sentence(item.sentence, item.quotes, None))\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].count("\n") > 20


def test_for_a_verbatim_part_the_whole_is_quoted() -> None:
    whole = "The exhibition lasted 17 days, in honour of 17 women who were killed in a fire."
    found = verify_sentence("The exhibition lasted 17 days.", [whole], None)
    assert found.verdict is Verdict.QUOTED
    assert found.words == whole


@WITH_READER
def test_the_order_of_quotes_changes_nothing(reader: Reader) -> None:
    for item in read_items("development"):
        if len(item.quotes) > 1:
            turned = verify_sentence(item.sentence, item.quotes[::-1], reader)
            assert turned == verify_sentence(item.sentence, item.quotes, reader)
    assert _verdict(f"{COURT} {MARCH}", MARCH, COURT) is Verdict.QUOTED


REACHED = {("test", 1): (0.0, 0.93), ("test", 2): (0.02, 0.93), (REPORTS, 4): (0.0, 0.90)}
"""Shares of wrong sentences shown and right ones flagged, by part and author, that the reader has reached.

Lower a figure when it gets better; docs/verification.md has the goals.
"""


@pytest.mark.slow
@WITH_READER
@pytest.mark.parametrize(("part", "author"), REACHED)
def test_no_author_loses_what_was_reached(part: str, author: int, reader: Reader) -> None:
    items = [item for item in read_items(part) if item.author == author and not item.kind.startswith("cross-")]
    found = figures(judge(items, reader))
    shown, flagged = REACHED[part, author]
    assert found["wrong shown as supported"]["value"] <= shown
    assert found["right flagged"]["value"] <= flagged


class Sure:
    """A reader that takes everything for borne out, and did not read to the end."""

    name = "sure"

    def entails(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Entailment]:
        return [Entailment(1.0, 0.0, 0.0, whole="again" not in sentence) for sentence, _ in pairs]

    def answers(self, question: str, passages: Sequence[str], before: Sequence[Sequence[str]] = ()) -> list[Answering]:
        raise NotImplementedError

    def sorts(self, lines: Sequence[str], statements: Sequence[str]) -> list[list[float]]:
        raise NotImplementedError


def test_a_sentence_whose_end_was_not_read_is_not_borne_out() -> None:
    whole = "The police held at least 50 marchers, according to the news outlet."
    longer = whole.replace("held", "held again and again")
    assert verify_sentence(whole, [MARCH], Sure()).verdict is Verdict.SUPPORTED
    assert verify_sentence(longer, [MARCH], Sure()).verdict is Verdict.UNVERIFIED
