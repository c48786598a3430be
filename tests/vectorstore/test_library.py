"""The library: adding, removing, failures, agreement of its stores."""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from word_embedder import WordEmbedder

from ingest.documents import Status
from ingest.limits import Limits
from vectorstore.catalogue import Catalogue
from vectorstore.errors import IncompatibleLibrary, UnknownDocument
from vectorstore.library import Library
from vectorstore.records import IndexEntry, Scope
from vectorstore.retriever import retrieve

PHRASE = b"quokkafluxian"
HALF = 5e-4
"""What a number up to 1 may lose when it is stored as float16."""


def state(library: Library) -> tuple[object, ...]:
    """Everything a no-op must leave as it was."""
    catalogue = library.catalogue
    return (
        catalogue.documents(),
        catalogue.passage_ids(Scope()),
        library.index.ids(),
        catalogue.revision(),
        sorted(path.name for path in (library.home / "files").iterdir()),
    )


def all_bytes(folder: Path) -> bytes:
    """Every byte of a folder but those of Chroma's graph, which have a test of their own."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".bin")
    return b"\n".join(path.read_bytes() for path in files).lower()


def fill_free_memory(mark: bytes) -> None:
    """Leave ``mark`` all over the memory that this process has given back."""

    def fill() -> None:
        held = [bytearray(mark * (size // len(mark))) for size in (1_000, 9_000, 39_600, 60_000) for _ in range(30)]
        del held

    threads = [threading.Thread(target=fill) for _ in range(4)]
    for thread in threads:
        thread.start()
    fill()
    for thread in threads:
        thread.join()


def damage(library: Library, sql: str, values: tuple[object, ...] = ()) -> None:
    connection = sqlite3.connect(library.home / "catalogue.sqlite")
    with connection:
        connection.execute(sql, values)
    connection.close()


# -- adding -----------------------------------------------------------------------------------------------------------


def test_a_document_is_kept_with_its_file_pages_sentences_and_vectors(words: Library, texts: Path) -> None:
    document = words.find_documents("river.txt")[0]
    assert (document.status, document.pages, document.passages, document.paged) == (Status.READY, 1, 1, False)
    assert words.file_of(document.id).read_bytes() == (texts / "river.txt").read_bytes()
    text = words.page(document.id, 1).text
    sentences = words.catalogue.sentences_of(words.catalogue.passages(range(1, 99)))
    mine = [sentence for sentence in sentences if sentence.document == document.id]
    assert len(mine) == 2
    for sentence in mine:
        (span,) = sentence.spans
        assert text[span.start : span.end] == sentence.text
    stored = words.catalogue.vectors_of([sentence.id for sentence in mine])
    wanted = WordEmbedder().embed([sentence.text for sentence in mine])
    for sentence, vector in zip(mine, wanted, strict=True):
        assert stored[sentence.id] == pytest.approx(vector, abs=HALF)
    assert words.verify() == []


def test_the_same_bytes_twice_are_a_no_op_even_under_another_name(words: Library, texts: Path) -> None:
    before = state(words)
    again = words.add(texts / "river.txt")
    copy = texts / "copy of river.md"
    copy.write_bytes((texts / "river.txt").read_bytes())
    other = words.add(copy)
    assert (again.new, again.document, str(again.message)) == (False, "river.txt", "already in the library")
    assert (other.new, other.document, other.id) == (False, "river.txt", again.id)
    assert "as river.txt" in str(other.message)
    assert state(words) == before


def test_other_bytes_under_the_same_name_are_another_document(words: Library, texts: Path) -> None:
    (texts / "river.txt").write_text("A new edition speaks of the same people of the hills.", encoding="utf-8")
    assert words.add(texts / "river.txt").new
    assert len(words.find_documents("river.txt")) == 2
    assert words.verify() == []


def test_progress_is_told_stage_by_stage(words: Library, texts: Path) -> None:
    (texts / "third.txt").write_text("A third text speaks of the people of the coast.", encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    words.add(texts / "third.txt", on_progress=lambda *stage: told.append(stage))
    assert told == [("reading", 1, 0), ("embedding", 1, 1)]


def test_a_failure_is_kept_in_the_list_and_tried_again(words: Library, texts: Path) -> None:
    path = texts / "third.txt"
    path.write_text("A third text speaks of the people of the coast.", encoding="utf-8")
    failed = words.add(path, Limits(characters=10))
    assert failed.status is Status.TOO_BIG
    assert [d.status for d in words.find_documents("third.txt")] == [Status.TOO_BIG]
    assert words.find_documents("third.txt")[0].message == failed.message
    assert "coast" not in " ".join(r.passage.text for r in retrieve(words, "people of the coast").passages)
    assert words.add(path).status is Status.READY
    assert [d.status for d in words.find_documents("third.txt")] == [Status.READY]
    assert "coast" in " ".join(r.passage.text for r in retrieve(words, "people of the coast").passages)
    assert words.verify() == []


def test_a_text_without_a_word_is_listed_as_without_text(words: Library, texts: Path) -> None:
    path = texts / "figures.txt"
    path.write_text("12 345\n\n678 --- 9\n", encoding="utf-8")
    added = words.add(path)
    assert added.status is Status.NO_TEXT
    assert "figures.txt" in str(added.message)


def test_the_message_of_a_failure_is_one_line(words: Library, texts: Path) -> None:
    path = texts / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\nrest")
    added = words.add(path)
    assert added.status is Status.DAMAGED
    assert "\n" not in str(added.message)
    assert "cut.pdf" in str(added.message)


# -- finding ----------------------------------------------------------------------------------------------------------


def test_documents_are_found_by_name_id_and_title(words: Library) -> None:
    document = words.find_documents("river.txt")[0]
    for name in (document.id, document.id[:8], document.id[:8].upper(), "river", "River"):
        assert [found.id for found in words.find_documents(name)] == [document.id]


@pytest.mark.parametrize("name", ["nothing.txt", "", "%", "*"])
def test_an_unknown_document_is_named(words: Library, name: str) -> None:
    with pytest.raises(UnknownDocument, match="whrd documents"):
        words.find_documents(name)


def test_a_page_that_is_gone_is_said_so(words: Library) -> None:
    document = words.find_documents("river.txt")[0]
    with pytest.raises(UnknownDocument, match="Page 2"):
        words.page(document.id, 2)


# -- removing ---------------------------------------------------------------------------------------------------------


def test_removing_leaves_nothing_behind(words: Library) -> None:
    assert PHRASE in all_bytes(words.home)
    document = words.find_documents("river.txt")[0]
    gone = set(words.catalogue.passage_ids(Scope((document.id,))))
    assert gone <= words.index.ids()
    words.remove(document.id)
    assert words.catalogue.document(document.id) is None
    assert not words.file_of(document.id).exists()
    assert not gone & words.index.ids()
    tables = sqlite3.connect(words.home / "catalogue.sqlite")
    for table in ("pages", "passages", "sentences"):
        assert tables.execute(f"SELECT count(*) FROM {table} WHERE document = ?", (document.id,)).fetchone() == (0,)
    assert tables.execute("SELECT count(*) FROM vectors").fetchone() == (2,)
    assert tables.execute("SELECT count(*) FROM passage_vectors").fetchone() == (1,)
    tables.close()
    assert words.verify() == []
    assert [found.name for found in words.catalogue.documents()] == ["haiti.txt"]
    assert PHRASE not in all_bytes(words.home)
    words.close()
    assert PHRASE not in all_bytes(words.home)


def test_no_memory_of_the_process_is_written_into_the_index(words_home: Path, tmp_path: Path) -> None:
    mark = b"what the process once knew;"
    for number in range(6):
        home = shutil.copytree(words_home, tmp_path / str(number))
        library = Library(home, WordEmbedder())
        document = library.find_documents("river.txt")[0]
        fill_free_memory(mark)
        library.remove(document.id)
        library.close()
        assert [path.name for path in home.rglob("*") if path.is_file() and mark in path.read_bytes()] == []


def test_removing_a_failure_takes_it_off_the_list(words: Library, texts: Path) -> None:
    (texts / "empty.txt").touch()
    failed = words.add(texts / "empty.txt")
    assert failed.status is Status.DAMAGED
    words.remove(failed.id)
    assert words.catalogue.document(failed.id) is None
    assert words.verify() == []


def test_a_removed_document_can_be_added_again(words: Library, texts: Path) -> None:
    words.remove(words.find_documents("river.txt")[0].id)
    assert words.add(texts / "river.txt").new
    assert words.verify() == []
    assert PHRASE.decode() in retrieve(words, "quokkafluxian").passages[0].passage.text


# -- agreement of the stores ------------------------------------------------------------------------------------------


def lose_vector(library: Library) -> None:
    library.index.delete(library.catalogue.passage_ids(Scope())[:1])


def orphan_vector(library: Library) -> None:
    library.index.add([IndexEntry(987_654, WordEmbedder().embed_question("nobody's"), "nobody's", {"page": 1})])


def change_vector(library: Library) -> None:
    entry = library.stores.entries_of(library.catalogue.documents()[0].id)[0]
    library.index.add([replace(entry, vector=WordEmbedder().embed_question("something else"))])


def change_text(library: Library) -> None:
    entry = library.stores.entries_of(library.catalogue.documents()[0].id)[0]
    library.index.add([replace(entry, text="Nobody ever said this.")])


def change_metadata(library: Library) -> None:
    entry = library.stores.entries_of(library.catalogue.documents()[0].id)[0]
    library.index.add([replace(entry, metadata=dict(entry.metadata) | {"page": 99})])


def break_passages_text(library: Library) -> None:
    damage(library, "INSERT INTO passages_text (passages_text) VALUES ('delete-all')")


def break_sentences_text(library: Library) -> None:
    damage(library, "INSERT INTO sentences_text (rowid, text) VALUES (987654, 'a row of nobody')")


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (lose_vector, "1 passages are missing in the vector index"),
        (orphan_vector, "1 vectors in the index belong to no document"),
        (change_vector, "1 passages of (haiti|river).txt differ"),
        (change_text, "1 passages of (haiti|river).txt differ"),
        (change_metadata, "1 passages of (haiti|river).txt differ"),
        (break_passages_text, "full-text index passages_text disagrees"),
        (break_sentences_text, "full-text index sentences_text disagrees"),
    ],
)
def test_verify_finds_a_disagreement_and_rebuild_mends_it(
    words: Library, harm: Callable[[Library], None], problem: str
) -> None:
    assert words.verify() == []
    harm(words)
    problems = words.verify()
    assert len(problems) == 1
    assert re.search(problem, problems[0])
    words.rebuild()
    assert words.verify() == []
    assert PHRASE.decode() in retrieve(words, "quokkafluxian").passages[0].passage.text


def test_verify_names_a_missing_and_a_changed_file(words: Library) -> None:
    river, haiti = (words.find_documents(name)[0] for name in ("river.txt", "haiti.txt"))
    words.file_of(river.id).unlink()
    with words.file_of(haiti.id).open("ab") as file:
        file.write(b"!")
    assert sorted(words.verify()) == ["the file of haiti.txt was changed", "the file of river.txt is missing"]


def test_verify_tells_of_work_that_was_cut_off(words: Library) -> None:
    words.catalogue.begin("f" * 64)
    assert words.verify() == [f"work on document {'f' * 12} was interrupted: the next `whrd ingest` mends it"]


def test_rebuild_reports_every_document(words: Library) -> None:
    told: list[tuple[str, int, int]] = []
    words.rebuild(lambda *stage: told.append(stage))
    assert told == [("rebuilding", 1, 2), ("rebuilding", 2, 2)]


# -- another embedder, another version --------------------------------------------------------------------------------


def test_a_library_of_another_embedder_refuses_and_rebuild_mends(words: Library, texts: Path) -> None:
    (texts / "third.txt").write_text("A third text speaks of the people of the coast.", encoding="utf-8")
    other = Library(words.home, WordEmbedder("other", 32))
    with pytest.raises(IncompatibleLibrary, match=r"words.*other.*whrd rebuild"):
        other.add(texts / "third.txt")
    with pytest.raises(IncompatibleLibrary, match="whrd rebuild"):
        retrieve(other, "Who was moved?")
    assert any("whrd rebuild" in problem for problem in other.verify())
    other.rebuild()
    assert other.verify() == []
    assert retrieve(other, "quokkafluxian villagers").passages
    assert other.add(texts / "third.txt").status is Status.READY
    sentences = other.catalogue.sentence_texts(other.find_documents("river.txt")[0].id)
    vectors = other.catalogue.vectors_of(sentences)
    assert np.stack([vectors[i] for i in sentences]) == pytest.approx(
        WordEmbedder("other", 32).embed(list(sentences.values())), abs=HALF
    )
    other.close()
    with pytest.raises(IncompatibleLibrary):
        retrieve(words, "Who was moved?")


def test_a_catalogue_of_another_version_is_refused(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.set_meta("schema", "99")
    catalogue.close()
    with pytest.raises(IncompatibleLibrary, match="another version"):
        Catalogue(tmp_path / "catalogue.sqlite")


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    with pytest.raises(sqlite3.ProgrammingError), catalogue.transaction():  # noqa: PT012  # two steps, one failing
        catalogue.set_meta("half", "done")
        catalogue.set_meta("other half", object())  # type: ignore[arg-type]  # that is what fails
    assert catalogue.meta("half") is None
    with catalogue.transaction():
        catalogue.set_meta("whole", "done")
    assert catalogue.meta("whole") == "done"
    catalogue.close()


def test_an_empty_library_answers_with_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "new" / "library", WordEmbedder())
    assert library.catalogue.documents() == []
    assert retrieve(library, "Who was moved?").passages == ()
    assert library.verify() == []
    library.rebuild()
    assert library.verify() == []
    library.close()
