"""A reader of hostile files ends with its parent, has caps of its own and knows no keys."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from ingest.confinement import reader_environment

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.processes
READER = """
import os, sys, time
from ingest.confinement import confine, end_with_parent
from ingest.limits import Limits
end_with_parent(os.getppid())
confine(Limits())
print(os.getpid(), flush=True)
import re
re.match(r"(a|aa)+$", "a" * 60 + "b")  # runs for ever, and no other thread of Python's meanwhile
"""
MASTER = """
import subprocess, sys
reader = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print(reader.stdout.readline().decode().strip(), flush=True)
reader.wait()
"""


def test_a_reader_is_given_no_key_and_no_setting() -> None:
    given = {
        "PATH": "/bin",
        "LC_ALL": "C.UTF-8",
        "OPENAI_API_KEY": "sk-x",
        "WHRD_HOME": "/x",
        "HTTPS_PROXY": "http://x",
    }
    assert reader_environment(given) == {"PATH": "/bin", "LC_ALL": "C.UTF-8"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a pattern that never ends is ended by the cap alone")
def test_a_busy_reader_ends_when_its_parent_is_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", MASTER, READER], stdout=subprocess.PIPE, env=environment) as master:
        assert master.stdout is not None
        reader = psutil.Process(int(master.stdout.readline()))
        limits = {name: reader.rlimit(getattr(psutil, name)) for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE")}
        assert psutil.RLIM_INFINITY not in {most for pair in limits.values() for most in pair}
        master.kill()
        until = time.monotonic() + 2
        while reader.is_running() and reader.status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
            time.sleep(0.05)
        assert not reader.is_running() or reader.status() == psutil.STATUS_ZOMBIE
