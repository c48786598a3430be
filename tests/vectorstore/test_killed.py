"""A process killed in its work leaves nothing of a document, or all that full text finds; the next write mends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from word_embedder import RememberingEmbedder, WordEmbedder

from vectorstore.errors import IncompatibleLibrary
from vectorstore.library import Library
from vectorstore.retriever import retrieve

Run = Callable[..., str]
UNSTORED = ["killed-after-copy", "killed-storing"]
FULL_TEXT = [
    "killed-before-keeping",
    "killed-embedding",
    "killed-half-embedded",
    "killed-before-vectors",
    "killed-after-vectors",
]
"""The document is stored by then; its vectors are not all in."""


@pytest.fixture
def third(texts: Path) -> Path:
    """A third text, not in the library yet."""
    path = texts / "third.txt"
    path.write_text(
        "The platypusian people of the coast were never asked about the harbour.\n\nTheir boats were sold.\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def home(words_home: Path, tmp_path: Path) -> Path:
    """A copy of the library of two texts that no process has open."""
    shutil.copytree(words_home, tmp_path / "library")
    return tmp_path / "library"


def said(library: Library, question: str) -> str:
    return " ".join(scored.passage.text for scored in retrieve(library, question).passages)


@pytest.mark.parametrize("stage", UNSTORED)
def test_an_ingest_killed_before_the_document_is_stored_leaves_nothing_of_it(
    run_to_end: Run, home: Path, third: Path, stage: str
) -> None:
    run_to_end(stage, home, third)
    library = Library(home, WordEmbedder())
    # Readers see the two documents of before, whole, and nothing of the third.
    assert [document.name for document in library.catalogue.documents()] == ["haiti.txt", "river.txt"]
    assert "platypusian" not in said(library, "platypusian people of the coast")
    assert "quokkafluxian" in said(library, "quokkafluxian villagers")
    assert any("was interrupted" in problem for problem in library.verify())
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


@pytest.mark.parametrize("stage", FULL_TEXT)
def test_an_ingest_killed_while_it_embeds_leaves_a_document_that_full_text_finds(
    run_to_end: Run, home: Path, third: Path, stage: str
) -> None:
    run_to_end(stage, home, third)
    library = Library(home, WordEmbedder())
    embedded = {document.name: document.embedded for document in library.catalogue.documents()}
    assert embedded == {"haiti.txt": True, "river.txt": True, "third.txt": False}
    found = retrieve(library, "platypusian people of the coast").passages
    assert "platypusian" in " ".join(scored.passage.text for scored in found)
    if stage in ("killed-embedding", "killed-half-embedded"):
        third_id = library.find_documents("third")[0].id
        assert {scored.passage.document for scored in found if not scored.embedded} == {third_id}
    assert "quokkafluxian" in said(library, "quokkafluxian villagers")
    missing = [
        problem for problem in library.verify() if "third.txt: found by its words only, not yet by meaning" in problem
    ]
    assert len(missing) == 1
    assert "whrd rebuild" in missing[0]
    library.close()


@pytest.mark.parametrize(
    ("stage", "remedy"),
    [
        *((stage, "add the same") for stage in FULL_TEXT),
        *(
            pytest.param(stage, remedy, marks=[] if stage == "killed-half-embedded" else pytest.mark.slow)
            for stage in FULL_TEXT
            for remedy in ("add another", "rebuild")
        ),
    ],
)
def test_the_next_writer_completes_a_document_that_has_no_vectors(
    run_to_end: Run, home: Path, third: Path, stage: str, remedy: str
) -> None:
    run_to_end(stage, home, third)
    library = Library(home, WordEmbedder())
    if remedy == "rebuild":
        library.rebuild()
    else:
        other = third.with_name("fourth.txt")
        other.write_text("The wombatian people of the hills were asked.\n", encoding="utf-8")
        assert library.add(other if remedy == "add another" else third).status == "ready"
    assert library.verify() == []
    assert all(document.embedded for document in library.catalogue.documents())
    found = retrieve(library, "platypusian people of the coast").passages
    assert "platypusian" in found[0].passage.text
    assert found[0].embedded
    assert found[0].cosine > 0.5
    library.close()


def test_a_removal_neither_needs_nor_makes_missing_vectors(run_to_end: Run, home: Path, third: Path) -> None:
    run_to_end("killed-half-embedded", home, third)
    library = Library(home, WordEmbedder())
    library.remove(library.find_documents("third.txt")[0].id)
    assert library.verify() == []
    assert [document.name for document in library.catalogue.documents()] == ["haiti.txt", "river.txt"]
    library.close()
    assert [p for p in home.rglob("*") if p.is_file() and b"platypusian" in p.read_bytes().lower()] == []


def test_vectors_that_were_stored_before_the_kill_are_not_made_again(run_to_end: Run, home: Path, third: Path) -> None:
    run_to_end("killed-half-embedded", home, third)
    embedder = RememberingEmbedder()
    library = Library(home, embedder)
    library.add(third)
    assert embedder.texts == ["Their boats were sold."]
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
    kept = {path.name.split(".")[0] for path in (home / "files").iterdir()}
    assert kept == {document.id for document in library.catalogue.documents()}
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
        for vector, expected in zip(library.catalogue.vectors_of(sentences).values(), wanted, strict=True):
            assert vector == pytest.approx(expected, abs=5e-4)
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
