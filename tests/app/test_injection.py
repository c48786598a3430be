"""Reports that speak to the model and models that lie: what the chat shows, what leaves it, and where a key is not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from chat_fixtures import Chat, running_chat, settle, wait_until_up
from fake_models import Told, forging, obeying
from hostile_reports import QUESTION, reports
from judging import stands
from model_server import ModelServer, refuses, serve_model
from playwright.sync_api import BrowserContext, Page, expect

from vectorstore.library import Library

ROOT = Path(__file__).resolve().parents[2]
INJECTION = ROOT / "tests" / "injection" / "injection.py"
LISTENER = "http://127.0.0.1:9"
"""Nothing listens there: what the browser asks of it is seen in its own list of requests."""
KEY = "Zx9-nobody-may-see-this-41"
"""Of no provider's form, by which it could be recognised."""
SHOWN = ("page.html", "more.pdf", "[2] (un_report.pdf, p. 9).txt")
INJECTED = """() => [...document.querySelectorAll("a, img, iframe, script, svg, object, embed, form, math, .katex")]
    .filter(e => /127\\.0\\.0\\.1:9\\b|192\\.0\\.2\\.1|onerror|onload|javascript:|data:text|file:|un_report|alert/
        .test(e.outerHTML) || e.matches(".stApp .katex, .stApp math"))
    .map(e => e.outerHTML.slice(0, 200))"""


@pytest.mark.slow
@pytest.mark.models
@pytest.mark.processes
def test_nothing_forged_hidden_or_fetched_reaches_a_reader() -> None:
    """Two reports and both together, one round; `make injection` is the whole corpus."""
    arguments = ["--rounds", "1", "--reports", "unseen.txt", "more.pdf"]
    done = subprocess.run([sys.executable, str(INJECTION), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("|")][2:]
    assert [row[0] for row in rows] == ["| obeys", "| forges", "| breaks the form"]
    assert all(int(row[1]) == 3 for row in rows)
    assert int(rows[1][3]) > 0, "the forger writes something that is true, and it is quoted"


@pytest.fixture
def hostile_chat(tmp_path: Path) -> Iterator[tuple[Chat, ModelServer]]:
    """A chat over hostile reports, with a model that a test tells how to lie."""
    with closing(Library(tmp_path / "library")) as library:
        for report in reports(LISTENER):
            if report.name in SHOWN:
                assert library.add(report.make(tmp_path, LISTENER)).status == "ready"
    with serve_model() as server, running_chat(tmp_path / "library", WHRD_MODEL=server.url) as chat:
        wait_until_up(chat.address)
        yield chat, server


def _ask(page: Page, number: int) -> None:
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(QUESTION)
    field.press("Enter")
    expect(page.locator(f".st-key-answer-{number} [class*='st-key-sentence-']").first).to_be_visible()
    settle(page)


def _look_at_everything(page: Page, number: int) -> None:
    """Hover over every citation of an answer, open its page, and its page's text."""
    buttons = page.locator(f".st-key-answer-{number} [class*='st-key-cite-'] button:visible")
    for index in range(min(4, buttons.count())):
        buttons.nth(index).hover()
        expect(page.get_by_role("tooltip").first).to_be_visible()
        assert page.evaluate(INJECTED) == []
        buttons.nth(index).click()
        expect(page.locator(".st-key-page-quote")).to_be_visible()
        settle(page)
        if (text := page.locator(".st-key-page-panel").get_by_text("Text of the page")).count():
            text.click()
        assert page.evaluate(INJECTED) == []


@pytest.mark.slow
@pytest.mark.models
def test_the_chat_shows_what_hostile_reports_and_lying_models_write_as_text_alone(
    hostile_chat: tuple[Chat, ModelServer], context: BrowserContext
) -> None:
    chat, server = hostile_chat
    told = Told()
    server.replies = [obeying(told), forging(told)]
    page, elsewhere, dialogs = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: elsewhere.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(chat.address)
    for number in range(2):
        _ask(page, number)
        _look_at_everything(page, number)
        for row in page.locator(f".st-key-answer-{number} [class*='st-key-sentence-']").all():
            text, captions = row.get_by_test_id("stText").first.inner_text(), row.inner_text()
            if "Unverified" not in captions and "n other words" not in captions:
                assert text not in told.false
                assert any(stands(text, page_) for report in reports(LISTENER) for page_ in report.pages), text
    assert server.asked
    own = (chat.address, f"ws://127.0.0.1:{chat.port}", "data:", "blob:")
    assert [url for url in elsewhere if not url.startswith(own)] == []
    assert dialogs == []
    assert page.title() != "owned"
    page.close()


@pytest.mark.models
def test_a_key_typed_into_the_chat_is_in_no_error_log_or_file(
    hostile_chat: tuple[Chat, ModelServer], context: BrowserContext
) -> None:
    chat, server = hostile_chat
    server.replies = [refuses(400, {"error": {"message": f"bad request with {KEY}"}})]
    page = context.new_page()
    page.goto(f"{chat.address}/settings")
    page.get_by_label("Model", exact=True).fill(server.url)
    page.get_by_role("textbox", name="API key, if it needs one").fill(KEY)
    page.get_by_role("button", name="Save and test").click()
    expect(page.get_by_text("refuses the request").first).to_be_visible()
    assert server.headers[-1]["authorization"] == f"Bearer {KEY}"
    assert KEY not in page.locator("body").inner_text()
    page.goto(chat.address)
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(QUESTION)
    field.press("Enter")
    expect(page.get_by_test_id("stAlert").get_by_text("refuses the request")).to_be_visible()
    assert KEY not in page.content()
    page.close()
    assert KEY not in chat.printed()
    assert _files_with_key(chat.home) == []


@pytest.mark.models
@pytest.mark.processes
def test_a_key_of_the_environment_is_in_no_output_and_no_file(tmp_path: Path) -> None:
    (report,) = (report for report in reports(LISTENER) if report.name == "page.html")
    home = tmp_path / "library"
    with closing(Library(home)) as library:
        library.add(report.make(tmp_path, LISTENER))
    with serve_model() as server:
        server.replies = [refuses(400, {"error": {"message": f"no, {KEY} is not welcome"}})]
        done = _whrd(home, "ask", QUESTION, "--model", server.url)
        output, error = done.communicate(timeout=120)
    assert server.headers[-1]["authorization"] == f"Bearer {KEY}"
    assert done.returncode
    assert KEY not in output + error
    assert _files_with_key(tmp_path) == []


@pytest.mark.processes
def test_a_key_of_the_environment_is_given_to_no_reader_of_files(tmp_path: Path) -> None:
    (report,) = (report for report in reports(LISTENER) if report.name == "more.pdf")
    process = _whrd(tmp_path / "library", "ingest", str(report.make(tmp_path, LISTENER)))
    seen: list[dict[str, str]] = []
    while process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            try:
                if "ingest.child" in child.cmdline():
                    seen.append(child.environ())
            except psutil.Error:  # it has ended
                continue
        time.sleep(0.01)
    process.communicate()
    assert process.returncode == 0
    assert any("PYTHONPATH" in environment for environment in seen)
    assert not any(KEY in value for environment in seen for value in environment.values())


def _whrd(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "WHRD_HOME": str(home), "OPENAI_API_KEY": KEY, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app.cli", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _files_with_key(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and KEY.encode() in file.read_bytes()]
