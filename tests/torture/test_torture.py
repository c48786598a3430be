"""A small run of the torture chamber (``make torture`` is the large one), and what its tables rest on."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_files import CLASSES
from whrd_process import Outcome

from encoder.e5_file import find_weights

TORTURE = Path(__file__).with_name("torture.py")


@pytest.mark.processes
@pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
@pytest.mark.slow
def test_a_few_of_the_worst_files_and_a_kill_lose_nothing() -> None:
    chosen = ["cut", "names", "kills"]
    arguments = ["--files", "3", "--kills", "1", "--seed", "7", "--only", *chosen]
    done = subprocess.run([sys.executable, str(TORTURE), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("|")][2:]
    assert [row.split("|")[1].strip() for row in rows] == chosen


def test_a_traceback_a_sign_of_control_and_a_wrong_exit_status_are_faults() -> None:
    assert Outcome(0, "fine\n", "a line\r\n", 0, 0).faults(0, 1) == []
    assert Outcome(0, "", "Traceback (most recent call last):", 0, 0).faults(0) == ["a traceback"]
    assert Outcome(-11, "", "", 0, 0).faults(0, 1) == ["exit -11"]
    assert Outcome(0, "\x1b[31m", "", 0, 0).faults(0) == ["the sign U+001B"]


@pytest.mark.parametrize("name", sorted(set(CLASSES) - {"names"}))
def test_a_class_makes_the_same_files_from_the_same_seed(name: str, tmp_path: Path) -> None:
    made = []
    for run in ("one", "two"):
        folder = tmp_path / run
        folder.mkdir()
        CLASSES[name](random.Random(3), folder, 3)
        made.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert made[0].keys() == made[1].keys()
    if name != "archives":  # these hold the time of day
        assert made[0] == made[1]
    assert len(made[0]) >= 3
