"""Which files are read: those that were meant, and a line for each that is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.finding import find_files
from ingest.names import shown_name

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and names as Unix has them")


def told(folder: Path) -> dict[str, str]:
    return {found.name: str(found.problem or "") for found in find_files([folder])}


def test_links_that_lead_out_of_a_folder_are_told_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "diary.txt"
    outside.write_text("Not for the library.")
    folder = tmp_path / "from somebody"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "a.txt").write_text("A report.")
    (folder / "inside.txt").symlink_to(folder / "below" / "a.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    (folder / "circle").symlink_to(folder / "circle")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "self").symlink_to(folder)
    found = told(folder)
    assert {name for name, problem in found.items() if not problem} == {"a.txt", "inside.txt"}
    assert "link out of its folder" in found["out.txt"]
    assert "link out of its folder" in found["up"]
    assert "leads nowhere" in found["circle"]
    assert "leads nowhere" in found["gone.txt"]
    assert "self" not in found
    # A link that is named itself is the user's own word.
    assert [item.problem for item in find_files([folder / "out.txt"])] == [None]


def test_pipes_and_devices_are_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a file" in told(tmp_path)["pipe.txt"]
    assert "not a file" in str(find_files([Path("/dev/null")])[0].problem)


@pytest.mark.parametrize(
    ("bytes_", "shown"),
    [
        (b"r\xe9sum\xe9.txt", "r\ufffdsum\ufffd.txt"),
        (b"two\nlines\x1b]0;x\x07.txt", "two\ufffdlines\ufffd]0;x\ufffd.txt"),
        ("gen\u202etxt.exe".encode(), "gen\ufffdtxt.exe"),
        ("\u1780\u200b\u1781 \u0645\u06cc\u200c\u062e.txt".encode(), "\u1780\u200b\u1781 \u0645\u06cc\u200c\u062e.txt"),
        (b"\xff" * 240 + b".txt", "\ufffd" * 83 + ".txt"),
    ],
)
def test_every_name_has_a_form_that_can_be_shown(tmp_path: Path, bytes_: bytes, shown: str) -> None:
    path = os.path.join(os.fsencode(tmp_path), bytes_)
    Path(os.fsdecode(path)).write_text("A report.")
    (found,) = find_files([tmp_path])
    assert found.name == shown
    assert len(shown_name(found.path.name).encode()) <= 255
