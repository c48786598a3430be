"""Nothing leaves the computer: every process of an ingest, a question and a chat is watched and refused the network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from chat_fixtures import SECONDS, settle, unused_port, wait_until_up
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample" / "women-human-rights-defenders-sample.pdf"
WATCH = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0] or ""
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host and host not in ("127.0.0.1", "::1", "localhost", "0.0.0.0"):
        with open(LOG, "a") as log:
            log.write(f"{event} {host}\\n")
        raise OSError(f"refused: {host}")

sys.addaudithook(watch)
with open(LOG + ".started", "a") as log:
    log.write(" ".join(sys.orig_argv[1:4]).replace("\\n", " ") + "\\n")
"""
ELSEWHERE = """() => new Promise(resolve => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", event => {
        refused.push(`${event.effectiveDirective} ${event.blockedURI}`);
        if (refused.length === 2) resolve(refused);
    });
    new Image().src = "http://192.0.2.1/picture.png";
    fetch("http://192.0.2.1/data").catch(() => null);
})"""
"""Asks for a picture and for data elsewhere, as a document's markup might, and returns what the browser refused."""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process refuses connections but to this computer, and writes them down."""
    folder = tmp_path / "watch"
    folder.mkdir()
    # Within the watch, not in the environment: the process that reads files is given none of it.
    log = f"LOG = {str(tmp_path / 'connections')!r}\n"
    (folder / "sitecustomize.py").write_text(log + WATCH, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    return kept | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "WATCHED": str(tmp_path / "connections"),
        "WHRD_HOME": str(tmp_path / "library"),
    }


def _run(watched: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        env=watched,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _connections(watched: dict[str, str]) -> str:
    log = Path(watched["WATCHED"])
    return log.read_text(encoding="utf-8") if log.exists() else ""


def test_the_watch_sees_and_refuses_a_connection(watched: dict[str, str]) -> None:
    script = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", script], env=watched, capture_output=True, text=True, check=False)
    assert "refused: 192.0.2.1" in done.stderr
    assert "192.0.2.1" in _connections(watched)


def test_ingest_ask_and_summarise_try_no_connection(watched: dict[str, str]) -> None:
    assert "ready" in _run(watched, "ingest", str(SAMPLE))
    assert "24.kg reported about 50 detainees" in _run(watched, "ask", "How many were detained?")
    assert "Situation" in _run(watched, "summarise", "Nepal")
    started = Path(watched["WATCHED"] + ".started").read_text(encoding="utf-8")
    assert "-m ingest.child" in started, "the process that reads files is watched too"
    assert _connections(watched) == ""


def test_no_page_of_the_chat_tries_a_connection(watched: dict[str, str], context: BrowserContext) -> None:
    _run(watched, "ingest", str(SAMPLE))
    watched |= {"WHRD_PORT": str(unused_port())}
    address = f"http://127.0.0.1:{watched['WHRD_PORT']}"
    with subprocess.Popen([sys.executable, "-m", "app.cli", "chat"], env=watched, stdout=subprocess.DEVNULL) as chat:
        try:
            wait_until_up(address)
            page = context.new_page()
            asked: list[str] = []
            failed: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.on("requestfailed", lambda request: failed.append(request.url))
            page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
            page.on("console", lambda line: failed.append(line.text) if line.type == "error" else None)
            page.on("pageerror", lambda error: failed.append(str(error)))
            page.goto(address)
            field = page.get_by_test_id("stChatInputTextArea")
            field.fill("What happened on 8 March 2020 in Bishkek?")
            field.press("Enter")
            sentence = "The Bishkek police then detained mainly marchers"
            expect(page.get_by_text(sentence).first).to_be_visible(timeout=SECONDS * 1000)
            settle(page)
            for name in ("Cases", "My brief", "Library", "Chats", "Settings"):
                page.goto(f"{address}/{name.lower().split()[-1]}")
                expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=SECONDS * 1000)
                settle(page)
                page.get_by_role("link", name=re.compile("Ask$")).click()
                expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=SECONDS * 1000)
                settle(page)
            other_host = context.request.get(address, headers={"Host": "reports.example"}).status
            refused = page.evaluate(ELSEWHERE)
            page.close()
        finally:
            chat.terminate()
    assert set(refused) == {"img-src http://192.0.2.1/picture.png", "connect-src http://192.0.2.1/data"}
    assert [line for line in failed if "192.0.2.1" not in line] == []
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:", "blob:", "http://192.0.2.1"))] == []
    assert other_host == 400
    assert "streamlit" in Path(watched["WATCHED"] + ".started").read_text(encoding="utf-8")
    assert _connections(watched) == ""
