"""One chat server and one browser for all browser tests; each test begins with the sample report's library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_fixtures import CHROMIUM, SECONDS, Chat, chromium_or_skip, restore_library, running_chat, wait_until_up
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

_BROWSER_FIXTURES = frozenset({"chat_server", "chat", "browser", "context", "window"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a running chat, so that ``make quick`` can leave it out."""
    for item in items:
        if _BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chat_server(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """The chat on a copy of the sample report's library, for all tests."""
    home = tmp_path_factory.mktemp("chat") / "library"
    shutil.copytree(sample_home, home)
    with running_chat(home) as running:
        wait_until_up(running.address)
        yield running


@pytest.fixture
def chat(chat_server: Chat, sample_home: Path) -> Iterator[Chat]:
    """The running chat; what a test leaves in its library is gone afterwards."""
    yield chat_server
    restore_library(chat_server, sample_home)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for all tests."""
    chromium = chromium_or_skip()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that asks for English, without cookies of earlier tests."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    fresh.set_default_timeout(SECONDS * 1000)
    yield fresh
    fresh.close()


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


@pytest.fixture
def quotes_only(chat: Chat, browser: Browser) -> Iterator[None]:
    """For a test that chooses a chat model: afterwards all windows answer with quotes again."""
    yield
    page = browser.new_page(locale="en-US")
    page.set_default_timeout(SECONDS * 1000)
    page.goto(f"{chat.address}/settings")
    page.get_by_text("Verbatim quotes, selected on this computer").click()
    expect(page.get_by_text("Every sentence is copied word for word from a report.")).to_be_visible()
    page.close()
