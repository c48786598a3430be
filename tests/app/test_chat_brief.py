"""Quotes are copied with their sources and put into the brief, in a real browser; the Word file is read again."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from chat_fixtures import Chat, settle
from docx.oxml.ns import qn
from lxml import etree
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.brief import Brief, change_brief, load_brief

MARCH = "What happened on 8 March 2020 in Bishkek?"
CLIPBOARD = """async () => {
    const [item] = await navigator.clipboard.read(), held = {};
    for (const type of item.types) held[type] = await (await item.getType(type)).text();
    return held;
}"""
NOTE = "Two sources, one day.\n\nSee also the annex."


def ask(window: Page, question: str = MARCH) -> None:
    field = window.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    settle(window)


def sentences(window: Page) -> list[str]:
    return window.locator("[class*='st-key-sentence-'] [data-testid=stText]").all_inner_texts()


def add(window: Page, index: int) -> None:
    """Put a sentence of the first answer into the brief."""
    button = window.locator(f".st-key-brief-quote-0-{index} button").first
    button.click()
    settle(window)
    expect(button).to_have_accessible_name(re.compile("Remove from my brief"))


def go_to_brief(window: Page) -> None:
    window.get_by_role("link", name=re.compile("My brief$")).click()
    expect(window.get_by_role("heading", name="My brief", exact=True)).to_be_visible()
    settle(window)


def items(window: Page) -> Locator:
    return window.locator("[class*='st-key-brief-item-']")


def press(window: Page, item: int, name: str) -> None:
    items(window).nth(item).get_by_role("button", name=re.compile(name)).first.click()
    settle(window)


def footnotes(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    notes = [note for note in root.iter(qn("w:footnote")) if note.get(qn("w:type")) is None]
    return ["".join(text.text or "" for text in note.iter(qn("w:t"))) for note in notes]


def test_two_quotes_and_a_note_are_put_in_order_and_taken_away_as_word(
    chat: Chat, window: Page, tmp_path: Path
) -> None:
    ask(window)
    first, second, *_ = sentences(window)
    add(window, 1)
    expect(window.locator("#insights-copied")).to_have_text("Added to the page “My brief”.")
    add(window, 0)
    go_to_brief(window)
    window.get_by_label("Title").fill("For the Council")
    window.get_by_label("Title").press("Enter")
    settle(window)
    press(window, 0, "Write a note below")
    note = window.get_by_role("textbox", name="Note")
    expect(note).to_be_focused()
    note.fill(NOTE)
    note.press("Control+Enter")
    settle(window)
    press(window, 1, "Move up")
    expect(items(window).first.get_by_role("textbox", name="Note")).to_be_visible()
    press(window, 1, "Move down")
    expect(items(window).nth(2).locator("[class*='st-key-brief-up-'] button").first).to_be_focused()
    assert [item[:20] for item in sentences(window)] == [first[:20], second[:20]]
    press(window, 2, "Remove from the brief")
    expect(items(window)).to_have_count(2)
    window.get_by_role("button", name="Undo").click()
    expect(items(window)).to_have_count(3)
    settle(window)
    window.locator(".st-key-brief-end").get_by_role("button", name="Download").click()
    with window.expect_download() as started:
        window.get_by_role("button", name="Download as Word").click()
    file = tmp_path / "brief.docx"
    started.value.save_as(file)
    assert started.value.suggested_filename == "For the Council.docx"
    text = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]
    wanted = ["For the Council", "Two sources, one day.", "See also the annex.", f"“{first}”", f"“{second}”"]
    assert text[: len(wanted)] == wanted
    assert text[len(wanted)] == "Bibliography"
    assert [bool(re.search(r"p\. 1 \(PDF 5\)", note)) for note in footnotes(file)] == [True, True]
    kept = load_brief(chat.home)
    assert [citation.quote.split()[0] for citation in kept.citations] == [first.split()[0], second.split()[0]]


def test_a_quote_of_the_brief_opens_its_page_and_stays_when_its_report_is_removed(chat: Chat, window: Page) -> None:
    ask(window)
    add(window, 0)
    go_to_brief(window)
    items(window).get_by_role("button", name="[1]", exact=True).first.click()
    panel = window.locator(".st-key-page-panel")
    expect(panel.locator("img")).to_have_count(2)
    expect(panel.get_by_role("button", name=re.compile("Remove from my brief")).first).to_be_visible()
    window.get_by_role("button", name="Close", exact=True).click()
    (quote,) = load_brief(chat.home).citations
    change_brief(chat.home, lambda _: Brief().with_quotes([replace(quote, document_id="0" * 64)]))
    window.reload()
    expect(window.get_by_text("This report was removed from the library; the quote is kept.")).to_be_visible()
    expect(items(window).get_by_role("button", name="[1]", exact=True)).to_have_count(0)


def test_dossiers_pages_and_answers_have_both_buttons_at_every_quote(chat: Chat, window: Page) -> None:
    ask(window)
    shown = len(sentences(window))
    expect(window.locator(".st-key-answer-0 button.insights-copy-quote")).to_have_count(shown)
    window.get_by_role("button", name="[1]", exact=True).first.click()
    expect(window.locator(".st-key-page-panel button.insights-copy-quote")).to_have_count(1)
    window.goto(f"{chat.address}/cases?kind=dossier&country=Nepal")
    result = window.locator(".st-key-case-result")
    expect(result.get_by_role("button", name="Download")).to_be_visible()
    settle(window)
    expect(result.locator("button.insights-copy-quote")).to_have_count(len(sentences(window)))
    result.locator("[class*='st-key-brief-quote-'] button").first.click()
    expect(window.locator("#insights-copied")).to_contain_text("Added")
    assert len(load_brief(chat.home).items) == 1


def test_a_quote_and_an_answer_are_copied_as_html_and_as_text_and_a_selection_keeps_its_numbers(
    window: Page, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(window)
    first, second, *_ = sentences(window)
    window.locator("button.insights-copy-quote").first.click()
    expect(window.locator("#insights-copied")).to_have_text("Copied, with its source.")
    held = window.evaluate(CLIPBOARD)
    assert held["text/plain"].startswith(f"“{first}” [1]\n\n[1] ")
    assert "p. 1 (PDF 5)" in held["text/plain"]
    assert f"{first}”<sup>[1]</sup></p>" in held["text/html"]
    whole = window.locator(".st-key-take-0 button.insights-copy")
    whole.click()
    expect(whole).to_have_class(re.compile("done"))
    held = window.evaluate(CLIPBOARD)
    assert f"{second} [2]" in held["text/plain"]
    assert f"{second}<sup>[2]</sup>" in held["text/html"]
    window.evaluate(
        """() => {
        const [one, two] = document.querySelectorAll("[class*='st-key-sentence-'] [data-testid=stText]");
        const text = (one) => document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
        getSelection().setBaseAndExtent(text(one), 3, text(two), 7);
    }"""
    )
    window.keyboard.press("Control+c")
    held = window.evaluate(CLIPBOARD)
    lines = [line for line in held["text/plain"].splitlines() if line.strip()]
    assert lines[:2] == [f"{first[3:]} [1]", f"{second[:7]} [2]"]
    assert [line[:4] for line in lines[2:]] == ["[1] ", "[2] "]
    assert held["text/html"].count("<p") == 4


def test_where_the_browser_refuses_the_text_is_shown_to_be_copied_by_hand(window: Page) -> None:
    ask(window)
    window.evaluate("""() => {
        navigator.clipboard.write = () => Promise.reject(new Error("refused"));
        document.execCommand = () => false;
    }""")
    button = window.locator("button.insights-copy-quote").first
    button.click()
    dialog = window.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Text to copy")).to_have_value(re.compile(r"^“.*” \[1\]\n\n\[1\] ", re.S))
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_a_window_that_leaves_no_traces_keeps_its_brief_to_itself(chat: Chat, window: Page) -> None:
    window.goto(f"{chat.address}/?traces=none")
    ask(window)
    add(window, 0)
    go_to_brief(window)
    expect(window.get_by_text("This brief exists in this window only")).to_be_visible()
    window.get_by_role("button", name="Write a note", exact=True).click()
    window.get_by_role("textbox", name="Note").fill("quokkafluxia")
    window.get_by_role("textbox", name="Note").press("Control+Enter")
    expect(items(window)).to_have_count(2)
    settle(window)
    assert not (chat.home / "brief").exists()
    assert not [file for file in chat.home.rglob("*") if file.is_file() and b"quokkafluxia" in file.read_bytes()]
    window.reload()
    expect(window.get_by_text("Nothing here yet.")).to_be_visible()


def test_the_brief_is_cleared_when_that_is_confirmed_and_a_damaged_one_can_be_deleted(chat: Chat, window: Page) -> None:
    ask(window)
    add(window, 0)
    go_to_brief(window)
    window.get_by_role("button", name="Clear", exact=True).click()
    window.get_by_role("button", name="Keep them").click()
    expect(window.get_by_role("dialog")).to_have_count(0)
    assert (chat.home / "brief").exists()
    settle(window)
    window.get_by_role("button", name="Clear", exact=True).click()
    window.get_by_role("button", name="Delete them").click()
    expect(window.get_by_text("Nothing here yet.")).to_be_visible()
    assert not (chat.home / "brief").exists()
    (chat.home / "brief").mkdir()
    (chat.home / "brief" / "brief.json").write_text("{", encoding="utf-8")
    window.reload()
    expect(window.get_by_test_id("stAlert")).to_contain_text("cannot be read")
    settle(window)
    window.get_by_role("button", name="Delete the brief").click()
    expect(window.get_by_text("Nothing here yet.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_buttons_of_a_quote_take_no_line_of_their_own(window: Page, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 800})
    ask(window)
    row = window.locator(".st-key-answer-0 [class*='st-key-sentence-0-']").first
    text, buttons = (
        row.locator(part).first.bounding_box() for part in ("[data-testid=stText]", "[class*='st-key-actions-']")
    )
    assert text is not None
    assert buttons is not None
    assert buttons["y"] + buttons["height"] <= text["y"] + max(text["height"], 60) + 2
    assert text["width"] > 0.6 * min(width, 480)
