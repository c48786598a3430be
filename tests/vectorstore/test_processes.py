"""One writer, many readers."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from vectorstore.errors import LibraryBusy
from vectorstore.library import Library
from vectorstore.retriever import retrieve

pytestmark = pytest.mark.processes


@pytest.fixture
def held(words: Library, start: Callable[..., subprocess.Popen[str]]) -> subprocess.Popen[str]:
    """Another process that writes to the library."""
    process = start("hold", words.home)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    return process


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("work", ["add", "remove", "rebuild"])
def test_a_second_writer_is_told_at_once_that_the_library_is_busy(words: Library, texts: Path, work: str) -> None:
    before = words.catalogue.documents()
    tasks: dict[str, Callable[[], object]] = {
        "add": lambda: words.add(texts / "river.txt"),
        "remove": lambda: words.remove(before[0].id),
        "rebuild": words.rebuild,
    }
    started = time.monotonic()
    with pytest.raises(LibraryBusy, match=r"Another process is writing to .*wait"):
        tasks[work]()
    assert time.monotonic() - started < 2
    assert words.catalogue.documents() == before


@pytest.mark.usefixtures("held")
def test_reading_goes_on_while_another_process_writes(words: Library) -> None:
    assert "quokkafluxian" in retrieve(words, "quokkafluxian villagers").passages[0].passage.text
    assert words.verify() == []


def test_the_lock_goes_with_its_process(words: Library, held: subprocess.Popen[str], texts: Path) -> None:
    held.kill()
    held.wait()
    assert words.add(texts / "river.txt").new is False


def test_the_lock_is_given_back_after_every_write(words: Library, texts: Path, run_to_end: Callable[..., str]) -> None:
    words.add(texts / "river.txt")
    assert run_to_end("add", words.home, texts / "river.txt") == "ready"


def test_a_reader_sees_what_another_process_added_and_removed(
    words: Library, texts: Path, run_to_end: Callable[..., str]
) -> None:
    third = texts / "third.txt"
    third.write_text("The platypusian people of the coast were never asked.\n", encoding="utf-8")
    assert len(retrieve(words, "people of the coast").passages) == 2
    assert run_to_end("add", words.home, third) == "ready"
    found = retrieve(words, "people of the coast").passages
    assert "platypusian" in found[0].passage.text
    document = words.find_documents("third.txt")[0]
    ((number, vector),) = words.catalogue.vectors.passages_of(document.id).items()
    assert words.index.nearest(vector, 1) == [number]
    assert words.index.ids() == words.catalogue.vectors.passage_ids()
    run_to_end("remove", words.home, third)
    assert not any("platypusian" in scored.passage.text for scored in retrieve(words, "people of the coast").passages)
    assert words.index.ids() == words.catalogue.vectors.passage_ids()


def test_what_another_process_added_can_be_added_to(
    words: Library, texts: Path, run_to_end: Callable[..., str]
) -> None:
    names = []
    for number in range(4):
        path = texts / f"more-{number}.txt"
        path.write_text(f"Text number {number} speaks of the wombat{number} people of the coast.\n", encoding="utf-8")
        names.append(path.name)
        if number % 2:
            assert words.add(path).new
        else:
            assert run_to_end("add", words.home, path) == "ready"
    assert words.verify() == []
    assert {document.name for document in words.catalogue.documents()} == {"haiti.txt", "river.txt", *names}
    for number in range(4):
        assert f"wombat{number}" in retrieve(words, f"wombat{number}").passages[0].passage.text


def test_a_library_can_be_made_by_several_processes_at_once(
    tmp_path: Path, texts: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    for number in range(3):
        home = tmp_path / f"new {number}"
        adding = [start("add", home, texts / name) for name in ("haiti.txt", "river.txt")]
        ended = [process.communicate(timeout=240) for process in adding]
        for process, (out, error) in zip(adding, ended, strict=True):
            assert (process.returncode == 0 and out.strip() == "ready") or "Another process is writing" in error
            assert "another version" not in error
        library = Library(home, WordEmbedder())
        assert library.catalogue.documents()
        assert library.verify() == []
        library.close()
