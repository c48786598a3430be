"""The Chroma index: every question asks it, it holds what belongs to a passage, and damage to it is survived."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from word_embedder import WordEmbedder

from vectorstore.index import VectorIndex, close_clients, where
from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import retrieve
from vectorstore.stores import Stores

QUESTION = "What happened on 8 March 2020 in Bishkek?"


class WatchedIndex(VectorIndex):
    """An index that remembers what it was asked and what it found."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked: list[tuple[Scope | None, list[int]]] = []

    def nearest(self, vector: NDArray[np.float32], count: int, scope: Scope | None = None) -> list[int]:
        found = super().nearest(vector, count, scope)
        self.asked.append((scope, found))
        return found


class WatchedStores(Stores):
    """Stores with a watched index."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.watched = WatchedIndex(home / "chroma")

    @property
    def index(self) -> VectorIndex:
        return self.watched


@pytest.mark.parametrize("scope", [Scope(), Scope(countries=("KG",))])
def test_a_question_to_the_sample_library_queries_the_chroma_collection(own_library: Library, scope: Scope) -> None:
    stores = WatchedStores(own_library.home)
    library = Library(own_library.home, own_library.embedder, stores=stores)
    found = retrieve(library, QUESTION, scope)
    ((asked, nearest),) = stores.watched.asked
    assert (asked or Scope()) == scope
    assert found.passages[0].passage.id in nearest
    assert set(nearest) <= set(library.catalogue.passage_ids(scope))
    library.close()


def test_the_collection_carries_text_and_metadata_of_every_passage(sample_library: Library) -> None:
    (document,) = sample_library.catalogue.documents()
    passages = sample_library.catalogue.passages(sample_library.catalogue.passage_ids(Scope()))
    entries = sample_library.index.entries(list(passages))
    countries = sample_library.catalogue.countries_of(passages)
    assert entries.keys() == passages.keys()
    for number, passage in passages.items():
        entry, metadata = entries[number], entries[number].metadata
        assert entry.text == passage.text
        assert (metadata["document_id"], metadata["source"]) == (document.id, document.name)
        assert (metadata["title"], metadata["language"]) == (document.title, "en")
        assert (metadata["page"], metadata["pages"]) == (passage.page, passage.pages)
        assert metadata["label"] == sample_library.page(document.id, passage.page).label
        assert metadata["section"] == passage.section
        assert metadata.get("countries", []) == countries.get(number, [])


def test_a_scope_is_chromas_own_filter() -> None:
    assert where(Scope(documents=("a",))) == {"document_id": {"$in": ["a"]}}
    assert where(Scope(countries=("NP",))) == {"countries": {"$contains": "NP"}}
    assert where(Scope(("a",), ("NP", "KG"))) == {
        "$and": [
            {"document_id": {"$in": ["a"]}},
            {"$or": [{"countries": {"$contains": "NP"}}, {"countries": {"$contains": "KG"}}]},
        ]
    }


# -- damage -----------------------------------------------------------------------------------------------------------


def overwrite_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(os.urandom(50_000))


def cut_database(folder: Path) -> None:
    data = (folder / "chroma.sqlite3").read_bytes()
    (folder / "chroma.sqlite3").write_bytes(data[: len(data) // 2])


def delete_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def put_a_file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")


@pytest.mark.parametrize("harm", [overwrite_database, cut_database, delete_folder, put_a_file_in_its_place])
def test_a_damaged_folder_is_survived_reported_and_rebuilt(
    words_home: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    home = shutil.copytree(words_home, tmp_path / "library")
    whole = Library(home, WordEmbedder())
    wanted = [(item.passage.id, item.score) for item in retrieve(whole, "quokkafluxian villagers").passages]
    whole.close()
    close_clients()  # as in another process
    harm(home / "chroma")
    library = Library(home, WordEmbedder())
    found = retrieve(library, "quokkafluxian villagers")
    assert [(item.passage.id, item.score) for item in found.passages] == wanted
    assert found.problem is not None
    assert "whrd rebuild" in str(found.problem)
    assert len(str(found.problem).splitlines()) == 1
    assert any("whrd rebuild" in problem or "missing" in problem for problem in library.verify())
    library.rebuild()
    assert library.verify() == []
    assert retrieve(library, "quokkafluxian villagers").problem is None
    library.close()


def test_an_index_of_an_earlier_version_is_filled_by_the_next_writer(words: Library, texts: Path) -> None:
    words.catalogue.set_meta("index_format", "1")
    assert "earlier version" in str(retrieve(words, "quokkafluxian villagers").problem)
    assert any("earlier version" in problem for problem in words.verify())
    (texts / "third.txt").write_text("A third text speaks of the people of the coast.", encoding="utf-8")
    assert words.add(texts / "third.txt").status == "ready"
    assert words.verify() == []
    assert retrieve(words, "quokkafluxian villagers").problem is None


def test_a_new_title_reaches_the_collection(words: Library) -> None:
    document = words.find_documents("river.txt")[0]
    details = type(document.details)("The dam", "A court", "2020", "")
    words.describe(document.id, details)
    titles = {
        entry.metadata["title"]
        for entry in words.index.entries(words.catalogue.passage_ids(Scope((document.id,)))).values()
    }
    assert titles == {"The dam"}
    assert words.verify() == []
