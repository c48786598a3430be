"""Vectors in the catalogue: one for equal sentences, nothing left of a removed one, near what was made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from word_embedder import RememberingEmbedder, WordEmbedder

from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import retrieve

SHARED = "The delegation thanked the people of the valley for their patience."
OWN = {"one.txt": "The wombatian council met in the first month.", "two.txt": "The dingoish court closed in autumn."}


@pytest.fixture
def embedder() -> RememberingEmbedder:
    return RememberingEmbedder()


@pytest.fixture
def pair(tmp_path: Path, embedder: RememberingEmbedder) -> Iterator[Library]:
    """Two reports that share a sentence, one of which says it twice."""
    library = Library(tmp_path / "library", embedder)
    for name, own in OWN.items():
        twice = f"\n\n{SHARED}" if name == "one.txt" else ""
        (tmp_path / name).write_text(f"{own}\n\n{SHARED}{twice}\n", encoding="utf-8")
    yield library
    library.close()


def count(library: Library, sql: str) -> int:
    connection = sqlite3.connect(library.home / "catalogue.sqlite")
    number = connection.execute(sql).fetchone()[0]
    connection.close()
    return int(number)


def add(library: Library, name: str) -> str:
    return library.add(library.home.parent / name).id


def test_equal_sentences_are_embedded_once(pair: Library, embedder: RememberingEmbedder) -> None:
    add(pair, "one.txt")
    add(pair, "two.txt")
    assert sorted(embedder.texts) == sorted([*OWN.values(), SHARED])
    assert count(pair, "SELECT count(*) FROM sentences") == 5
    assert count(pair, "SELECT count(*) FROM vectors") == 3
    sentences = pair.catalogue.sentences_of(pair.catalogue.passage_ids(Scope()))
    vectors = pair.catalogue.vectors_of(sentence.id for sentence in sentences)
    wanted = WordEmbedder().embed([sentence.text for sentence in sentences])
    assert np.stack([vectors[sentence.id] for sentence in sentences]) == pytest.approx(wanted, abs=5e-4)


def test_a_changed_file_read_anew_costs_its_new_sentences_alone(pair: Library, embedder: RememberingEmbedder) -> None:
    add(pair, "one.txt")
    path = pair.home.parent / "one.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n\nA later edition has one more.\n", encoding="utf-8")
    embedder.texts.clear()
    pair.add(path)
    assert embedder.texts == ["A later edition has one more."]


def test_removal_keeps_what_another_document_shares_and_nothing_else(pair: Library) -> None:
    one, two = add(pair, "one.txt"), add(pair, "two.txt")
    gone = WordEmbedder().embed([OWN["one.txt"]]).astype("<f2").tobytes()
    kept = WordEmbedder().embed([SHARED]).astype("<f2").tobytes()
    assert gone in (pair.home / "catalogue.sqlite").read_bytes() + (pair.home / "catalogue.sqlite-wal").read_bytes()
    pair.remove(one)
    assert count(pair, "SELECT count(*) FROM vectors") == 2
    stored = (pair.home / "catalogue.sqlite").read_bytes() + (pair.home / "catalogue.sqlite-wal").read_bytes()
    assert kept in stored
    assert gone not in stored
    assert pair.verify() == []
    pair.remove(two)
    assert count(pair, "SELECT count(*) FROM vectors") == count(pair, "SELECT count(*) FROM passage_vectors") == 0
    assert kept not in (pair.home / "catalogue.sqlite").read_bytes()


def test_a_passage_s_vector_is_the_mean_of_its_sentences(pair: Library) -> None:
    document = add(pair, "one.txt")
    ((_, vector),) = pair.catalogue.vectors.passages_of(document).items()
    mean = WordEmbedder().embed([OWN["one.txt"], SHARED, SHARED]).mean(axis=0)
    assert vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-3)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-3)
    assert pair.index.entries(list(pair.catalogue.vectors.passage_ids())).keys() == pair.catalogue.vectors.passage_ids()


def test_float16_moves_a_cosine_by_less_than_a_ten_thousandth(sample_library: Library) -> None:
    catalogue = sample_library.catalogue
    sentences = catalogue.sentences_of(catalogue.passage_ids(Scope()))[:100]
    stored = catalogue.vectors_of(sentence.id for sentence in sentences)
    # The very vectors, made again in the same company: what is stored differs by its rounding alone.
    made = sample_library.embedder.embed([sentence.text for sentence in sentences])
    rounded = made.astype(np.float16).astype(np.float32)
    question = sample_library.embedder.embed_question("Who attacked the women’s march in Bishkek?")
    assert abs(made @ question - rounded @ question).max() < 1e-4
    assert {vector.dtype for vector in stored.values()} == {np.dtype(np.float32)}


def test_a_document_is_found_by_its_words_while_its_vectors_are_made(pair: Library, tmp_path: Path) -> None:
    seen: list[tuple[bool, str]] = []

    class Looking(WordEmbedder):
        def embed(self, texts, on_progress=None):  # type: ignore[no-untyped-def]
            reader = Library(pair.home, WordEmbedder())
            found = retrieve(reader, "wombatian council").passages
            seen.append((reader.catalogue.documents()[0].embedded, found[0].passage.text))
            reader.close()
            return super().embed(texts, on_progress)

    pair.close()
    writer = Library(pair.home, Looking())
    writer.add(tmp_path / "one.txt")
    assert [embedded for embedded, _ in seen] == [False]
    assert "wombatian" in seen[0][1]
    assert writer.catalogue.documents()[0].embedded
    writer.close()
