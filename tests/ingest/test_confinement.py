"""A reader of hostile files ends with its parent, has caps of its own and knows no keys."""

from __future__ import annotations

import os
import socket
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
SHUT_OFF = """
import os, socket, sys, tempfile
from pathlib import Path
from ingest.shut_off import shut_off
if len(sys.argv) > 2:
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
scratch = Path(sys.argv[1])
print(*shut_off(scratch))
(scratch / "scratch.txt").write_text("x")
open(os.devnull, "w").close()
(scratch.parent / "report.txt").read_text()
for what in (
    lambda: (scratch.parent / "new.txt").write_text("x"),
    lambda: (scratch.parent / "report.txt").write_text("x"),
    lambda: (scratch.parent / "report.txt").unlink(),
    lambda: socket.socket().connect(("127.0.0.1", int(os.environ["PORT"]))),
):
    try:
        what()
        print("done")
    except OSError:
        print("refused")
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


def _shut_off(folder: Path, user: str = "") -> list[str]:
    """Return what the kernel agreed to, and what became of four attempts after it, in a process of its own."""
    scratch = folder / "scratch"
    scratch.mkdir()
    for path in (scratch, folder):
        path.chmod(0o777)
    (folder / "report.txt").write_text("as it was")
    (folder / "report.txt").chmod(0o666)
    for above in folder.parents[: len(folder.parents) - 2]:  # pytest's own, for the user who runs it alone
        above.chmod(above.stat().st_mode | 0o005)
    with socket.create_server(("127.0.0.1", 0)) as server:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PORT": str(server.getsockname()[1])}
        command = [sys.executable, "-c", SHUT_OFF, str(scratch), *([user] if user else [])]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 0, said.stderr
    return said.stdout.splitlines()


@pytest.mark.parametrize("user", ["", "65534"], ids=["whoever runs this", "a user without rights"])
def test_a_reader_has_no_network_and_changes_no_file(tmp_path: Path, user: str) -> None:
    if user and os.getuid() != 0:
        pytest.skip("only root can become another user")
    granted, *attempts = _shut_off(tmp_path, user)
    if granted != "network files":
        pytest.skip(f"this system's kernel grants no more than: {granted or 'nothing'}")
    assert attempts == ["refused"] * 4
    assert (tmp_path / "report.txt").read_text() == "as it was"


def test_the_reader_of_a_file_is_shut_off_before_it_opens_it(tmp_path: Path) -> None:
    granted = _shut_off(tmp_path)[0]
    if granted != "network files":
        pytest.skip(f"this system's kernel grants no more than: {granted or 'nothing'}")
    slow = tmp_path / "slow.txt"
    os.mkfifo(slow)  # whoever opens it waits
    command = [sys.executable, "-m", "ingest.child", str(os.getpid()), "read", str(slow), "{}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as reader:
        try:
            until = time.monotonic() + 20
            status = Path(f"/proc/{reader.pid}/status")
            while "NoNewPrivs:\t0" in status.read_text() and time.monotonic() < until:
                time.sleep(0.05)
            assert "NoNewPrivs:\t1" in status.read_text()
            assert os.readlink(f"/proc/{reader.pid}/ns/net") != os.readlink("/proc/self/ns/net")
        finally:
            reader.kill()
