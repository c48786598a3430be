"""A running chat and a real browser to look at it."""

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
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

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


@dataclass(frozen=True, slots=True)
class Chat:
    """A running chat."""

    home: Path
    port: int
    process: subprocess.Popen[str]
    _printed: list[str] = field(default_factory=list)

    def printed(self) -> str:
        """Return what it printed, errors too, after it was ended."""
        return "".join(self._printed)

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
    """Start the chat on the library in ``home``, with ``more`` settings; it is ended as Ctrl-C would end it."""
    port = port or unused_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WHRD_") and name != "DISPLAY"}
    settings = {"WHRD_HOME": str(home), "WHRD_PORT": str(port), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", _START],
        env=kept | settings | more,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    chat = Chat(home, port, process)
    try:
        yield chat
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        chat._printed.append(process.communicate(timeout=20)[0])


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


@pytest.fixture(scope="module")
def chat(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """The chat on a copy of the sample report's library."""
    home = tmp_path_factory.mktemp("chat") / "library"
    shutil.copytree(sample_home, home)
    with running_chat(home) as running:
        wait_until_up(running.address)
        yield running


def chromium_or_skip() -> str:
    """Return where Chromium is; without it a test is skipped, and fails where all are meant to run."""
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "no Chromium on this computer: the chat screen is not tested"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(message)
        pytest.skip(message)
    return chromium


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Chromium, with a profile of its own."""
    chromium = chromium_or_skip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=chromium,
            args=CHROMIUM,
            viewport={"width": 1280, "height": 800},
            locale="en-US",  # what the browser asks for, whatever the computer speaks
        )
        browser.set_default_timeout(SECONDS * 1000)
        yield browser
        browser.close()


@pytest.fixture
def window(chat: Chat, context: BrowserContext) -> Iterator[Page]:
    """A window with an empty chat. Whatever the test does in it, nothing may be asked of another computer."""
    page = context.new_page()
    elsewhere: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((chat.address, f"ws://127.0.0.1:{chat.port}", "data:", "blob:")):
            elsewhere.append(url)

    page.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket_: note(socket_.url))
    page.goto(chat.address)
    page.get_by_test_id("stChatInputTextArea").wait_for()
    yield page
    page.close()
    assert elsewhere == []
