"""The nearest passages: asked of Chroma, by filter or by asking for more, and never from outside the scope."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from word_embedder import WordEmbedder

from vectorstore.catalogue import Catalogue
from vectorstore.library import Library
from vectorstore.nearest import exact_nearest, nearest_passages
from vectorstore.records import Scope

COUNTRIES = ["Nepal", "Haiti", "Chad", "Peru"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Twelve texts of some ten passages each, about four countries."""
    folder = tmp_path_factory.mktemp("shelf")
    library = Library(folder / "library", WordEmbedder())
    chance = np.random.default_rng(3)
    for number in range(12):
        paragraphs = [
            f"In {COUNTRIES[number % 4]} the people of village {number}-{row} spoke of "
            + " ".join(f"word{word}" for word in chance.integers(0, 400, 90))
            for row in range(20)
        ]
        (folder / f"{number}.txt").write_text(".\n\n".join(paragraphs) + ".\n", encoding="utf-8")
        assert library.add(folder / f"{number}.txt").status == "ready"
    yield library
    library.close()


def scopes(library: Library) -> list[Scope]:
    ids = [document.id for document in library.catalogue.documents()]
    return [
        Scope(documents=(ids[3],)),
        Scope(documents=tuple(ids[:6])),
        Scope(countries=("NP",)),
        Scope(countries=("NP", "HT")),
        Scope(documents=tuple(ids[:6]), countries=("NP",)),
    ]


def by_hand(library: Library, vector: np.ndarray, scope: Scope) -> list[int]:
    ids = library.catalogue.passage_ids(scope)
    vectors = library.catalogue.vectors.passages(ids)
    return sorted(ids, key=lambda number: -float(vectors[number] @ vector))


QUESTIONS = ["word3 word9 of village 4-2", "the people of Nepal"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_exact_comparison_finds_the_nearest_of_every_scope(shelf: Library, question: str) -> None:
    vector = WordEmbedder().embed_question(question)
    for scope in [*scopes(shelf), Scope()]:
        wanted = by_hand(shelf, vector, scope)
        assert len(wanted) > 10
        assert exact_nearest(shelf.stores, vector, 10, scope) == wanted[:10]
        assert exact_nearest(shelf.stores, vector, 10_000, scope) == wanted
        assert not scope or shelf.catalogue.scope_size(scope) == len(wanted)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(("filtered", "most"), [(5_000, 4_000), (0, 4_000), (0, 1)])
def test_a_scope_keeps_to_itself_in_libraries_of_every_size(
    shelf: Library, question: str, filtered: int, most: int
) -> None:
    """By Chroma's filter, by asking for more, and compared one by one."""
    vector = WordEmbedder().embed_question(question)
    for scope in [*scopes(shelf), Scope()]:
        wanted = by_hand(shelf, vector, scope)
        found = nearest_passages(shelf.stores, vector, 10, scope, filtered, most)
        assert found.problem is None
        assert set(found.passages) <= set(wanted)
        assert list(found.passages) == [number for number in wanted if number in found.passages], "nearest first"
        assert len(set(found.passages) & set(wanted[:10])) >= 5


def test_the_index_finds_nearly_all_of_the_exact_nearest(shelf: Library) -> None:
    recall = shelf.index_recall()
    assert recall is not None
    assert recall.nearest == shelf.catalogue.vector_count() > 100
    assert recall.found >= 0.95 * recall.nearest


def test_what_is_added_and_removed_is_found_and_gone_at_once(tmp_path: Path) -> None:
    library, vector = Library(tmp_path / "library", WordEmbedder()), WordEmbedder().embed_question("wells in Chad")
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"The wells of Chad are deep, says {name}.\n", encoding="utf-8")

    def found(library: Library) -> int:
        nearest = nearest_passages(library.stores, vector, 10, Scope())
        assert nearest.problem is None
        return len(nearest.passages)

    assert found(library) == 0
    library.add(tmp_path / "one.txt")
    assert found(library) == 1
    second = Library(tmp_path / "library", WordEmbedder())
    second.add(tmp_path / "two.txt")
    assert found(library) == 2, "another process may write"
    library.remove(library.find_documents("one.txt")[0].id)
    assert found(second) == 1
    second.close()
    library.close()


def test_an_empty_scope_has_no_nearest(shelf: Library) -> None:
    vector = WordEmbedder().embed_question("anything")
    for scope in (Scope(documents=("0" * 64,)), Scope(countries=("IS",))):
        for filtered in (0, 5_000):
            assert nearest_passages(shelf.stores, vector, 10, scope, filtered).passages == ()


# -- full text of a large library -------------------------------------------------------------------------------------


def test_words_that_stand_nearly_everywhere_count_where_no_other_is_left(shelf: Library) -> None:
    catalogue = shelf.catalogue
    everywhere = catalogue.passage_count()
    assert catalogue.full_text.passages_with("people") > everywhere / 2
    ids = catalogue.passage_ids(Scope())
    assert len(catalogue.full_text.score_passages(["the", "people"], ids)) > everywhere / 2
    rare = catalogue.full_text.score_passages(["the", "people", "of", "Peru"], ids)
    assert rare == catalogue.full_text.score_passages(["Peru"], ids)
    assert 0 < len(rare) < everywhere / 2


def test_the_rarest_words_choose_where_the_frequent_ones_would_take_too_long(shelf: Library) -> None:
    catalogue = shelf.catalogue
    question = "word3 in Peru"
    both = catalogue.full_text.search_passages(question.split(), Scope(), 1000)
    one = catalogue.full_text.search_passages(question.split(), Scope(), 1000, scored=1)
    counts = {word: catalogue.full_text.passages_with(word) for word in ("word3", "peru")}
    rarest = min(counts, key=lambda word: counts[word])
    assert set(one) == set(catalogue.full_text.search_passages([rarest], Scope(), 1000)) < set(both)


def test_full_text_within_a_scope_is_that_of_the_library_cut_to_it(shelf: Library) -> None:
    catalogue = shelf.catalogue
    question = "word3 word9 word27"
    everything = catalogue.full_text.search_passages(question.split(), Scope(), 1000)
    for scope in scopes(shelf):
        inside = set(catalogue.passage_ids(scope))
        found = catalogue.full_text.search_passages(question.split(), scope, 1000)
        assert found == pytest.approx({number: score for number, score in everything.items() if number in inside})
        assert catalogue.among_scope(list(everything), scope) == [n for n in everything if n in inside]


def test_a_count_is_forgotten_when_a_document_comes_or_goes(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    reader = Catalogue(tmp_path / "library" / "catalogue.sqlite")
    assert (reader.full_text.passages_with("wombat"), reader.passage_count()) == (0, 0)
    (tmp_path / "one.txt").write_text("A wombat slept in the shade of the old court.\n", encoding="utf-8")
    document = library.add(tmp_path / "one.txt").id
    assert (reader.full_text.passages_with("wombat"), reader.passage_count()) == (1, 1)
    library.remove(document)
    assert (reader.full_text.passages_with("wombat"), reader.passage_count()) == (0, 0)
    reader.close()
    library.close()
