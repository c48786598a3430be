"""The nearest passages: exact within a small scope, filtered within a large one, and never from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from word_embedder import WordEmbedder

from vectorstore import full_text, nearest
from vectorstore.catalogue import Catalogue
from vectorstore.library import Library
from vectorstore.nearest import nearest_passages
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


@pytest.mark.parametrize("question", ["word3 word9 of village 4-2", "the people of Nepal"])
def test_a_small_scope_is_searched_exactly(shelf: Library, question: str) -> None:
    vector = WordEmbedder().embed_question(question)
    for scope in scopes(shelf):
        wanted = by_hand(shelf, vector, scope)
        assert len(wanted) > 10
        assert nearest_passages(shelf, vector, 10, scope) == wanted[:10]
        assert nearest_passages(shelf, vector, 10_000, scope) == wanted
        assert shelf.catalogue.scope_size(scope) == len(wanted)


def test_vectors_kept_in_memory_find_what_those_on_disk_find(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_READ", 0)
    vector = WordEmbedder().embed_question("the people of Nepal")
    for scope in [*scopes(shelf), Scope()]:
        assert nearest_passages(shelf, vector, 10, scope) == by_hand(shelf, vector, scope)[:10]


def test_vectors_kept_in_memory_follow_what_is_added_and_removed(tmp_path: Path) -> None:
    library, vector = Library(tmp_path / "library", WordEmbedder()), WordEmbedder().embed_question("wells in Chad")
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"The wells of Chad are deep, says {name}.\n", encoding="utf-8")
    assert nearest_passages(library, vector, 10, Scope()) == []
    library.add(tmp_path / "one.txt")
    assert len(nearest_passages(library, vector, 10, Scope())) == 1
    second = Library(tmp_path / "library", WordEmbedder())
    second.add(tmp_path / "two.txt")
    assert len(nearest_passages(library, vector, 10, Scope())) == 2, "another process may write"
    library.remove(library.find_documents("one.txt")[0].id)
    assert len(nearest_passages(second, vector, 10, Scope())) == 1
    second.close()
    library.close()


def test_a_large_library_is_asked_of_chroma(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_EXACT", 0)
    vector = WordEmbedder().embed_question("word3 word9 of village 4-2")
    found = nearest_passages(shelf, vector, 10, Scope())
    assert len(set(found) & set(by_hand(shelf, vector, Scope())[:10])) >= 5


def test_a_large_scope_keeps_to_itself_and_finds_nearly_as_much(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "_EXACT", 0)
    vector = WordEmbedder().embed_question("word3 word9 of village 4-2")
    for scope in scopes(shelf):
        found = nearest_passages(shelf, vector, 10, scope)
        wanted = by_hand(shelf, vector, scope)
        assert set(found) <= set(wanted)
        assert found == [number for number in wanted if number in found], "nearest first"
        assert len(set(found) & set(wanted[:10])) >= 5


def test_an_empty_scope_has_no_nearest(shelf: Library) -> None:
    vector = WordEmbedder().embed_question("anything")
    assert nearest_passages(shelf, vector, 10, Scope(documents=("0" * 64,))) == []
    assert nearest_passages(shelf, vector, 10, Scope(countries=("IS",))) == []


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


def test_the_rarest_words_choose_where_the_frequent_ones_would_take_too_long(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = shelf.catalogue
    question = "word3 in Peru"
    both = catalogue.full_text.search_passages(question.split(), Scope(), 1000)
    monkeypatch.setattr(full_text, "_ROWS", 1)
    one = catalogue.full_text.search_passages(question.split(), Scope(), 1000)
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
