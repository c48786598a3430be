"""The chat's conversation in a real browser: follow-ups say how they were read, and no text goes away unasked."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

from chat_fixtures import Chat, running_chat, settle, wait_until_up
from model_server import Handler, says, serve_model
from playwright.sync_api import BrowserContext, Page, expect

MARCH = "What happened on 8 March 2020 in Bishkek?"


def _ask(window: Page, question: str) -> None:
    field = window.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")


def use_model(page: Page, chat: Chat, spec: str) -> None:
    """Choose a chat model on the page Settings."""
    page.goto(f"{chat.address}/settings")
    page.get_by_text("Use a chat model").click()
    page.get_by_label("Model", exact=True).fill(spec)
    page.get_by_role("button", name="Save and test").click()


def test_a_follow_up_says_how_it_was_read_and_can_be_asked_as_typed(window: Page) -> None:
    _ask(window, MARCH)
    expect(window.get_by_text("Click a number to see the page.").first).to_be_visible()
    _ask(window, "Who was attacked there?")
    expect(window.get_by_text(f"Read as: Who was attacked there? ({MARCH})")).to_be_visible()
    window.get_by_role("button", name="Ask as typed").click()
    expect(window.locator(".st-key-asked-2")).to_contain_text("Who was attacked there?")
    expect(window.get_by_text("Read as:")).to_have_count(1)


def test_sentences_are_told_as_they_come_and_stop_ends_the_answer_and_closes_the_connection(
    chat: Chat, context: BrowserContext, quotes_only: None
) -> None:
    with serve_model() as server:
        sentence = "The Bishkek police then detained mainly marchers, along with three suspected attackers."

        def stalls(handler: Handler) -> None:
            handler.begin()
            quotes = [{"passage": 1, "quote": sentence}]
            handler.piece(json.dumps({"quotes": quotes, "sentence": sentence}) + "\n")
            handler.wait_until_closed(60)

        server.replies = [says(json.dumps({"passage": 1, "quote": "noon", "sentence": "At noon."})), stalls]
        page = context.new_page()
        use_model(page, chat, server.url)
        expect(page.get_by_text("It answered in")).to_be_visible()
        page.goto(chat.address)
        _ask(page, MARCH)
        told = page.locator("[role=log][aria-live=polite][aria-relevant=additions]")
        expect(told.get_by_text(sentence)).to_be_visible()
        page.locator(".st-key-stop-answer button").first.click()
        assert server.closed_early.wait(10)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled()
        expect(page.locator(".st-key-asked-0")).to_have_count(0)
        page.close()


def test_while_a_model_writes_in_one_window_others_ask_and_remove_reports(
    sample_home: Path, context: BrowserContext, tmp_path: Path
) -> None:
    home = tmp_path / "library"
    shutil.copytree(sample_home, home)
    with serve_model() as server, running_chat(home, WHRD_MODEL=server.url) as opened:
        goes_on = threading.Event()
        line = json.dumps({"quotes": [{"passage": 1, "quote": "women"}], "sentence": "Women marched."})

        def slow(handler: Handler) -> None:
            assert goes_on.wait(60)
            says(line)(handler)

        server.replies = [slow, says(line)]
        wait_until_up(opened.address)
        waiting, other = context.new_page(), context.new_page()
        waiting.goto(opened.address)
        _ask(waiting, MARCH)
        waiting.wait_for_function("document.querySelector('.st-key-stop-answer button')")
        while not server.asked:
            waiting.wait_for_timeout(100)
        other.goto(opened.address)
        _ask(other, "Who was attacked in Kyrgyzstan?")
        expect(other.locator(".st-key-answer-0").get_by_test_id("stText").first).to_be_visible()
        settle(other)
        other.goto(f"{opened.address}/cases?kind=dossier&country=Nepal")
        expect(other.locator(".st-key-case-result").get_by_role("button", name="Download")).to_be_visible()
        other.goto(f"{opened.address}/library")
        other.get_by_role("button", name="Remove").click()
        other.get_by_role("button", name="Remove it").click()
        expect(other.get_by_text("The library is empty.")).to_be_visible()
        expect(waiting.locator(".st-key-stop-answer button").first).to_be_visible()
        goes_on.set()
        expect(waiting.get_by_test_id("stAlert")).to_contain_text("no longer in the library")
        waiting.close()
        other.close()


def test_before_text_goes_to_another_computer_the_chat_asks(
    chat: Chat, context: BrowserContext, quotes_only: None
) -> None:
    page = context.new_page()
    use_model(page, chat, "openai:gpt-5")
    expect(page.get_by_role("button", name="I agree that text is sent to api.openai.com")).to_be_visible()
    page.goto(chat.address)
    _ask(page, MARCH)
    expect(page.get_by_role("button", name="Send to api.openai.com")).to_be_visible()
    page.get_by_role("button", name="Answer with quotes only").click()
    expect(page.get_by_text("The reports say:")).to_be_visible()
    page.close()
