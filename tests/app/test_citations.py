"""What is shown stands on the page; what a model altered does not pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import Verdict
from app.citations import check_sentence, locate_quote, squeeze
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
        "community based groups protested",
        "communitybased groups protested",
        "“The police detained at least 50 marchers”",
        "The police detained at least 50 marchers...",
    ],
)
def test_white_space_hyphens_and_the_shape_of_quotation_marks_do_not_matter(quote: str) -> None:
    assert _found(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "The police detained at least 60 marchers",
        "The police detained 50 marchers",
        "members did meet. The police detained",
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


def test_a_verbatim_sentence_is_quoted() -> None:
    assert check_sentence(PAGE[45:], [PAGE]) == (Verdict.QUOTED, "")


def test_a_sentence_in_other_words_is_supported_by_its_quote() -> None:
    sentence = "According to the news outlet, the police detained at least 50 of the marchers."
    assert check_sentence(sentence, [PAGE[45:]])[0] is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("The police detained 60 marchers.", "The police detained 50 marchers", "60"),
        ("Sixteen police detained marchers.", "The police detained 50 marchers", "16"),
        ("The police of Osh detained 50 marchers.", "The police detained 50 marchers", "Osh"),
        ("The committee members met in May.", "In May the committee members did not meet", "not"),
        ("The committee members did not meet in May.", "The committee members met in May", "not"),
        ("The police beat the marchers.", "The police allegedly beat the marchers", "who says"),
        ("Wages were raised by employers.", "The police detained the marchers on the square", "few words"),
        ("The police detained 50 marchers.", "", "stands on a page"),
    ],
)
def test_an_altered_sentence_is_unverified_and_the_reason_says_why(sentence: str, quote: str, reason: str) -> None:
    verdict, why = check_sentence(sentence, [quote] if quote else [])
    assert verdict is Verdict.UNVERIFIED
    assert reason in why
