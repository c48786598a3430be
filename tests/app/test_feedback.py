"""Feedback on citations stays on the computer."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from app.answers import Citation
from app.feedback import keep_feedback, wipe_feedback

CITATION = Citation(1, "d" * 64, "a.pdf", "A", "", "", 5, "1", "6", 10, 22, "«\u0441\u043b\u043e\u0432\u0430»\n$x$")


def test_every_line_names_its_place_and_only_the_owner_may_read_it(tmp_path: Path) -> None:
    keep_feedback(tmp_path, CITATION, True)
    keep_feedback(tmp_path, CITATION, False, "another\nmarch")
    file = tmp_path / "feedback.jsonl"
    first, last = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert (first["fits"], last["fits"], last["note"]) == (True, False, "another\nmarch")
    assert (last["document"], last["page"], last["start"], last["end"]) == ("d" * 64, 5, 10, 22)
    assert last["quote"] == CITATION.quote
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_wiping_leaves_no_file_and_may_be_done_twice(tmp_path: Path) -> None:
    keep_feedback(tmp_path, CITATION, None)
    wipe_feedback(tmp_path)
    wipe_feedback(tmp_path)
    assert list(tmp_path.iterdir()) == []
