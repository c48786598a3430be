"""What verification promises: a changed figure, name or "not" never passes; every reason is given."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answers import Verdict
from app.verification import NO_QUOTE, OTHER_LANGUAGE, UNKNOWN_LANGUAGE, syntax, verify_sentence
from app.verification.cues import languages
from evaluation.verification import PARTS, figures, judge, read_items, share
from ingest.language.figures import find_figures

pytestmark = pytest.mark.slow

MARCH = "According to the news outlet, the police detained at least 50 marchers in Bishkek on 8 March 2020."
WAGE = "The wage was $100 in 2014, $128 in 2015, $140 in 2016 and $153 in 2017."
COURT = "The regional court did not find that the mining company had consulted the villagers."


def _verdict(sentence: str, *quotes: str) -> Verdict:
    return verify_sentence(sentence, quotes).verdict


def test_a_whole_quote_and_several_in_a_row_are_quoted() -> None:
    assert _verdict(MARCH, MARCH) is Verdict.QUOTED
    assert _verdict(f"{COURT} {MARCH}", COURT, MARCH) is Verdict.QUOTED
    assert _verdict(COURT.replace("court did", "court  did"), COURT) is Verdict.QUOTED


@pytest.mark.parametrize("part", PARTS)
def test_every_whole_quote_of_the_set_is_quoted(part: str) -> None:
    quotes = {quote for item in read_items(part) for quote in item.quotes}
    assert {_verdict(quote, quote) for quote in quotes} == {Verdict.QUOTED}


SENTENCES = [
    "According to the outlet, at least 50 marchers were detained in Bishkek on 8 March 2020.",
    "At least 50 marchers were detained by the police on 8 March 2020, according to the news outlet.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_paraphrase_that_keeps_everything_is_supported(sentence: str) -> None:
    assert verify_sentence(sentence, [MARCH]).reasons == ()
    assert _verdict(sentence, MARCH) is Verdict.SUPPORTED


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_changed_digit_is_unverified(data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(SENTENCES))
    place = data.draw(st.sampled_from([match.start() for match in re.finditer(r"\d", sentence)]))
    digit = data.draw(st.sampled_from([char for char in "123456789" if char != sentence[place]]))
    assert _verdict(sentence[:place] + digit + sentence[place + 1 :], MARCH) is Verdict.UNVERIFIED


NEGATED = [
    ("The committee members did not meet in May.", "The committee members met in May."),
    ("The committee members did not meet in May.", "The committee members did meet in May."),
    ("Police never questioned the driver.", "Police questioned the driver."),
    ("Officers failed to protect the witnesses.", "Officers protected the witnesses."),
    ("The workers were unpaid for two months.", "The workers were paid for two months."),
    ("The women marched without permission.", "The women marched with permission."),
    ("Le juge n’a pas admis la plainte.", "Le juge a admis la plainte."),
    ("El juez no admitió la denuncia.", "El juez admitió la denuncia."),
    ("Суд не удовлетворил жалобу.", "Суд удовлетворил жалобу."),
    ("لم تفتح النيابة تحقيقا في مقتل الصحفية.", "فتحت النيابة تحقيقا في مقتل الصحفية."),
    ("आयोगले पीडितको उजुरी दर्ता गरेन।", "आयोगले पीडितको उजुरी दर्ता गर्‍यो।"),
]


@pytest.mark.parametrize(("quote", "sentence"), NEGATED)
def test_a_lost_not_and_an_added_not_are_unverified(quote: str, sentence: str) -> None:
    assert _verdict(sentence, quote) is Verdict.UNVERIFIED
    assert _verdict(quote, sentence) is Verdict.UNVERIFIED


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("The police of Osh detained 50 marchers.", "The police detained 50 marchers.", "Osh"),
        ("Sixteen marchers were detained.", "The police detained 50 marchers.", "Sixteen"),
        ("Half of the 50 marchers were freed.", "A third of the 50 marchers were freed.", "Half"),
        ("The wage was $140 in 2015.", WAGE, "2015"),
        ("The police detained 50 marchers.", "The police detained at least 50 marchers.", "exactly"),
        ("The police beat the marchers.", "The police allegedly beat the marchers.", "allegedly"),
        ("The wells are dry.", "Villagers said that the wells are dry.", "said"),
        ("The marchers threw eggs at the men.", "The men threw eggs at the marchers.", "threw"),
        ("All marchers were freed.", "Some marchers were freed.", "All"),
        (
            "The council closed the school because parents protested.",
            "The council closed the school. Parents protested.",
            "cause",
        ),
        ("The minister repealed the law.", "The minister promised to repeal the law.", "promised"),
        ("Article 12(2) obliges organisers.", "Article 12(3) obliges organisers.", "12(2)"),
        ("Section 4 obliges organisers.", "Article 4 obliges organisers.", "Section 4"),
        ("Nepal’s parliament adopted the law.", "India’s parliament adopted the law.", "Nepal"),
        ("The law was signed on 3 May 2019.", "The law was signed on 5 March 2019.", "3 May 2019"),
        ("Parliament rejected the law in May.", "Parliament adopted the law in May.", "adopted"),
        ("The court freed the editor and fined the owner.", "The court freed the editor.", "fined"),
        ("Wages were raised by employers.", "The police detained the marchers on the square.", "few words"),
    ],
)
def test_a_subtle_error_is_unverified_and_a_reason_names_it(sentence: str, quote: str, reason: str) -> None:
    found = verify_sentence(sentence, [quote])
    assert found.verdict is Verdict.UNVERIFIED
    assert reason in found.reason


def test_all_reasons_are_given() -> None:
    found = verify_sentence("The police of Osh detained 60 marchers.", ["The police did not detain 50 marchers."])
    assert len(found.reasons) >= 3
    assert "60" in found.reason
    assert "Osh" in found.reason
    assert "not" in found.reason


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (
            "Organisers had stored weapons in the hall.",
            "It is not true that organisers had stored weapons in the hall.",
        ),
        ("The company had consulted the villagers.", COURT.replace("mining ", "")),
        ("The wells are dry.", "Villagers said that the wells are dry."),
        ("The police may enter homes.", "The police may enter homes only if a judge has signed a warrant."),
    ],
)
def test_a_verbatim_part_is_no_quote_when_the_rest_turns_its_sense(part: str, whole: str) -> None:
    assert _verdict(part, whole) is Verdict.UNVERIFIED


def test_a_verbatim_part_is_quoted_when_the_rest_adds_to_it() -> None:
    whole = "The exhibition lasted 17 days, in honour of 17 women who were killed in a fire."
    assert _verdict("The exhibition lasted 17 days.", whole) is Verdict.QUOTED


def test_without_a_quote_nothing_is_verified() -> None:
    assert verify_sentence(MARCH, []).reasons == (NO_QUOTE,)


def test_another_language_than_the_quotes_is_unverified_and_its_figures_are_checked_all_the_same() -> None:
    found = verify_sentence("Selon le journal, la police a arrêté au moins 60 marcheurs à Bichkek.", [MARCH])
    assert OTHER_LANGUAGE in found.reasons
    assert "60" in found.reason


def test_a_language_without_word_list_is_quoted_or_unverified() -> None:
    khmer = "កម្មការិនីជាច្រើនបានធ្វើបាតុកម្មនៅទីក្រុងភ្នំពេញ។"
    assert _verdict(khmer, khmer) is Verdict.QUOTED
    assert UNKNOWN_LANGUAGE in verify_sentence(khmer.replace("ភ្នំពេញ", "តាកែវ"), [khmer]).reasons


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
    found = verify_sentence(sentence, quotes)
    assert bool(found.reasons) == (found.verdict is Verdict.UNVERIFIED)


def test_the_languages_of_the_word_lists() -> None:
    assert set(languages()) >= {"ar", "en", "es", "fr", "ne", "ru"}


REACHED = {
    ("development", 1): (5, 11),
    ("development", 2): (20, 80),
    ("test", 1): (7, 7),
    ("test", 2): (25, 81),
}
"""Wrong sentences shown and right ones flagged, by part and author: what the rules have reached, and must not lose.

