"""A running chat and a real browser to look at it; the fixtures are in ``conftest``."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.brief import wipe_brief
from app.chat_history import wipe_chats
from app.feedback import wipe_feedback
from vectorstore.derived import GUIDES
from vectorstore.library import Library

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
_START = (
    "import sys; from app.chat.launch import launch; from app.settings import read_settings;"
    " sys.exit(launch(read_settings()))"
)
SECONDS = 60
"""To wait for anything: the embedder is loaded within it."""
expect.set_options(timeout=SECONDS * 1000)


@dataclass(frozen=True, slots=True)
class Chat:
    """A running chat."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    """What it prints, errors too."""

    def printed(self) -> str:
        """Return what it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"http://127.0.0.1:{self.port}"


def unused_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_chat(home: Path, port: int | None = None, **more: str) -> Iterator[Chat]:
    """Start the chat on the library in ``home``, with ``more`` settings; it ends as ``kill`` ends it, with status 0."""
    port, log = port or unused_port(), home.parent / f"{home.name}.log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WHRD_") and name != "DISPLAY"}
    settings = {
        "WHRD_HOME": str(home),
        "WHRD_PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",  # the keyring of whoever runs the tests is left alone
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", _START], env=kept | settings | more, cwd=home, stdout=output, stderr=output
        )
        try:
            yield Chat(home, port, process, log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0


def wait_until_up(address: str) -> None:
    """Wait for the server's own word that it is well."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(SECONDS * 4):
        try:
            with opener.open(f"{address}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"{address} does not answer")


def settle(window: Page) -> None:
    """Wait until the server has drawn everything: what is clicked in the middle of a drawing may be gone."""
    window.get_by_test_id("stApp").and_(window.locator("[data-test-script-state=notRunning]")).wait_for()
    expect(window.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=SECONDS * 1000)


def restore_library(chat: Chat, sample: Path) -> None:
    """Leave the running chat's library as it was copied from ``sample``: one report, no chats, feedback, brief or
    guides."""
    wipe_chats(chat.home)
    wipe_feedback(chat.home)
    wipe_brief(chat.home)
    shutil.rmtree(chat.home / GUIDES, ignore_errors=True)
    with closing(Library(sample)) as original, closing(Library(chat.home)) as library:
        wanted = {document.id: document.details for document in original.catalogue.documents()}
        for document in library.catalogue.documents():
            if document.id not in wanted:
                library.remove(document.id)
            else:
                assert document.details == wanted[document.id], "a test changed the sample report"


def chromium_or_skip() -> str:
    """Return where Chromium is; without it a test is skipped, and fails where all are meant to run."""
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "no Chromium on this computer: the chat screen is not tested"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(message)
        pytest.skip(message)
    return chromium
