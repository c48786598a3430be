"""What is known of everyday questions is kept beside the library, and made again when that changes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from app.refusal.cohorts import Cohort, keep_cohort, read_cohort

COHORT = Cohort(np.array([0.25, -0.5], np.float32), np.array([1.0, 0.0], np.float32), 0.5, 0.75)


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    keep_cohort(tmp_path, "e5 1 2", "ru", COHORT)
    keep_cohort(tmp_path, "e5 1 2", "ne", COHORT)
    for language in ("ru", "ne"):
        found = read_cohort(tmp_path, "e5 1 2", language)
        assert found is not None
        assert np.array_equal(found.question_centre, COHORT.question_centre)
        assert (found.centred, found.plain) == (0.5, 0.75)
    assert [path.name for path in tmp_path.iterdir()] == ["cohorts.json"]


def test_it_is_not_used_once_the_library_has_changed(tmp_path: Path) -> None:
    keep_cohort(tmp_path, "e5 1 2", "ru", COHORT)
    assert read_cohort(tmp_path, "e5 2 3", "ru") is None
    assert read_cohort(tmp_path, "e5 1 2", "km") is None
    keep_cohort(tmp_path, "e5 2 3", "km", COHORT)
    assert list(json.loads((tmp_path / "cohorts.json").read_text())["cohorts"]) == ["km"]


def test_a_damaged_file_and_a_folder_that_cannot_be_written_to_are_done_without(tmp_path: Path) -> None:
    (tmp_path / "cohorts.json").write_text('{"made_of": "e5 1 2", "coho', encoding="utf-8")
    assert read_cohort(tmp_path, "e5 1 2", "ru") is None
    keep_cohort(tmp_path / "nowhere", "e5 1 2", "ru", COHORT)
    assert read_cohort(tmp_path / "nowhere", "e5 1 2", "ru") is None
