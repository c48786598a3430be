"""What a report is called, in full and in a few words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import Citation
from app.exports.sources import short_source
from app.naming import SHORT_NAME, short_name, shown_date

US = "United States Department of State, Bureau of Democracy, Human Rights, and Labor"
ORGAN = "United Nations, Security Council"


def cited(**details: str) -> Citation:
    held = {"title": "Situation on the river", "author": "", "year": "2025", **details}
    return Citation(
        1, "ab" * 32, "river.pdf", held.pop("title"), held.pop("author"), held.pop("year"), 3, "", "6", 0, 9,
        "They left", **held,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "publisher", "symbol", "case", "year", "name"),
    [
        ("Situation on the river", ORGAN, "S/2025/211", "", "2025", "UN S/2025/211"),
        ("Situation on the river", "", "A/HRC/31/12", "", "2016", "UN A/HRC/31/12"),
        ("Ситуация на реке", "Организация Объединенных Наций", "S/2025/211", "", "2025", "UN S/2025/211"),
        ("Nobody came back", "Amnesty International", "ASA 31/1234/2020", "", "2020", "ASA 31/1234/2020"),
        ("Matter of A.J. et al., Order", "Court", "", "Matter of A.J. et al.", "2009", "Matter of A.J. et al., 2009"),
        ("Nepal 2023 Human Rights Report", US, "", "", "2023", "US State Department, Nepal 2023 Human …"),
        ("Nobody Came Back: The river people", "Valley Watch", "", "", "2020", "Valley Watch, Nobody Came Back, 2020"),
        ("Drug-Related Killings in the Valley of the Reeds and Beyond", "", "", "", "2019",
         "Drug-Related Killings in the Valley …"),
        ("report.pdf", "", "", "", "", "report.pdf"),
    ],
)  # fmt: skip
def test_a_short_name_is_symbol_case_or_first_words(
    title: str, publisher: str, symbol: str, case: str, year: str, name: str
) -> None:
    assert short_name(title, publisher, symbol, case, year) == name


@given(st.text(max_size=300), st.text(max_size=120), st.text(max_size=60), st.text(max_size=200))
def test_a_short_name_is_short_whatever_the_data_are(title: str, publisher: str, symbol: str, case: str) -> None:
    assert len(short_name(title, publisher, symbol, case, "2025")) <= SHORT_NAME


@pytest.mark.parametrize(
    ("date", "year", "shown"),
    [
        ("2025-04-07", "2025", "7 April 2025"), ("2025-04", "2025", "April 2025"), ("2025", "2025", "2025"),
        ("", "2019", "2019"), ("2025-04-07", "2019", "2019"), ("2025-13-07", "2025", "2025"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_date_is_shown_as_far_as_it_is_known(date: str, year: str, shown: str) -> None:
    assert shown_date(date, year) == shown


def test_a_source_is_by_the_publisher_where_no_author_is_named() -> None:
    citation = cited(publisher=ORGAN, symbol="S/2025/211", date="2025-04-07")
    assert citation.source == f"{ORGAN}, Situation on the river, S/2025/211, 7 April 2025, p. 3, para. 6"
    assert citation.short_name == "UN S/2025/211"
    assert short_source(citation) == "UN S/2025/211, p. 3, para. 6"
    assert cited(author="Mira Tol", publisher=ORGAN).source == "Mira Tol, Situation on the river, 2025, p. 3, para. 6"
    assert short_source(cited(publisher=ORGAN)) == f"{ORGAN}, Situation on the river, p. 3, para. 6"
