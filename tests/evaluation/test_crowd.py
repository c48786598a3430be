"""A crowd at the chat: real windows on the real server, and what is said of a run."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.chat_history import list_chats, load_chat
from evaluation.crowd.library import read_questions
from evaluation.crowd.people import Asked, Crowd
from evaluation.crowd.report import Ingest, Run, Verdict, figures, lines, verdicts
from evaluation.crowd.server import Sample, Shares, running_chat
from evaluation.crowd.window import open_window
from evaluation.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ("What happened on 8 March 2020 in Bishkek?", "What is the best recipe for pancakes?")
CROWD = Crowd(2, 600, 60, 8, ("Who was attacked?",))


def run_crowd(home: Path, out: Path, *more: str, **settings: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "evaluation.cli", "crowd", "--home", str(home), "--out", str(out), *more]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WHRD_")}
    done = subprocess.run(
        command,
        env=kept | {"PYTHONPATH": str(ROOT)} | settings,
        cwd=out.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (out / "crowd.png").is_file(), done.stderr
    return done.returncode, json.loads((out / "crowd.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.processes
def test_a_window_sees_an_answer_a_refusal_and_a_new_chat(sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "library"
    shutil.copytree(sample_home, home)

    async def look(port: int) -> None:
        async with open_window(port) as window:
            answered = await window.ask(QUESTIONS[0])
            assert answered is not None
            assert answered.sentences > 0
            assert 0 < answered.first_seconds < answered.seconds
            refused = await window.ask(QUESTIONS[1])
            assert refused is not None
            assert refused.sentences == 0
            assert window.turns == 2
            await window.new_chat()
            again = await window.ask(QUESTIONS[0])
            assert again is not None
            assert (again.sentences, window.turns) == (answered.sentences, 1)

    with running_chat(home, tmp_path / "server.log") as server:
        asyncio.run(look(server.port))
        assert server.tracebacks() == 0
        assert server.process.num_threads() > 1
    asked = [[turn.asked for turn in load_chat(home, line.id).turns] for line in reversed(list_chats(home))]
    assert asked == [list(QUESTIONS), [QUESTIONS[0]]]


@pytest.mark.slow
@pytest.mark.processes
def test_people_ask_while_a_report_is_added_and_the_library_stays_as_it_was(sample_home: Path, tmp_path: Path) -> None:
    reports, before = tmp_path / "reports", _held(sample_home)
    reports.mkdir()
    (reports / "note.txt").write_text("Three marchers were detained in Osh on 9 March 2021.", encoding="utf-8")
    asked = tmp_path / "asked.jsonl"
    asked.write_text("".join(json.dumps({"question": question}) + "\n" for question in QUESTIONS), encoding="utf-8")
    options = f"--people 3 --minutes 0.2 --think 1 --questions {asked} --ingest {reports}".split()
    _, found = run_crowd(sample_home, tmp_path / "out", *options)
    assert found["errors"] == found["without_an_answer"] == 0
    assert found["questions"] >= 3
    assert all(0 < one["first_seconds"] <= one["seconds"] for one in found["asked"])
    assert [one["again"] for one in sorted(found["asked"], key=lambda one: one["at"])[:3]] == [False, False, True]
    assert found["ingest"]["status"] == 0
    assert found["machine"]["server"] > 0
    assert all(sample["threads"] > 1 and sample["handles"] > 10 for sample in found["samples"])
    assert _held(sample_home) == before


@pytest.mark.slow
@pytest.mark.processes
def test_an_error_on_the_screen_is_counted_as_an_error(sample_home: Path, tmp_path: Path) -> None:
    # Nobody answers there: the chat shows that in place of every answer.
    status, found = run_crowd(
        sample_home,
        tmp_path / "out",
        *"--people 1 --minutes 0.1 --think 0.5".split(),
        WHRD_MODEL="http://127.0.0.1:9/v1",
    )
    assert status == 1
    assert found["errors"] == found["questions"] > 0
    assert all(one["problem"].startswith("No server answers at 127.0.0.1") for one in found["asked"])
    assert "MISSED no error" in lines(found)


def samples(memory: float, threads: int, handles: int) -> list[Sample]:
    """Return samples of ten minutes, of which the second half grows by so much in all."""
    return [
        Sample(at, 500 + memory * late, 20 + round(threads * late), 60 + round(handles * late), 0.0)
        for at in range(0, 601, 5)
        for late in [max(0, at - 300) / 300]
    ]


def measured(asked: list[Asked], taken: list[Sample], tracebacks: int = 0, status: int = 0) -> Run:
    return Run(CROWD, 68, tuple(asked), tuple(taken), Shares(1, 1, 1, 9), tracebacks, Ingest(120, 150, status))


def missed(run: Run) -> list[str]:
    return [verdict.target for verdict in verdicts(run) if not verdict.met]


def test_a_quiet_run_meets_all_targets() -> None:
    run = measured([Asked(1, False, 2.0, 1.0, 3), Asked(130, True, 4.0, 4.0)], samples(20, 0, 1))
    assert missed(run) == []
    found = figures(run)
    assert found["seconds_beside_ingest"] == {"count": 1, "median": 4.0, "p95": 4.0, "longest": 4.0}
    assert (found["refused"], found["questions"]) == (1, 2)
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("run", "targets"),
    [
        (measured([Asked(1, False, 2.0, 1.0, 3)], samples(30, 0, 0)), ["memory flat within 5%"]),
        (measured([Asked(1, False, 2.0, 1.0, 3)], samples(0, 4, 0)), ["no growth of threads"]),
        (measured([Asked(1, False, 2.0, 1.0, 3)], samples(0, 0, 9)), ["no growth of handles"]),
        (measured([Asked(1, False, 5.1, 1.0, 3)], samples(0, 0, 0)), ["p95 ≤ 5 s"]),
        (measured([Asked(1, False, 2.0, 1.0, 3), Asked(2, False)], samples(0, 0, 0)), ["every question answered"]),
        (measured([Asked(1, False, 2.0, 1.0, 3), Asked(2, False, problem="x")], samples(0, 0, 0)), ["no error"]),
        (measured([Asked(1, False, 2.0, 1.0, 3)], samples(0, 0, 0), tracebacks=1), ["no error"]),
        (measured([Asked(1, False, 2.0, 1.0, 3)], samples(0, 0, 0), status=1), ["the reports are added"]),
        (measured([], samples(0, 0, 0)), ["p95 ≤ 5 s"]),
    ],
)
def test_each_target_can_be_missed(run: Run, targets: list[str]) -> None:
    assert missed(run) == targets


def test_a_run_that_is_too_short_says_nothing_of_growth() -> None:
    named = {verdict.target for verdict in verdicts(measured([], []))}
    assert not any("memory" in target or "growth" in target for target in named)
    assert Verdict("no error", "0 errors", True) in verdicts(measured([], []))


@pytest.mark.parametrize("text", ["", "who?\n", '{"asked": "Who?"}\n', '{"question": {"en": "Who?"}}\n', "[]\n"])
def test_a_file_without_questions_is_named(tmp_path: Path, text: str) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"question"):
        read_questions([asked])


def _held(home: Path) -> list[str]:
    """Return what a library's folder holds, but for what comes and goes with every process that opens it."""
    return sorted(path.name for path in home.iterdir() if not path.name.endswith(("-wal", "-shm", ".lock")))
