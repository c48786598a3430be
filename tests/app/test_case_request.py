"""What is asked for on the page Cases is in the address, and nothing that anyone may write there is too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chat.state.case_request import (
    MOST_COUNTRIES,
    QUESTIONS_CHARACTERS,
    SUBJECT_CHARACTERS,
    CaseRequest,
    Kind,
    read_questions,
    read_request,
)

NAMES = st.sampled_from(["Nepal", "Kyrgyzstan", "Cambodia", "Côte d’Ivoire", "Lao People's Democratic Republic"])
ONE_LINE = st.text("abc é?नेpал", max_size=40).map(lambda text: " ".join(text.split()))
REQUESTS = st.one_of(
    st.builds(lambda name, about: CaseRequest(Kind.DOSSIER, (name,), about), NAMES, ONE_LINE),
    st.builds(
        lambda names, asked: CaseRequest(Kind.COMPARISON, tuple(names), questions=tuple(filter(None, asked))),
        st.lists(NAMES, unique=True, max_size=MOST_COUNTRIES),
        st.lists(ONE_LINE, max_size=5),
    ),
    st.builds(lambda names: CaseRequest(Kind.RECOMMENDATIONS, tuple(names)), st.lists(NAMES, unique=True)),
)


@given(REQUESTS)
def test_an_address_leads_back_to_what_was_asked_for(request: CaseRequest) -> None:
    assert read_request(request.address()) == request


@given(st.dictionaries(st.sampled_from(["kind", "country", "about", "question"]), st.lists(st.text(), max_size=500)))
def test_no_address_asks_for_more_than_the_fields_take(address: dict[str, list[str]]) -> None:
    for kind in ("dossier", "comparison", "recommendations"):
        request = read_request(address | {"kind": [kind]})
        if request is not None:
            assert len(request.countries) <= (300 if kind == "recommendations" else MOST_COUNTRIES)
            assert len(request.about) <= SUBJECT_CHARACTERS
            assert sum(map(len, request.questions)) <= QUESTIONS_CHARACTERS


@pytest.mark.parametrize(
    "address", [{}, {"kind": ["war"]}, {"kind": []}, {"kind": ["dossier"]}, {"country": ["Nepal"]}]
)
def test_an_address_that_asks_for_nothing_makes_nothing(address: dict[str, list[str]]) -> None:
    assert read_request(address) is None


def test_questions_stand_one_a_line() -> None:
    assert read_questions(" Who?\n\n  What   happened? \n") == ("Who?", "What happened?")
