"""The guide of a report in a real browser: made when it is opened, its numbers open pages, its questions are asked."""

from __future__ import annotations

import re

from chat_fixtures import settle
from playwright.sync_api import Browser, Locator, Page, expect
from test_chat_pages import go, go_to_ask, panel

PHONE = 390


def guide_of(window: Page) -> Locator:
    return window.locator(".st-key-guide")


def open_guide(window: Page) -> Locator:
    """Open the sample report's guide, and wait until its questions are tried."""
    go(window, "Library")
    window.get_by_role("button", name="Guide", exact=True).click()
    guide = guide_of(window)
    expect(guide.get_by_role("heading", name="What it is about")).to_be_visible()
    expect(guide.get_by_role("heading", name="Questions that it answers")).to_be_visible()
    settle(window)
    return guide


def test_a_guides_numbers_open_pages_and_its_questions_are_asked_of_its_report(window: Page) -> None:
    guide = open_guide(window)
    for title in ("Key figures", "Dates", "Named most"):
        expect(guide.get_by_role("heading", name=title)).to_be_visible()
    expect(guide.get_by_text("08 March 2020", exact=True)).to_be_visible()
    figure = guide.locator("[class*='st-key-sentence-guide-figure-0']")
    words = figure.get_by_test_id("stText").inner_text()
    figure.get_by_role("button", name=re.compile(r"^\[\d+\]$")).first.click()
    expect(panel(window).locator(".st-key-page-quote")).to_contain_text(words[:60])
    expect(panel(window).get_by_role("button", name="Next citation")).to_be_enabled()
    settle(window)
    panel(window).get_by_role("button", name="Close", exact=True).click()
    expect(panel(window)).to_have_count(0)
    settle(window)
    question = guide.locator("[class*='st-key-guide-question-'] button").first
    asked = question.inner_text()
    question.click()
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    expect(window.locator(".st-key-asked-0")).to_contain_text(asked)


def test_the_first_screen_suggests_what_the_guide_has_tried(window: Page) -> None:
    guide = open_guide(window)
    asked = guide.locator("[class*='st-key-guide-question-'] button").first.inner_text()
    guide.get_by_role("button", name="All reports").click()
    expect(window.get_by_role("heading", name="Library", exact=True)).to_be_visible()
    go_to_ask(window)
    expect(window.get_by_role("button", name=asked)).to_be_visible()


def test_a_report_is_read_with_its_guide_beside_it_on_a_phone_too(window: Page) -> None:
    go(window, "Library")
    window.get_by_role("button", name="Read it").click()
    expect(panel(window).get_by_text("of 18")).to_be_visible()
    expect(guide_of(window).get_by_role("heading", name="Questions that it answers")).to_be_visible()
    settle(window)
    window.set_viewport_size({"width": PHONE, "height": 844})
    settle(window)
    assert window.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_a_guide_is_shown_in_the_windows_language(window: Page, browser: Browser) -> None:
    open_guide(window)
    arabic = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ar")
    page = arabic.new_page()
    page.goto(window.url)
    expect(page.get_by_role("heading", name="أرقام أساسية")).to_be_visible()
    expect(page.get_by_role("heading", name="أسئلة يجيب عنها")).to_be_visible()
    arabic.close()
