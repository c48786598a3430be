"""A damaged file is one line that names it; a rebuild puts it aside and loses nothing that has an original."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from vectorstore.errors import CatalogueDamaged, LibraryError
from vectorstore.library import Library
from vectorstore.mending import mend
from vectorstore.retriever import retrieve

PAGE = 4096


def write_over(path: Path, start: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(random.Random(start).randbytes(size))


def head(path: Path) -> None:
    write_over(path, 0, 100)


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def middle(path: Path) -> None:
    write_over(path, path.stat().st_size // 2 // PAGE * PAGE, PAGE)


def first_tables(path: Path) -> None:
    write_over(path, PAGE, 8 * PAGE)


def no_text(path: Path) -> None:
    """Bytes that are no UTF-8 inside a text: SQLite itself finds nothing wrong with them."""
    content = path.read_bytes()
    place = content.index(b"The quokkafluxian villagers")
    path.write_bytes(content[:place] + b"\xff\xfe\xff" + content[place + 3 :])


def at_rest(library: Library) -> Path:
    """Close a library with everything in one file."""
    library.catalogue.compact()
    library.close()
    return library.home / "catalogue.sqlite"


def trouble_with(home: Path) -> LibraryError | None:
    """Return what the library raises when it is asked; None where the damage lies elsewhere."""
    try:
        library = Library(home, WordEmbedder())
        library.verify()
        retrieve(library, "quokkafluxian villagers")
        library.close()
    except LibraryError as error:
        return error
    return None


@pytest.mark.parametrize("harm", [head, half, middle, first_tables, no_text])
def test_a_damaged_list_is_put_aside_and_read_again_from_the_originals(
    words: Library, harm: Callable[[Path], None]
) -> None:
    harm(at_rest(words))
    error = trouble_with(words.home)
    if error is not None:
        assert isinstance(error, CatalogueDamaged)
        assert "\n" not in str(error)
        assert "catalogue.sqlite is damaged" in str(error)
        assert "whrd rebuild" in str(error)
    lines = [str(line) for line in mend(words.home)]
    assert "catalogue.sqlite.damaged-" in lines[0]
    library = Library(words.home, WordEmbedder())
    assert library.rebuild() == []
    assert [document.name for document in library.catalogue.documents()] == ["haiti.txt", "river.txt"]
    assert library.verify() == []
    assert "quokkafluxian" in retrieve(library, "quokkafluxian villagers").passages[0].passage.text
    library.close()
    assert mend(words.home) == []


def test_a_document_without_its_original_is_taken_over_from_the_damaged_list(words: Library) -> None:
    river = words.find_documents("river.txt")[0]
    text = words.page(river.id, 1).text
    words.file_of(river.id).unlink()
    path = at_rest(words)
    content = path.read_bytes()
    place = content.index(b"Judges in Haiti")
    path.write_bytes(content[:place] + b"\xff\xfe" + content[place + 2 :])
    assert mend(words.home)
    library = Library(words.home, WordEmbedder())
    library.rebuild()
    assert [document.name for document in library.catalogue.documents()] == ["haiti.txt", "river.txt"]
    assert library.page(river.id, 1).text == text
    assert library.verify() == ["the file of river.txt is missing"]
    library.close()


@pytest.mark.parametrize("harm", [head, half, middle, first_tables])
def test_a_damaged_index_is_made_again(words: Library, harm: Callable[[Path], None]) -> None:
    words.close()
    harm(words.home / "chroma" / "chroma.sqlite3")
    library = Library(words.home, WordEmbedder())
    assert "quokkafluxian" in retrieve(library, "quokkafluxian villagers").passages[0].passage.text
    library.rebuild()
    assert library.verify() == []
    library.close()


@pytest.mark.parametrize("harm", [head, half])
def test_a_document_can_be_removed_beside_a_damaged_index(words: Library, harm: Callable[[Path], None]) -> None:
    words.close()
    harm(words.home / "chroma" / "chroma.sqlite3")
    library = Library(words.home, WordEmbedder())
    library.remove(library.find_documents("river.txt")[0].id)
    assert library.verify() == []
    library.close()
    assert not [p for p in words.home.rglob("*") if p.is_file() and b"quokkafluxian" in p.read_bytes().lower()]


def test_a_list_of_another_version_is_read_again_from_the_originals(words: Library) -> None:
    words.catalogue.set_meta("schema", "99")
    words.close()
    with pytest.raises(LibraryError, match="rebuild --from-files"):
        Library(words.home, WordEmbedder())
    assert mend(words.home)
    library = Library(words.home, WordEmbedder())
    library.rebuild()
    assert library.verify() == []
    library.close()
