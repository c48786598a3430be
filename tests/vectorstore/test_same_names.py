"""A new version under the old name is told at once, and replaces the old one only on the user's word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.documents import Status
from vectorstore.library import Library


@pytest.fixture
def newer(texts: Path) -> Path:
    """Another version of a text of the library."""
    path = texts / "second edition" / "River.txt"
    path.parent.mkdir()
    path.write_text("The villagers were moved twice, the second edition says.\n", encoding="utf-8")
    return path


def test_both_are_kept_and_it_is_said(words: Library, newer: Path) -> None:
    old = words.find_documents("river.txt")[0]
    added = words.add(newer)
    assert str(added.message) == (
        f"ready; another river.txt, added on {old.added_at[:10]}, is here with other content: both are kept"
    )
    assert added.same_name == (old.id,)
    assert len(words.catalogue.documents()) == 3


def test_it_replaces_the_old_one_where_the_user_says_so(words: Library, newer: Path) -> None:
    old = words.find_documents("river.txt")[0]
    asked = []

    def replaces(name: str, others: object) -> bool:
        asked.append(name)
        return True

    (added,) = words.add_all([newer], replaces=replaces)
    assert asked == ["River.txt"]
    assert "replaces the river.txt that was added on" in str(added.message)
    assert words.catalogue.document(old.id) is None
    assert words.verify() == []
    assert not [p for p in words.home.rglob("*") if p.is_file() and b"quokkafluxian" in p.read_bytes().lower()]


def test_files_of_one_batch_never_replace_each_other(words: Library, newer: Path, texts: Path) -> None:
    third = texts / "third edition" / "River.txt"
    third.parent.mkdir()
    third.write_text("The villagers were moved three times, the third edition says.\n", encoding="utf-8")
    words.remove(words.find_documents("river.txt")[0].id)
    added = list(words.add_all([newer, third], replaces=lambda name, others: True))
    assert [item.status for item in added] == [Status.READY] * 2
    assert "both are kept" in str(added[1].message)
    assert len(words.find_documents("River.txt")) == 2


@pytest.mark.skipif(os.name == "nt", reason="a file that fails to be read, as Linux has one")
def test_a_file_that_cannot_be_read_costs_no_other_file(words: Library, texts: Path) -> None:
    (texts / "a.txt").write_text("The wombatian people of the hills were asked.\n", encoding="utf-8")
    (texts / "c.txt").write_text("The bandicootian people of the coast were asked.\n", encoding="utf-8")
    wrong = Path("/proc/self/mem")  # opens, and fails at the first byte
    gone = texts / "gone.txt"
    added = list(words.add_all([texts / "a.txt", wrong, gone, texts / "c.txt"]))
    assert [item.status for item in added] == [Status.READY, Status.DAMAGED, Status.DAMAGED, Status.READY]
    assert "cannot be read" in str(added[1].message)
    assert words.verify() == []
    assert list((words.home / "reading").iterdir()) == []
