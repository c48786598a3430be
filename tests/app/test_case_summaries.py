"""Summaries and comparisons: cited quotes under fixed headings, and silence where the reports are silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cases import (
    HEADINGS,
    NO_EVIDENCE,
    NOT_SHOWN,
    CaseSummary,
    compare,
    countries_with_cases,
    summarise,
    summary_json,
)
from app.errors import UsageError
from app.exports.manuscript import make_manuscript
from app.exports.markdown import to_markdown
from app.exports.text import to_text
from evaluation.answers import wrong_quotes
from ingest.language.countries import country_name, find_countries, parse_country
from vectorstore.library import Library

SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def kyrgyzstan(sample_library: Library) -> CaseSummary:
    return summarise(sample_library, "kyrgyz")


def test_the_cases_of_the_sample_are_its_three_countries(sample_library: Library) -> None:
    assert list(countries_with_cases(sample_library)) == ["Cambodia", "Kyrgyzstan", "Nepal"]


def test_a_summary_has_the_fixed_headings_and_verbatim_lines(kyrgyzstan: CaseSummary) -> None:
    assert [heading.title for heading in kyrgyzstan.headings] == [heading.title for heading in HEADINGS]
    assert len(kyrgyzstan.citations) >= 10
    assert not wrong_quotes(SAMPLE_FOLDER, kyrgyzstan.citations)
    for heading in kyrgyzstan.headings:
        assert all(sentence.citations for sentence in heading.sentences)


def test_a_summary_says_nothing_twice_and_stays_with_its_country(kyrgyzstan: CaseSummary) -> None:
    sentences = [sentence.text for heading in kyrgyzstan.headings for sentence in heading.sentences]
    assert len(set(sentences)) == len(sentences)
    assert not any("Nepal" in text and "Kyrgyz" not in text for text in sentences)


def test_a_summary_tells_which_pages_it_read_and_which_it_cites(kyrgyzstan: CaseSummary) -> None:
    assert set(kyrgyzstan.pages_cited) <= set(kyrgyzstan.pages_read)
    assert {("women-human-rights-defenders-sample.pdf", page) for page in (5, 6, 7)} <= set(kyrgyzstan.pages_read)


def test_a_heading_without_evidence_says_so(sample_library: Library) -> None:
    # The sample makes no recommendation on Cambodia.
    summary = summarise(sample_library, "Cambodia")
    (recommendations,) = [heading for heading in summary.headings if heading.title == "Recommendations"]
    assert not recommendations.sentences
    assert str(NO_EVIDENCE) in to_text(make_manuscript(summary))
    assert str(NO_EVIDENCE) in to_markdown(make_manuscript(summary))


def test_a_gap_names_the_nearest_case_that_has_something(sample_library: Library) -> None:
    summary = summarise(sample_library, "Cambodia")
    gaps = [heading for heading in summary.headings if not heading.sentences and not heading.not_shown]
    assert gaps
    for heading in gaps:
        assert "in the case of" in str(heading.elsewhere)
        assert "case of Cambodia" not in str(heading.elsewhere)
        assert str(heading.elsewhere) in to_text(make_manuscript(summary))


def test_what_the_reports_do_say_is_never_called_silence(sample_library: Library) -> None:
    short = summarise(sample_library, "Kyrgyzstan", about="bride kidnapping", sentences=2)
    empty = [heading for heading in short.headings if not heading.sentences]
    assert {heading.gap for heading in empty if heading.not_shown} == {NOT_SHOWN}
    (asked,) = [heading for heading in short.headings if heading.title == "Recommendations"]
    assert asked.not_shown, "the sample does recommend something on Kyrgyzstan"
    assert str(NOT_SHOWN) in to_text(make_manuscript(short))


def test_the_meter_knows_every_report_and_its_pages(kyrgyzstan: CaseSummary) -> None:
    (report,) = kyrgyzstan.reports
    assert (report.document, report.pages) == ("women-human-rights-defenders-sample.pdf", 18)
    assert set(report.cited) <= set(report.read)
    assert kyrgyzstan.pages_read == tuple((report.document, page) for page in report.read)
    data = summary_json(kyrgyzstan)["coverage"]
    assert data["reports"][0]["pages_cited"] == list(report.cited)


def test_a_summary_keeps_to_the_length_and_to_the_subject_that_are_asked_for(sample_library: Library) -> None:
    whole = summarise(sample_library, "Kyrgyzstan", sentences=5)
    assert sum(len(heading.sentences) for heading in whole.headings) == 5
    told = {
        about: [
            sentence.text.lower()
            for heading in summarise(sample_library, "Kyrgyzstan", about=about, sentences=5).headings
            for sentence in heading.sentences
        ]
        for about in ("", "bride kidnapping", "похищение невест")
    }
    counts = [sum("kidnapping" in text for text in texts) for texts in told.values()]
    assert counts[0] < counts[2] <= counts[1]
    assert counts[1] >= 3


def test_a_cell_holds_what_the_question_names_or_nothing(sample_library: Library) -> None:
    (row,) = compare(
        sample_library, ["Nepal", "Kyrgyzstan", "Cambodia"], ["What happened on 8 March 2020 in Bishkek?"]
    ).rows
    assert [bool(cell.sentences) for cell in row.cells] == [False, True, False]


def test_every_cell_under_the_headings_stays_with_its_country(sample_library: Library) -> None:
    comparison = compare(sample_library, ["Nepal", "Kyrgyzstan", "Cambodia"])
    assert [row.question for row in comparison.rows] == [heading.title for heading in HEADINGS]
    assert not wrong_quotes(SAMPLE_FOLDER, comparison.citations)
    for row in comparison.rows:
        for cell in row.cells:
            for sentence in cell.sentences:
                named = set(find_countries(sentence.text))
                assert (
                    not named or country_name(next(iter(named))) == cell.country or parse_country(cell.country) in named
                )


@pytest.mark.parametrize(("country", "reason"), [("Nepall", "Did you mean Nepal"), ("France", "Cambodia, Kyrgyzstan")])
def test_an_unknown_country_or_one_without_a_case_is_named_with_the_remedy(
    sample_library: Library, country: str, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        summarise(sample_library, country)


def test_a_comparison_answers_each_question_from_each_case(sample_library: Library) -> None:
    question = "What happened on 8 March 2020 in Bishkek?"
    comparison = compare(sample_library, ["Nepal", "Kyrgyzstan"], [question, "How do I bake sourdough bread?"])
    first, second = comparison.rows
    nepal, kyrgyzstan = (" ".join(s.text for s in cell.sentences) for cell in first.cells)
    assert "Bishkek" in kyrgyzstan
    assert "masked men" in kyrgyzstan
    assert "masked men" not in nepal
    assert all(not cell.sentences for cell in second.cells)
    assert not wrong_quotes(SAMPLE_FOLDER, comparison.citations)
    assert "not found in the reports" in to_text(make_manuscript(comparison))


def test_one_country_is_no_comparison(sample_library: Library) -> None:
    with pytest.raises(UsageError, match="two countries"):
        compare(sample_library, ["Nepal", "Nepalese"])
