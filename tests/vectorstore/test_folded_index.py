"""Full text is found by folded words, and an index that another version folded is made again."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from vectorstore.catalogue import Catalogue
from vectorstore.library import Library
from vectorstore.question import words_of
from vectorstore.records import Scope


@pytest.fixture
def names(tmp_path: Path) -> Library:
    file = tmp_path / "Zoë.txt"
    file.write_text(
        "Kazimierz Łęcki met the Naʼari at the Ser\u00adnova mill.\n\nអ្នក\u200bការពារ\u200bសិទ្ធិ មនុស្ស។\n",
        encoding="utf-8",
    )
    library = Library(tmp_path / "library", WordEmbedder())
    assert library.add(file).status == "ready"
    return library


def found(catalogue: Catalogue, words: str) -> bool:
    return all(catalogue.full_text.passages_with(word) for word in words_of(words))


def test_words_are_found_in_any_letters(names: Library) -> None:
    for words in ("lecki", "ŁĘCKI", "Na'ari", "sernova"):
        assert found(names.catalogue, words)
    assert not found(names.catalogue, "lecka")
    assert names.catalogue.full_text.search_trigrams(["ការព"[:3]], Scope(), 5)
    assert names.verify() == []
    names.close()


def test_an_index_of_another_folding_is_made_again_when_it_is_opened(names: Library) -> None:
    names.catalogue._connection.executescript(
        "INSERT INTO passages_text (passages_text) VALUES ('delete-all'); DELETE FROM meta WHERE key = 'folding';"
    )
    names.close()
    again = Library(names.home, WordEmbedder())
    assert found(again.catalogue, "lecki")
    assert again.verify() == []
    document = again.find_documents("zoe")[0]
    assert again.find_documents("Zoe\u0308.txt") == [document]
    again.remove(document.id)
    assert not again.catalogue.full_text.passages_with("lecki")
    assert again.verify() == []
    again.close()
