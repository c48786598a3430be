"""Questions and documents in scripts and languages other than English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import retrieve

KHMER = "នាយកដ្ឋានបរិស្ថានបានជួបជាមួយអ្នកភូមិនៅតាមដងទន្លេ។ ពួកគេបានសុំឱ្យបិទរោងចក្រ។"
OTHER_KHMER = "សាលារៀនថ្មីត្រូវបានបើកនៅក្នុងទីក្រុង។ សិស្សទាំងអស់បានមកចូលរៀននៅថ្ងៃដំបូង។"
NEPALI = "नेपालको कानुनले छाउपडी प्रथालाई दण्डनीय बनाएको छ। गाउँका महिलाहरूले यसबारे आवाज उठाए।"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("languages")
    library = Library(folder / "library", WordEmbedder())
    for name, text in {
        "river.txt": KHMER,
        "school.txt": OTHER_KHMER,
        "law.txt": NEPALI,
        "english.txt": "The department met the villagers by the river. They asked that the factory be closed.",
    }.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
        assert library.add(folder / name).status == "ready"
    yield library
    library.close()


def names(library: Library, passages: dict[int, float]) -> list[str]:
    stored = library.catalogue.passages(passages)
    documents = {document.id: document.name for document in library.catalogue.documents()}
    return [documents[stored[number].document] for number in sorted(passages, key=lambda n: -passages[n])]


def test_the_language_of_a_document_is_recorded(shelf: Library) -> None:
    languages = {document.name: document.language for document in shelf.catalogue.documents()}
    assert languages == {"river.txt": "km", "school.txt": "km", "law.txt": "ne", "english.txt": "en"}


def test_words_are_found_in_a_script_without_blanks(shelf: Library) -> None:
    found = retrieve(shelf, "អ្នកណាសុំឱ្យបិទរោងចក្រ?")
    best = shelf.catalogue.document(found.passages[0].passage.document)
    assert best is not None
    assert best.name == "river.txt"


def test_letters_by_threes_find_only_scripts_without_blanks(shelf: Library) -> None:
    found = shelf.catalogue.full_text.search_trigrams(["រោង", "ងចក"], Scope(), 10)
    assert names(shelf, found) == ["river.txt"]
    assert not shelf.catalogue.full_text.search_trigrams(["riv", "ive"], Scope(), 10)


def test_a_word_with_vowel_signs_is_one_word(shelf: Library) -> None:
    assert names(shelf, shelf.catalogue.full_text.search_passages(["छाउपडी"], Scope(), 10)) == ["law.txt"]
    assert not shelf.catalogue.full_text.search_passages(["छाउ"], Scope(), 10)


def test_removing_leaves_no_letters_behind(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    (tmp_path / "river.txt").write_text(KHMER + "\n", encoding="utf-8")
    library.remove(library.add(tmp_path / "river.txt").id)
    assert not library.catalogue.full_text.search_trigrams(["រោង"], Scope(), 10)
    assert not library.catalogue.check()
    library.close()
