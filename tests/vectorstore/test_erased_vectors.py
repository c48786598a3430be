"""A removed passage's vector is in no file afterwards, wherever Chroma keeps it by then."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vectorstore.chroma_scrub import scrub
from vectorstore.index import VectorIndex
from vectorstore.records import IndexEntry

SIZE = 48


def entries(count: int) -> list[IndexEntry]:
    random = np.random.default_rng(7)
    vectors = random.standard_normal((count, SIZE)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [IndexEntry(number + 1, vector, f"text {number}", {"page": 1}) for number, vector in enumerate(vectors)]


def holds(folder: Path, vector: NDArray[np.float32]) -> bool:
    """Return whether a file has the vector's numbers one after another, the last digits left aside."""
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for start in range(4):
            numbers = np.frombuffer(content[start : start + (len(content) - start) // 4 * 4], dtype="<f4")
            with np.errstate(invalid="ignore"):
                places = np.flatnonzero(np.isclose(numbers, vector[0], rtol=1e-4))
            for place in places:
                if place + 4 <= len(numbers) and np.allclose(numbers[place : place + 4], vector[:4], rtol=1e-4):
                    return True
    return False


@pytest.mark.parametrize(
    ("count", "gone"),
    [(3, [2]), (3, [1, 3]), (1_100, [7]), (1_100, [5, 6, 1_099])],  # Chroma writes its graph after 1,000 changes
)
def test_removed_vectors_leave_every_file(tmp_path: Path, count: int, gone: list[int]) -> None:
    held = entries(count)
    index = VectorIndex(tmp_path / "chroma")
    index.add(held)
    assert all(holds(tmp_path, held[number - 1].vector) for number in gone)
    index.erase(gone)
    assert not any(holds(tmp_path, held[number - 1].vector) for number in gone)
    assert index.ids() == {entry.passage for entry in held} - set(gone)
    # What is left is found, now and after the folder is opened again, and grows on.
    for again in (index, VectorIndex(tmp_path / "chroma")):
        for entry in [entry for entry in held if entry.passage not in gone][:20]:
            assert again.nearest(entry.vector, 1) == [entry.passage]
    index.add([IndexEntry(9_999, held[gone[0] - 1].vector, "again", {"page": 1})])
    assert index.nearest(held[gone[0] - 1].vector, 1) == [9_999]


def test_the_room_for_more_vectors_holds_nothing_of_the_memory(tmp_path: Path) -> None:
    held = entries(8)
    index = VectorIndex(tmp_path / "chroma")
    index.add(held)
    index.erase([3])  # the graph is written, with room for 100
    (graph,) = (header.parent for header in tmp_path.rglob("header.bin"))
    for name, used in (("data_level0.bin", 0.08), ("length.bin", 0.08)):
        content = (graph / name).read_bytes()
        room = content[round(len(content) * used) :]
        assert room == bytes(len(room))
        (graph / name).write_bytes(content[: -len(room)] + (b"said in secret " * len(room))[: len(room)])
    index.erase([5])
    assert not any(b"said in secret" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert index.nearest(held[0].vector, 1) == [1]
    # A layout that another version of Chroma may write is said, and nothing is written over.
    (graph / "length.bin").write_bytes(b"short")
    with pytest.raises(OSError, match=r"length\.bin: its layout is unknown"):
        scrub(tmp_path / "chroma")
    assert (graph / "length.bin").read_bytes() == b"short"