Lower a figure when the rules get better; docs/verification.md has the goals, which the second author's miss by far.
"""


@pytest.mark.parametrize(("part", "author"), REACHED)
def test_no_author_loses_what_the_rules_have_reached(part: str, author: int) -> None:
    items = [item for item in read_items(part) if item.author == author and not item.kind.startswith("cross-")]
    found = figures(judge(items))
    shown, flagged = REACHED[part, author]
    assert found["wrong shown as supported"]["count"] <= shown
    assert found["right flagged"]["count"] <= flagged


def test_a_share_has_wilsons_interval() -> None:
    found = share(8, 72)
    assert (round(found["low"], 3), round(found["high"], 3)) == (0.057, 0.204)
    assert share(0, 0)["n"] == 0


@pytest.mark.parametrize("part", PARTS)
def test_a_digit_changed_to_one_that_the_quote_has_nowhere_is_unverified(part: str) -> None:
    for item in read_items(part)[::3]:
        for quote in item.quotes:
            for match in list(re.finditer(r"\d", quote))[:2]:
                used = {unicodedata.digit(char) for char in quote if char.isdecimal()}
                digit = next((char for char in "123456789" if int(char) not in used), "")
                changed = quote[: match.start()] + digit + quote[match.end() :]
                if digit:
                    assert verify_sentence(changed, [quote]).verdict is Verdict.UNVERIFIED, item.id


def test_the_order_of_quotes_changes_nothing() -> None:
    for item in read_items("development"):
        if len(item.quotes) > 1:
            assert verify_sentence(item.sentence, item.quotes[::-1]) == verify_sentence(item.sentence, item.quotes)
    assert _verdict(f"{COURT} {MARCH}", MARCH, COURT) is Verdict.QUOTED


@settings(deadline=None, max_examples=60)
@given(st.permutations(["The court heard two men.", "The men were freed.", "The women were not.", COURT]))
def test_any_order_of_quotes_gives_one_verdict(quotes: list[str]) -> None:
    found = verify_sentence("The court heard two men, who were freed.", quotes)
    assert found == verify_sentence("The court heard two men, who were freed.", sorted(quotes))


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
    found = verify_sentence(sentence, quotes)
    assert bool(found.reasons) == (found.verdict is Verdict.UNVERIFIED)


def test_reasons_come_in_one_order_in_every_run() -> None:
    script = (
        "from app.verification import verify_sentence\n"
        "from evaluation.verification import read_items\n"
        "for item in read_items('development')[::30]:\n"
        "    print(item.id, verify_sentence(item.sentence, item.quotes))\n"
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


LINKED = [
    (
        "The singer threatened the police.",
        "The singer received death threats because of her video, and she complained to the police.",
        "singer",
    ),
    ("Staff threatened two complainants.", "Staff were threatened after they had supported two complainants.", "Staff"),
    (
        "The company paid the workers of the southern plant.",
        "The company paid the workers of the northern plant, but it owes wages to those of the southern plant.",
        "northern",
    ),
    (
        "The minister promised an inquiry.",
        "The deputy minister met the families on 3 October and promised an inquiry.",
        "deputy",
    ),
    (
        "The clinic treated 640 survivors in 2021.",
        "In the first half of 2021 the clinic treated 640 survivors.",
        "first half",
    ),
    (
        "Sixty representatives took part in the forum.",
        "The forum included 77 representatives of 60 parties.",
        "parties",
    ),
    ("Two officers were convicted of manslaughter.", "Two officers were charged with manslaughter.", "charged"),
    (
        "The detained organisers were denied water.",
        "Lawyers for the detained organisers say that they were denied water.",
        "whose statement this is",
    ),
    ("A judge has signed a warrant.", "Police may not enter homes unless a judge has signed a warrant.", "unless"),
]


@pytest.mark.parametrize(("sentence", "quote", "reason"), LINKED)
def test_what_the_words_are_bound_to_is_kept(sentence: str, quote: str, reason: str) -> None:
    found = verify_sentence(sentence, [quote])
    assert found.verdict is Verdict.UNVERIFIED
    assert reason in found.reason


REWORDED = [
    ("A judge had decided 54 cases.", "A judge had adjudicated 54 cases."),
    ("The destruction of the bridge by rebels cut the road.", "Rebels destroyed the bridge, which cut the road."),
    ("The Government repeated its promise.", "The Government reiterated its promise."),
    ("Nurses struck over unpaid wages.", "Nurses struck because their wages had not been paid."),
    ("More than three quarters of the people needed help.", "In June, 77 per cent of the people needed help."),
    ("The lawyer was arrested by soldiers.", "Soldiers arrested the lawyer at the gate on 3 May 2019."),
]


@pytest.mark.parametrize(("sentence", "quote"), REWORDED)
def test_a_word_of_the_same_sense_is_supported(sentence: str, quote: str) -> None:
    assert verify_sentence(sentence, [quote]).reasons == ()


def test_a_sentence_in_another_language_than_its_quotes_needs_no_parser() -> None:
    script = (
        "import sys\n"
        "from app.verification import NO_QUOTE, OTHER_LANGUAGE, verify_sentence\n"
        f"found = verify_sentence('Мужчины в масках напали на марш женщин в Бишкеке.', [{MARCH!r}])\n"
        "assert OTHER_LANGUAGE in found.reasons\n"
        "assert 'spacy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_windows_may_verify_at_once_though_only_few_trees_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "_KEPT", 2)
    pairs = [(f"In May {n} women were held in the town.", f"{n} women were held in May.") for n in range(20, 60)]
    expected = [verify_sentence(sentence, [quote]) for quote, sentence in pairs]
    syntax.parse.cache_clear()
    with ThreadPoolExecutor(4) as windows:
        assert list(windows.map(lambda pair: verify_sentence(pair[1], [pair[0]]), pairs)) == expected


def test_verbatim_sentences_need_neither_parser_nor_word_table() -> None:
    script = (
        "import sys\n"
        "from app.verification import lexicon, syntax, verify_sentence\n"
        f"verify_sentence({MARCH!r}, [{MARCH!r}])\n"
        "assert 'spacy' not in sys.modules\n"
        "assert lexicon.load.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
