"""A process killed in the middle of its work leaves no half document, and the next write puts things right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from vectorstore.errors import IncompatibleLibrary
from vectorstore.library import Library
from vectorstore.retriever import retrieve

Run = Callable[..., str]
STAGES = ["killed-embedding", "killed-after-copy", "killed-before-vectors", "killed-after-vectors"]


@pytest.fixture
def third(texts: Path) -> Path:
    """A third text, not in the library yet."""
    path = texts / "third.txt"
    path.write_text("The platypusian people of the coast were never asked about the harbour.\n", encoding="utf-8")
    return path


@pytest.fixture
def home(words_home: Path, tmp_path: Path) -> Path:
    """A copy of the library of two texts that no process has open."""
    shutil.copytree(words_home, tmp_path / "library")
    return tmp_path / "library"


def said(library: Library, question: str) -> str:
    return " ".join(scored.passage.text for scored in retrieve(library, question).passages)


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_ingest_leaves_no_half_document(run_to_end: Run, home: Path, third: Path, stage: str) -> None:
    run_to_end(stage, home, third)
    library = Library(home, WordEmbedder())
    # Readers see the two documents of before, whole, and nothing of the third.
    assert [document.name for document in library.catalogue.documents()] == ["haiti.txt", "river.txt"]
    assert "platypusian" not in said(library, "platypusian people of the coast")
    assert "quokkafluxian" in said(library, "quokkafluxian villagers")
    # The next write, whatever it is, undoes what was left.
    with library.writing():
        pass
    assert library.verify() == []
    kept = {path.name.split(".")[0] for path in (home / "files").iterdir()}
    assert kept == {document.id for document in library.catalogue.documents()}
    assert library.add(third).new
    assert library.verify() == []
    assert "platypusian" in said(library, "platypusian people of the coast")
    library.close()


@pytest.mark.parametrize("stage", STAGES[1:])
def test_verify_tells_of_a_killed_ingest(run_to_end: Run, home: Path, third: Path, stage: str) -> None:
    run_to_end(stage, home, third)
    library = Library(home, WordEmbedder())
    assert any("was cut off" in problem for problem in library.verify())
    library.close()


def test_adding_the_same_file_right_after_the_kill_works(run_to_end: Run, home: Path, third: Path) -> None:
    run_to_end("killed-after-vectors", home, third)
    assert run_to_end("add", home, third) == "ready"
    library = Library(home, WordEmbedder())
    assert library.verify() == []
    assert "platypusian" in said(library, "platypusian people")
    library.close()


def test_a_killed_removal_is_finished_by_the_next_write(run_to_end: Run, home: Path) -> None:
    run_to_end("killed-removing", home, "river.txt")
    library = Library(home, WordEmbedder())
    assert [document.name for document in library.catalogue.documents()] == ["haiti.txt"]
    assert "quokkafluxian" not in said(library, "quokkafluxian villagers")
    with library.writing():
        pass
    assert library.verify() == []
    assert len(list((home / "files").iterdir())) == 1
    library.close()


def test_a_killed_removal_leaves_no_text_behind_once_recovered(run_to_end: Run, home: Path) -> None:
    run_to_end("killed-removing", home, "river.txt")
    library = Library(home, WordEmbedder())
    with library.writing():
        pass
    library.close()
    assert not any(b"quokkafluxian" in path.read_bytes().lower() for path in home.rglob("*") if path.is_file())


def test_a_killed_rebuild_is_finished_by_the_next_write(run_to_end: Run, home: Path) -> None:
    run_to_end("killed-rebuilding", home)
    library = Library(home, WordEmbedder())
    assert library.verify()
    with library.writing():
        pass
    assert library.verify() == []
    assert "quokkafluxian" in said(library, "quokkafluxian villagers")
    library.close()


def test_a_rebuild_killed_while_it_changed_the_embedder_can_be_run_again(run_to_end: Run, home: Path) -> None:
    run_to_end("killed-changing-embedder", home)
    library = Library(home, WordEmbedder("other", 32))
    library.rebuild()
    assert library.verify() == []
    for document in library.catalogue.documents():
        sentences = library.catalogue.sentence_texts(document.id)
        wanted = library.embedder.embed(list(sentences.values()))
        for (_, vector), expected in zip(library.catalogue.all_vectors(document.id), wanted, strict=True):
            assert vector == pytest.approx(expected, abs=1e-6)
    library.close()


def test_vectors_of_two_embedders_are_never_asked_together(run_to_end: Run, home: Path) -> None:
    run_to_end("killed-changing-embedder", home)
    library = Library(home, WordEmbedder())
    assert library.verify()
    with pytest.raises(IncompatibleLibrary, match="whrd rebuild"):
        retrieve(library, "quokkafluxian villagers")
    library.rebuild()
    assert library.verify() == []
    assert "quokkafluxian" in said(library, "quokkafluxian villagers")
    library.close()
