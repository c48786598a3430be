"""What is shown is on the page; what a model altered does not pass."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.citations import locate_quote
from app.verbatim import squeeze
from ingest.documents import Span

PAGE = (
    "In May the Committee’s members did not meet. The police detained at least 50 marchers, according to the news "
    "outlet, and “all were freed” that same day; community-based groups protested on 8 March 2020."
)
WHOLE = (Span(1, 0, len(PAGE)),)


def _found(quote: str, page: str = PAGE) -> list[str]:
    spans = locate_quote(quote, (Span(1, 0, len(page)),), {1: page})
    return [page[span.start : span.end] for span in spans]


@given(st.data())
def test_every_run_of_whole_words_of_a_page_is_found_where_it_stands(data: st.DataObject) -> None:
    words = [(m, m + len(w)) for w in set(PAGE.split()) for m in [PAGE.index(w)]]
    starts, ends = [a for a, _ in words], [b for _, b in words]
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([e for e in ends if e > start]))
    quote = PAGE[start:end]
    if sum(char.isalnum() for char in squeeze(quote)) < 12:
        return
    (found,) = _found(quote)
    assert squeeze(quote.strip("“”.; ")) in squeeze(found)


@given(st.text(alphabet="abcdefghij ", min_size=16))
def test_words_that_are_not_on_the_page_are_not_found(words: str) -> None:
    assert not _found(words)


@pytest.mark.parametrize(
    "quote",
    [
        'the news outlet, and "all were freed" that same day',
        "the  news\noutlet, and “all were freed” that same day",
        "community-\nbased groups protested",
        "communi-\nty-based groups protested",
        "“The police detained at least 50 marchers”",
        "The police detained at least 50 marchers...",
    ],
)
def test_white_space_broken_lines_and_the_shape_of_quotation_marks_do_not_matter(quote: str) -> None:
    assert _found(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "The police detained at least 60 marchers",
        "The police detained 50 marchers",
        "members did meet. The police detained",
        "community based groups protested",
        "communitybased groups protested",
        "based groups protested on 8 March",
        "olice detained at least 50 march",
        "the police detained at least 50 marchers",
        "marchers",
        "",
    ],
)
def test_a_changed_word_half_a_word_or_one_word_alone_is_no_quote(quote: str) -> None:
    assert not _found(quote)


def test_a_hyphen_between_figures_matters() -> None:
    assert not _found("between 1 and 12 people were hurt", "between 1 and 1-2 people were hurt here")
    assert _found("between 1 and 1–2 people were hurt", "between 1 and 1-2 people were hurt here")


def test_a_quote_over_a_page_break_is_two_spans() -> None:
    pages = {4: "The unions struck for a monthly", 5: "wage of 160 dollars. More follows."}
    spans = locate_quote("struck for a monthly wage of 160 dollars.", (Span(4, 0, 31), Span(5, 0, 20)), pages)
    assert [pages[s.page][s.start : s.end] for s in spans] == ["struck for a monthly", "wage of 160 dollars."]


def test_a_quote_is_looked_for_in_its_passage_alone() -> None:
    first, second = PAGE[:44], PAGE[44:]
    assert locate_quote(first, (Span(1, 0, 44),), {1: PAGE})
    assert not locate_quote(second[:60], (Span(1, 0, 44),), {1: PAGE})


WORDS = [(word.start(), word.end()) for word in re.finditer(r"[^\W_]+(?:[’-][^\W_]+)*", PAGE)]


@given(st.data())
def test_other_blanks_hyphens_and_quotation_marks_find_the_same_span(data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(WORDS) - 4))
    last = data.draw(st.integers(first + 3, len(WORDS) - 1))
    quote = PAGE[WORDS[first][0] : WORDS[last][1]]
    if sum(char.isalnum() for char in quote) < 12:
        return
    blank = data.draw(st.sampled_from([" ", "\n", "  ", "\u00a0", " \u00ad", "\t"]))
    apostrophe = data.draw(st.sampled_from(["’", "'", "‘"]))
    mark = data.draw(st.sampled_from(["“", '"', "«"]))
    altered = quote.replace(" ", blank).replace("’", apostrophe).replace("“", mark).replace("”", mark)
    hyphen = data.draw(st.sampled_from(["-", "-\n", "\u00ad-", "‑"]))
    altered = altered.replace("community-based", f"community{hyphen}based")
    whole, other = (locate_quote(text, WHOLE, {1: PAGE}) for text in (quote, altered))
    assert whole == other
    assert whole[0].start <= WORDS[last][0]


@given(st.data())
def test_a_quote_with_another_digit_or_letter_is_not_found(data: st.DataObject) -> None:
    quote = PAGE[45:]
    places = [index for index, char in enumerate(quote) if char.isalnum()]
    place = data.draw(st.sampled_from(places))
    new = data.draw(st.sampled_from([char for char in "abcxyz0123456789" if char != quote[place]]))
    assert not _found(quote[:place] + new + quote[place + 1 :])


@pytest.mark.parametrize(
    "quote", ["Le comité s'est réuni à Genève", unicodedata.normalize("NFD", "Le comité s’est réuni à Genève")]
)
def test_letters_with_accents_are_one_letter_however_they_are_written(quote: str) -> None:
    page = "Le comité s’est réuni à Genève en mai."
    assert _found(quote, page) == _found("Le comité s’est réuni à Genève", page)
    assert not _found("Le comité s’est réuni à Geneve", page)


def test_half_a_word_of_a_script_with_vowel_signs_is_no_quote() -> None:
    page = "प्रहरीले काठमाडौंमा महिला अधिकारकर्मीलाई पक्राउ गर्‍यो।"
    assert _found("प्रहरीले काठमाडौंमा महिला अधिकारकर्मीलाई", page)
    assert not _found("प्रहरीले काठमाडौंमा महिला अधिकारकर्म", page)
