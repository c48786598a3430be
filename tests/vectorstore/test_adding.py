"""Several files at once: read ahead, in order, each with its own progress and its own end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from encoder.errors import EmbedderMissing
from ingest.documents import Status
from vectorstore import read_ahead
from vectorstore.adding import READY
from vectorstore.errors import LibraryBusy
from vectorstore.library import Library

WORDS = ["first", "second", "third", "fourth"]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library", WordEmbedder())
    yield made
    made.close()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{word}.txt" for word in WORDS]
    for word, path in zip(WORDS, paths, strict=True):
        path.write_text(f"The {word} report speaks of the people of the coast.\n", encoding="utf-8")
    return paths


def test_files_are_added_in_order_with_progress_of_the_file_whose_turn_it_is(
    library: Library, files: list[Path]
) -> None:
    files[1].write_bytes(b"%PDF-1.7\nrest")
    files[3].write_bytes(files[0].read_bytes())
    told: list[tuple[object, ...]] = []
    added = []
    for one in library.add_all(
        files, on_progress=lambda *stage: told.append(stage), on_start=lambda *start: told.append(start)
    ):
        told.append(("added", one.document))
        added.append(one)
    assert [(one.document, one.status, one.new) for one in added] == [
        ("first.txt", Status.READY, True),
        ("second.txt", Status.DAMAGED, True),
        ("third.txt", Status.READY, True),
        ("first.txt", Status.READY, False),  # the same bytes, that were read a moment ago
    ]
    # Reading ahead may be over before it is a file's turn; then nothing is left to tell of it.
    assert [line for line in told if line[0] != "reading"] == [
        (1, "first.txt"),
        ("embedding", 1, 1),
        ("added", "first.txt"),
        (2, "second.txt"),
        ("added", "second.txt"),
        (3, "third.txt"),
        ("embedding", 1, 1),
        ("added", "third.txt"),
        (4, "fourth.txt"),
        ("added", "first.txt"),
    ]
    assert library.verify() == []


def test_a_file_is_read_while_the_one_before_it_is_embedded(
    tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = {path.name: threading.Event() for path in files}
    load = read_ahead.read_file

    def watched_load(path, *arguments):  # type: ignore[no-untyped-def]
        document = load(path, *arguments)
        read[path.name].set()
        return document

    class Waiting(WordEmbedder):
        waited = 0

        def embed(self, texts, on_progress=None):  # type: ignore[no-untyped-def]
            if "first" in texts[0]:  # held until the second is read: for ever, were they read one after another
                assert read["second.txt"].wait(30)
                self.waited += 1
            return super().embed(texts, on_progress)

    monkeypatch.setattr(read_ahead, "read_file", watched_load)
    embedder = Waiting()
    library = Library(tmp_path / "library", embedder)
    assert [added.status for added in library.add_all(files[:2])] == ["ready", "ready"]
    assert embedder.waited == 1
    library.close()


def test_whoever_stops_asking_gives_the_lock_back(library: Library, files: list[Path]) -> None:
    adding_files = library.add_all(files)
    assert next(adding_files).document == "first.txt"
    with pytest.raises(LibraryBusy):
        Library(library.home, WordEmbedder()).add(files[1])
    adding_files.close()  # type: ignore[attr-defined]  # it is a generator
    assert [document.name for document in library.catalogue.documents()] == ["first.txt"]
    assert library.add(files[1]).new
    assert library.verify() == []


def test_no_file_is_no_work(library: Library) -> None:
    assert list(library.add_all([])) == []


def test_without_its_model_a_file_is_found_by_its_words_and_completed_later(tmp_path: Path, files: list[Path]) -> None:
    class Missing(WordEmbedder):
        def embed(self, texts, on_progress=None):  # type: ignore[no-untyped-def]
            raise EmbedderMissing("The model is not there.")

    broken = Library(tmp_path / "library", Missing("gone"))
    with pytest.raises(EmbedderMissing):
        broken.add(files[0])
    assert [document.embedded for document in broken.catalogue.documents()] == [False]
    broken.close()
    # No vector was made with the embedder that is missing: the library is not bound to it.
    library = Library(tmp_path / "library", WordEmbedder())
    assert library.add(files[1]).new
    assert all(document.embedded for document in library.catalogue.documents())
    assert library.verify() == []
    library.close()


def test_a_web_page_that_came_under_a_reports_name_is_told(words: Library, tmp_path: Path) -> None:
    page = "<!doctype html><html><body><p>Your session has ended. Please sign in to read the report.</p></body></html>"
    (tmp_path / "report.PDF").write_text(page, encoding="utf-8")
    (tmp_path / "page.html").write_text(page.replace("ended", "expired"), encoding="utf-8")
    added = words.add(tmp_path / "report.PDF")
    assert (added.status, str(added.message)) == (
        "ready",
        "ready, but it is not a PDF: if one was meant, fetch the file again",
    )
    assert words.add(tmp_path / "page.html").message == READY
