"""The screen in other languages, in a real browser: what it asks for, what is chosen, and from right to left."""

from __future__ import annotations

from chat_fixtures import SECONDS, Chat, settle
from playwright.sync_api import Browser, Page, expect

QUESTION = "What happened on 8 March 2020 in Bishkek?"
PAGES = ("", "cases", "library", "chats", "settings")


def opened(browser: Browser, chat: Chat, locale: str, width: int = 1280) -> Page:
    """A window of a browser that asks for a language."""
    context = browser.new_context(locale=locale, viewport={"width": width, "height": 740})
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    page.goto(chat.address)
    page.get_by_test_id("stChatInputTextArea").wait_for()
    settle(page)
    return page


def spoken(page: Page) -> tuple[str, str]:
    """The page's language and direction, as a screen reader is told them."""
    root = page.locator("html")
    return root.get_attribute("lang") or "", root.get_attribute("dir") or ""


def ask(page: Page) -> None:
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(QUESTION)
    field.press("Enter")
    page.locator("[class*='st-key-cite-'] button:visible:enabled").first.wait_for()
    settle(page)


def test_a_browser_that_asks_for_french_gets_french_around_quotes_that_stay_as_they_are(
    browser: Browser, chat: Chat
) -> None:
    page = opened(browser, chat, "fr-CA")
    expect(page.get_by_role("heading", name="Interroger les rapports")).to_be_visible()
    assert spoken(page) == ("fr", "ltr")
    ask(page)
    expect(page.get_by_text("Ce que disent les rapports")).to_be_visible()
    sentence = page.locator(".st-key-answer-0 [class*='st-key-sentence-0-']").first
    expect(sentence).to_contain_text("masked men attacked the women’s march")
    assert sentence.get_attribute("lang") == "en"
    sentence.get_by_role("button", name="[1]").locator("visible=true").click()
    expect(page.locator(".st-key-page-panel").get_by_text("La page entière")).to_be_visible()
    quote = page.locator(".st-key-page-quote [lang]")
    assert quote.get_attribute("lang") == "en"
    page.context.close()


def test_a_language_that_is_chosen_stays_after_a_reload_and_in_this_browser_alone(browser: Browser, chat: Chat) -> None:
    page = opened(browser, chat, "en-GB")
    page.goto(f"{chat.address}/settings")
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="नेपाली").click()
    expect(page.get_by_role("heading", name="सेटिङ")).to_be_visible()
    settle(page)
    assert spoken(page) == ("ne", "ltr")
    page.reload()
    expect(page.get_by_role("heading", name="सेटिङ")).to_be_visible()
    page.goto(chat.address)
    expect(page.get_by_role("heading", name="प्रतिवेदनहरूलाई सोध्नुहोस्")).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check(\"16px 'Noto Sans Devanagari'\", 'प्रतिवेदन')")
    page.context.close()
    other = opened(browser, chat, "en-GB")
    assert spoken(other) == ("en", "ltr")
    other.context.close()


def test_arabic_runs_from_right_to_left_and_nothing_hangs_over_the_edge_of_a_phone(
    browser: Browser, chat: Chat
) -> None:
    page = opened(browser, chat, "ar", width=360)
    ask(page)
    for name in PAGES:
        page.goto(f"{chat.address}/{name}")
        page.get_by_role("heading", level=2).first.wait_for()
        settle(page)
        assert spoken(page) == ("ar", "rtl")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360, name
        heading = page.get_by_role("heading", level=2).first.bounding_box()
        assert heading is not None
        # The folded sidebar must not lie over the page.
        covered = "([x, y]) => document.elementFromPoint(x, y).closest('[data-testid=stSidebar]') !== null"
        assert not page.evaluate(covered, [20, 400]), name
        assert page.get_by_role("heading", level=2).first.evaluate(_RIGHT_EDGE) > 300, name
    page.context.close()


_RIGHT_EDGE = """heading => { const words = document.createRange(); words.selectNodeContents(heading);
  return words.getBoundingClientRect().right; }"""


def test_the_first_page_says_its_direction_before_anything_is_drawn(browser: Browser, chat: Chat) -> None:
    context = browser.new_context(locale="ar", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{chat.address}/library")
    assert spoken(page) == ("ar", "rtl")
    context.close()
