"""Which documents a question names."""

from __future__ import annotations

from vectorstore.question import words_of
from vectorstore.routing import Cards, make_card, route

CARDS = Cards(
    {
        "a": make_card("BESTBUY_2023_10K.pdf", "Annual report of a shop"),
        "b": make_card("BESTBUY_2024Q2_10Q.pdf", "Quarterly report of a shop"),
        "c": make_card("usstate_nepal_2023.pdf", "Nepal 2023 Human Rights Report"),
        "d": make_card("A_HRC_45_1.pdf", "Situation of women defenders in Cambodia"),
    }
)


def best(question: str) -> str:
    shares = route(words_of(question), CARDS).shares
    return max(shares, key=lambda document: shares[document])


def test_a_name_is_found_by_its_words_joined_or_begun() -> None:
    assert best("Which Best Buy category grew in 2024?") == "b"
    assert best("Best Buy's cash flow in 2023") == "a"
    assert best("What does Nepal's law say?") == "c"


def test_a_title_counts_where_the_file_name_says_nothing() -> None:
    assert best("Who are the defenders in Cambodia?") == "d"


def test_shares_lie_between_0_and_1_and_the_best_has_1() -> None:
    shares = route(words_of("Nepal report"), CARDS).shares
    assert max(shares.values()) == 1.0
    assert all(0.0 <= share <= 1.0 for share in shares.values())


def test_a_question_that_names_nothing_prefers_nothing() -> None:
    found = route(words_of("Who marched, and where?"), CARDS)
    assert set(found.shares.values()) == {0.0}
    assert not found.names


def test_the_names_are_words_of_the_question_and_no_figures() -> None:
    assert route(words_of("Best Buy in 2023"), CARDS).names >= {"best", "buy"}
    assert "2023" not in route(words_of("Nepal in 2023"), CARDS).names


def test_without_documents_there_is_no_route() -> None:
    assert route(["nepal"], Cards({})).shares == {}


def test_a_scope_is_routed_within_itself_alone() -> None:
    found = route(words_of("Best Buy in Nepal"), CARDS, ("c", "d"))
    assert set(found.shares) == {"c", "d"}
    assert found.shares["c"] == 1.0
    assert "best" not in found.names
