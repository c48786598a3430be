"""An original is deleted because somebody removes it, and for no other reason."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from ingest.documents import Status
from vectorstore.library import Library
from vectorstore.mending import mend
from vectorstore.originals import Originals
from vectorstore.records import Details
from vectorstore.retriever import retrieve

Run = Callable[..., str]
NEW = "The tamarack council of the valley met in secret for eleven days.\n"


def lose_catalogue(home: Path) -> None:
    for path in home.glob("catalogue.sqlite*"):
        path.unlink()


def originals(home: Path) -> set[str]:
    return {path.name for path in (home / "files").iterdir() if path.suffix != ".json"}


def a_new_text(texts: Path) -> Path:
    path = texts / "council.txt"
    path.write_text(NEW, encoding="utf-8")
    return path


@pytest.mark.parametrize("stage", ["killed-after-copy", "killed-storing", "killed-embedding"])
def test_a_lost_catalogue_and_a_killed_ingest_cost_no_original(
    words_home: Path, tmp_path: Path, texts: Path, run_to_end: Run, stage: str
) -> None:
    home = shutil.copytree(words_home, tmp_path / "library")
    before = originals(home)
    lose_catalogue(home)
    run_to_end(stage, home, a_new_text(texts))
    (texts / "other.txt").write_text("Nobody in the harbour was asked.\n", encoding="utf-8")
    assert run_to_end("add", home, texts / "other.txt") == "ready"
    assert before <= originals(home)
    library = Library(home, WordEmbedder())
    assert any("2 originals are in files/ that the list does not know" in line for line in library.verify())
    assert library.rebuild() == []
    assert {"haiti.txt", "river.txt", "other.txt"} <= {document.name for document in library.catalogue.documents()}
    assert library.verify() == []
    assert "quokkafluxian" in retrieve(library, "quokkafluxian villagers").passages[0].passage.text
    library.close()


def test_a_rebuilt_list_has_names_days_and_what_a_person_has_set(words: Library) -> None:
    river = words.find_documents("river.txt")[0]
    words.describe(river.id, Details("Rivers and dams", "The Valley Union", "2019", "VU/19"))
    wanted = {d.id: (d.name, d.added_at, d.details if d.edited else None) for d in words.catalogue.documents()}
    words.close()
    lose_catalogue(words.home)
    again = Library(words.home, WordEmbedder())
    assert [str(note) for note in again.notes()] == [
        "2 originals are in files/ that the list does not know: run `whrd rebuild` to read them in"
    ]
    again.rebuild()
    found = {d.id: (d.name, d.added_at, d.details if d.edited else None) for d in again.catalogue.documents()}
    assert found == wanted
    assert again.notes() == []
    again.close()


def test_an_older_list_put_back_beside_newer_files_deletes_nothing(words: Library, texts: Path) -> None:
    words.catalogue.compact()
    older = (words.home / "catalogue.sqlite").read_bytes()
    words.add(a_new_text(texts))
    kept = originals(words.home)
    words.close()
    lose_catalogue(words.home)
    (words.home / "catalogue.sqlite").write_bytes(older)
    library = Library(words.home, WordEmbedder())
    with library.writing():
        pass
    library.catalogue.begin("0" * 64)  # and again with work to be mended
    with library.writing():
        pass
    assert originals(library.home) == kept
    library.rebuild()
    assert [d.name for d in library.catalogue.documents()] == ["council.txt", "haiti.txt", "river.txt"]
    library.close()


def test_a_changed_original_is_told_and_kept(words: Library) -> None:
    river = words.find_documents("river.txt")[0]
    with words.file_of(river.id).open("ab") as file:
        file.write(b"One more line.\n")
    words.close()
    lose_catalogue(words.home)
    library = Library(words.home, WordEmbedder())
    (line,) = library.rebuild()
    assert "river.txt was changed on the disk" in str(line)
    assert {d.name: d.status for d in library.catalogue.documents()} == {
        "haiti.txt": Status.READY,
        "river.txt": Status.DAMAGED,
    }
    assert len(originals(library.home)) == 2
    library.close()


def test_documents_of_an_earlier_reading_are_read_again_and_keep_what_a_person_has_set(words: Library) -> None:
    river = words.find_documents("river.txt")[0]
    words.describe(river.id, Details("Rivers and dams", "The Valley Union", "2019", ""))
    with words.catalogue.transaction():
        words.catalogue._connection.execute("UPDATE documents SET reader = 0 WHERE id = ?", (river.id,))
    assert ["read by an earlier version" in str(note) for note in words.notes()] == [True]
    assert words.verify() == []
    before = words.find_documents("river.txt")[0]
    words.rebuild()
    after = words.find_documents("river.txt")[0]
    assert words.notes() == []
    assert (after.added_at, after.details, after.edited) == (before.added_at, before.details, True)
    assert words.verify() == []


def test_a_removal_takes_what_is_noted_of_the_name_too(words: Library) -> None:
    river = words.find_documents("river.txt")[0]
    assert Originals(words.home).about(river.id) is not None
    words.remove(river.id)
    assert [path.name for path in (words.home / "files").iterdir() if path.name.startswith(river.id)] == []


def test_names_are_noted_for_a_library_that_had_none(words: Library) -> None:
    for path in (words.home / "files").glob("*.about.json"):
        path.unlink()
    with words.writing():
        pass
    assert {words.stores.originals.about(d.id).name for d in words.catalogue.documents()} == {  # type: ignore[union-attr]
        "haiti.txt",
        "river.txt",
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_what_others_could_read_is_closed_at_the_next_opening(words: Library) -> None:
    words.close()
    for path in [words.home, *words.home.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    mine = words.home / "notes of mine.txt"
    mine.write_text("Not the library's.\n", encoding="utf-8")
    mine.chmod(0o644)
    library = Library(words.home, WordEmbedder())
    retrieve(library, "quokkafluxian villagers")
    library.close()
    open_to_others = {
        path.name for path in [words.home, *words.home.rglob("*")] if stat.S_IMODE(path.stat().st_mode) & 0o077
    }
    assert open_to_others == {mine.name}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_new_library_is_its_owners_alone(tmp_path: Path, texts: Path) -> None:
    before = os.umask(0o022)
    try:
        library = Library(tmp_path / "new", WordEmbedder())
        library.add(texts / "river.txt")
        library.rebuild()
        library.close()
        assert os.umask(0o022) == 0o022  # the user's own mask is back for what is exported
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").rglob("*")}
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_sound_list_is_left_as_it_is(words: Library) -> None:
    words.close()
    before = (words.home / "catalogue.sqlite").stat().st_size
    assert mend(words.home) == []
    assert (words.home / "catalogue.sqlite").stat().st_size == before
    assert not list(words.home.glob("*.damaged-*"))
