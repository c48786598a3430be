"""Nothing in a text or a name steers the terminal, and every console can be written to."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.console import json_line, printable, printable_line

ROOT = Path(__file__).resolve().parents[2]
ESCAPES = "\x1b]0;mine\x07 \x1b]52;c;eA==\x07 \x9b31m \r over \b\x7f \u202egnp.exe \u2066 \u2028 end"
SAID = f"from app.console import *; t = {'ភ្នំពេញ 😀 é'!a}; prepare_console(); say(t); print_json({{'a': t}})"


def is_control(character: str) -> bool:
    return (ord(character) < 32 and character != "\n") or 127 <= ord(character) < 160


@given(st.text())
def test_no_control_reaches_the_terminal_and_lines_stay_lines(text: str) -> None:
    assert not any(map(is_control, printable(text)))
    assert printable(text).count("\n") == text.count("\n")
    assert "\n" not in printable_line(text)
    printable(text).encode()


@given(st.text())
def test_json_is_unharmed(text: str) -> None:
    line = json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert not any(map(is_control, line))
    line.encode()


def test_escapes_and_changes_of_direction_become_replacement_signs() -> None:
    shown = printable(ESCAPES)
    assert shown.startswith("\ufffd]0;mine\ufffd")
    assert not {"\x1b", "\x07", "\x9b", "\r", "\b", "\x7f", "\u202e", "\u2066", "\u2028"} & set(shown)
    # Joiners and marks of direction are letters' own: Persian and Khmer words are spelt with them.
    assert printable("می\u200cخواهم \u200e1") == "می\u200cخواهم \u200e1"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp850", "utf-8"])
def test_every_console_can_be_written_to(encoding: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", SAID], capture_output=True, env=environment, check=True)
    assert done.stderr == b""
    text, line = done.stdout.decode(encoding).splitlines()
    assert text.strip()
    assert json.loads(line) == {"a": "ភ្នំពេញ 😀 é"}


def test_a_pipe_without_a_named_encoding_gets_utf_8() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}
    environment |= {"PYTHONUTF8": "0"}
    environment.pop("PYTHONIOENCODING", None)
    done = subprocess.run([sys.executable, "-c", SAID], capture_output=True, env=environment, check=True)
    assert "ភ្នំពេញ" in done.stdout.decode()


def test_commands_print_through_the_console_alone() -> None:
    printing = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                printing.add(path.relative_to(ROOT).as_posix())
    assert printing <= {"app/console.py", "app/chat/extraction.py"}  # the second is a tool of the build


@pytest.mark.processes
@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="priorities are those of POSIX")
def test_a_program_that_gives_way_does_so_once_and_so_do_those_that_it_starts() -> None:
    script = (
        "import os, subprocess, sys\n"
        "from app.console import give_way\n"
        "before = os.getpriority(os.PRIO_PROCESS, 0)\n"
        "give_way(), give_way()\n"
        "command = 'import os; print(os.getpriority(os.PRIO_PROCESS, 0))'\n"
        "below = int(subprocess.run([sys.executable, '-c', command], stdout=subprocess.PIPE).stdout)\n"
        "print(before, os.getpriority(os.PRIO_PROCESS, 0), below)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True)
    before, after, below = map(int, done.stdout.split())
    assert after == below == max(10, before)
