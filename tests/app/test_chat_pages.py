"""The pages beside the conversation, in a real browser: library, cases, chats and settings, on the sample report."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from chat_fixtures import SECONDS, Chat, settle, unused_port
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.chat_history import find_chats, list_chats
from vectorstore.library import Library

MINUTES = "The Zubrowka council adopted the charter of reeds on 12 May 2021 with nine votes."


def go(window: Page, name: str) -> None:
    """Go to a page by the way at the top."""
    window.get_by_role("link", name=re.compile(f"{name}$")).click()
    expect(window.get_by_role("heading", name=name, exact=True)).to_be_visible()
    settle(window)


def send(window: Page, question: str) -> None:
    field = window.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")


def ask(window: Page, question: str) -> None:
    send(window, question)
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    settle(window)


def panel(window: Page) -> Locator:
    return window.locator(".st-key-page-panel")


def test_a_report_is_listed_its_details_stand_in_citations_and_it_is_removed_when_that_is_confirmed(
    window: Page,
) -> None:
    minutes = "minutes.md"
    go(window, "Library")
    expect(window.get_by_text(re.compile(r"^1 report, 18 pages, \d+ passages\.$"))).to_be_visible()
    window.get_by_text("Add reports", exact=True).click()
    window.locator("input[type=file]").set_input_files(
        [{"name": minutes, "mimeType": "text/markdown", "buffer": f"# Minutes\n\n{MINUTES}\n".encode()}]
    )
    row = window.locator("[class*='st-key-report-']", has_text=minutes)
    expect(row.get_by_text("Ready", exact=True)).to_be_visible()
    window.get_by_role("button", name="Clear", exact=True).click()
    settle(window)
    row.get_by_role("button", name="Details").click()
    dialog = window.get_by_role("dialog")
    dialog.get_by_label("Title").fill("Minutes of the reeds")
    dialog.get_by_label("Publisher").fill("Council of Zubrowka")
    dialog.get_by_label("Date").fill("2021")
    dialog.get_by_role("button", name="Save").click()
    expect(row.get_by_text("Minutes of the reeds")).to_be_visible()
    go_and_ask(window, "When did the Zubrowka council adopt the charter of reeds?")
    number = window.get_by_role("button", name="[1]", exact=True).first
    number.hover()
    hint = window.get_by_test_id("stTooltipContent")
    expect(hint).to_contain_text(MINUTES)
    expect(hint).to_contain_text("Council of Zubrowka, Minutes of the reeds, 2021")
    number.click()
    expect(panel(window).get_by_text("Council of Zubrowka, Minutes of the reeds, 2021")).to_be_visible()
    go(window, "Library")
    row.get_by_role("button", name="Remove").click()
    window.get_by_role("button", name="Keep it").click()
    expect(window.get_by_role("dialog")).to_have_count(0)
    expect(row).to_have_count(1)
    settle(window)
    row.get_by_role("button", name="Remove").click()
    window.get_by_role("button", name="Remove it").click()
    expect(row).to_have_count(0)
    expect(window.get_by_text(re.compile("^1 report,"))).to_be_visible()


def go_to_ask(window: Page) -> None:
    window.get_by_role("link", name=re.compile("Ask$")).click()
    expect(window.get_by_text("Ask the reports", exact=True)).to_be_visible()


def page_number(window: Page) -> Locator:
    return panel(window).get_by_role("spinbutton", name="Page")


def go_and_ask(window: Page, question: str) -> None:
    go_to_ask(window)
    ask(window, question)


def test_a_report_is_read_page_by_page(window: Page) -> None:
    go(window, "Library")
    window.get_by_role("button", name="Read it").click()
    expect(panel(window).get_by_text("of 18")).to_be_visible()
    expect(page_number(window)).to_have_value("1")
    expect(panel(window).locator(".st-key-page-previous button").first).to_be_disabled()
    settle(window)
    panel(window).locator(".st-key-page-next button").first.click()
    expect(page_number(window)).to_have_value("2")
    expect(panel(window).locator("img")).to_have_count(1)
    settle(window)
    page_number(window).fill("11")
    page_number(window).press("Enter")
    expect(panel(window).get_by_text("p. 7 (PDF 11)").first).to_be_visible()


def test_words_are_found_in_a_report_and_the_page_is_made_wider(window: Page) -> None:
    go(window, "Library")
    window.get_by_role("button", name="Read it").click()
    settle(window)
    panel(window).get_by_text("Find in this report").click()
    words = panel(window).get_by_label("Words, as they are printed")
    words.fill("veng sreng")
    words.press("Enter")
    first = panel(window).locator(".st-key-found-0 button")
    expect(first).to_contain_text("Veng Sreng")
    settle(window)
    first.click()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text("Veng Sreng")
    before = panel(window).bounding_box()
    settle(window)
    panel(window).get_by_role("button", name="Wider").click()
    expect(panel(window).get_by_role("button", name="Narrower")).to_be_visible()
    settle(window)
    after = panel(window).bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.3 * before["width"]
    words.fill("no report says this")
    words.press("Enter")
    expect(panel(window).get_by_text("These words are not in this report.")).to_be_visible()


def test_pages_are_turned_from_a_quote_and_back_again(window: Page) -> None:
    go_and_ask(window, "What happened on 8 March 2020 in Bishkek?")
    window.locator("[class*='st-key-sentence-0-'] button").first.click()
    quote = panel(window).locator(".st-key-page-quote").inner_text()
    number = int(page_number(window).input_value())
    settle(window)
    panel(window).locator(".st-key-turn-next button").first.click()
    expect(page_number(window)).to_have_value(str(number + 1))
    expect(panel(window).locator(".st-key-page-quote")).to_have_count(0)
    settle(window)
    panel(window).get_by_role("button", name="Back to the quote").click()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(quote)


def test_every_cell_of_a_comparison_opens_its_page(window: Page) -> None:
    go(window, "Cases")
    window.get_by_role("tab", name="Compare").click()
    window.get_by_role("button", name="Compare", exact=True).click()
    result = window.locator(".st-key-case-result")
    expect(result.get_by_role("button", name="Download")).to_be_visible()
    settle(window)
    sentence = result.locator("[class*='st-key-sentence-cell-0-1-']").first
    expect(sentence).to_be_visible()
    words = sentence.get_by_test_id("stText").inner_text()
    sentence.get_by_role("button").first.click()
    expect(panel(window).locator(".st-key-page-quote")).to_contain_text(words[:60])
    expect(panel(window).locator("img")).to_have_count(2)


def test_recommendations_are_listed_by_addressee_and_open_their_pages(window: Page) -> None:
    go(window, "Cases")
    window.get_by_role("tab", name="Recommendations").click()
    window.get_by_role("button", name="Find recommendations").click()
    result = window.locator(".st-key-case-result")
    expect(result.get_by_text(re.compile("^(To: |Addressee unclear)")).first).to_be_visible()
    settle(window)
    result.locator("[class*='st-key-sentence-urged-'] button").first.click()
    expect(panel(window).locator(".st-key-page-quote")).to_be_visible()


def test_a_chat_is_found_by_its_words_renamed_and_all_are_wiped_when_that_is_confirmed(
    chat: Chat, window: Page
) -> None:
    ask(window, "What happened on 8 March 2020 in Bishkek?")
    give_feedback(chat, window)
    window.locator(".st-key-brief-quote-0-0 button").first.click()
    expect(window.locator("#insights-copied")).to_have_text("Added to the page “My brief”.")
    assert (chat.home / "brief").exists()
    go(window, "Chats")
    find = window.get_by_label("Find a chat")
    lines = window.locator("[class*='st-key-chat-']")
    find.fill("no such words zubrowka")
    find.press("Enter")
    expect(window.get_by_text("No chat contains these words.")).to_be_visible()
    find.fill("placards eggs")
    find.press("Enter")
    # Chats of other tests may hold the words too; the newest comes first.
    expect(lines).to_have_count(len(find_chats(chat.home, "placards eggs")))
    settle(window)
    lines.first.get_by_role("button", name="Name:").click()
    window.get_by_role("dialog").get_by_label("Name").fill("The march")
    window.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(lines.first.locator("strong")).to_have_text("The march")
    kept = [line.title for line in list_chats(chat.home)]
    assert kept[0] == "The march"
    settle(window)
    window.get_by_role("button", name="Delete all chats").click()
    window.get_by_role("button", name="Keep them").click()
    expect(window.get_by_role("dialog")).to_have_count(0)
    assert [line.title for line in list_chats(chat.home)] == kept
    settle(window)
    window.get_by_role("button", name="Delete all chats").click()
    window.get_by_role("button", name="Delete them all").click()
    expect(lines).to_have_count(0)
    assert not (chat.home / "chats").exists()
    assert not (chat.home / "feedback.jsonl").exists()
    assert not (chat.home / "brief").exists()


def give_feedback(chat: Chat, window: Page) -> None:
    """Say of the first citation, and why, that it does not fit; it is kept."""
    file = chat.home / "feedback.jsonl"
    window.get_by_role("button", name="[1]", exact=True).first.click()
    feedback = panel(window).locator(".st-key-page-feedback")
    feedback.get_by_role("button").nth(1).or_(feedback.get_by_role("radio").nth(1)).click()
    feedback.get_by_label("Why").fill("another march")
    feedback.get_by_label("Why").press("Enter")
    for _ in range(SECONDS * 10):
        if file.exists() and "another march" in file.read_text("utf-8"):
            break
        window.wait_for_timeout(100)
    said = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert (said[-1]["fits"], said[-1]["note"]) == (False, "another march")
    assert "International Women’s Day" in said[-1]["quote"]


def test_a_window_that_leaves_no_traces_writes_nothing_while_another_one_saves(
    chat: Chat, window: Page, context: BrowserContext
) -> None:
    asked = "How did the garment minimum wage change in the years of quokkafluxia?"
    before = files_of(chat.home)
    go(window, "Chats")
    window.get_by_text("Leave no traces in this window", exact=True).click()
    expect(window.get_by_text("stays in this window")).to_be_visible()
    go_to_ask(window)
    expect(window.get_by_text("This chat is not saved.")).to_be_visible()
    window.reload()
    expect(window.get_by_text("This chat is not saved.")).to_be_visible()
    send(window, asked)
    expect(window.locator(".st-key-answer-0").get_by_role("button").first).to_be_visible()
    settle(window)
    window.locator(".st-key-answer-0").get_by_role("button", name=re.compile(r"\[1\]|Open the page")).first.click()
    expect(panel(window).locator("img").first).to_be_visible()
    expect(panel(window).locator(".st-key-page-feedback")).to_have_count(0)
    go(window, "Cases")
    window.get_by_role("button", name="Make the dossier").click()
    expect(window.locator(".st-key-case-result").get_by_role("button", name="Download")).to_be_visible()
    assert "country=" not in window.url
    assert files_of(chat.home) == before
    other = context.new_page()
    other.goto(chat.address)
    ask(other, "What happened on 8 March 2020 in Bishkek?")
    saved = set(files_of(chat.home)) - set(before)
    assert [name.parts[0] for name in saved] == ["chats"]
    other.close()
    assert not [name for name, content in files_of(chat.home).items() if b"quokkafluxia" in content]
    go(window, "Chats")
    window.get_by_text("Leave no traces in this window", exact=True).click()
    go_to_ask(window)
    expect(window.get_by_text("Ask the reports", exact=True)).to_be_visible()
    ask(window, "What happened on 8 March 2020 in Bishkek?")
    assert not [name for name, content in files_of(chat.home).items() if b"quokkafluxia" in content]


def files_of(home: Path) -> dict[Path, bytes]:
    """Return what is in a library's folder; not the numbers that are kept of everyday questions."""
    return {
        path.relative_to(home): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name not in ("cohorts.json", "catalogue.sqlite-shm")
    }


def test_dossier_comparison_and_recommendations_survive_a_reload_and_open_by_a_link(chat: Chat, window: Page) -> None:
    result = window.locator(".st-key-case-result")
    go(window, "Cases")
    window.get_by_role("tab", name="Compare").click()
    window.get_by_label("One question per line").fill("Who was attacked?\nWhich law was adopted?")
    window.get_by_role("button", name="Compare", exact=True).click()
    expect(result.get_by_text("Which law was adopted?")).to_be_visible()
    settle(window)
    asked = parse_qs(urlsplit(window.url).query)
    assert asked == {
        "kind": ["comparison"],
        "country": ["Cambodia", "Kyrgyzstan"],
        "question": ["Who was attacked?", "Which law was adopted?"],
    }
    result.get_by_role("button", name="[1]", exact=True).first.click()
    quote = panel(window).locator(".st-key-page-quote").inner_text()
    link = window.url
    window.reload()
    expect(result.get_by_text("Which law was adopted?")).to_be_visible()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(quote)
    expect(window.get_by_label("One question per line")).to_have_value("Who was attacked?\nWhich law was adopted?")
    go(window, "Settings")
    go(window, "Cases")
    expect(result.get_by_text("Which law was adopted?")).to_be_visible()
    assert parse_qs(urlsplit(window.url).query) == asked
    window.goto(f"{chat.address}/cases?kind=dossier&country=Nepal&about=women")
    expect(result.get_by_role("heading", name="Nepal: women")).to_be_visible()
    window.goto(f"{chat.address}/cases?kind=recommendations&country=Kyrgyzstan")
    expect(result.get_by_text(re.compile("^(To: |Addressee unclear)")).first).to_be_visible()
    window.goto(f"{chat.address}/cases?kind=dossier&country=Atlantis")
    expect(window.get_by_test_id("stAlert").get_by_text("Atlantis")).to_be_visible()
    window.goto(link)
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(quote)


def test_a_key_is_in_no_file_no_log_and_without_a_keyring_that_is_said(
    chat: Chat, context: BrowserContext, quotes_only: None
) -> None:
    key = "sk-verysecret1234567890"
    page = context.new_page()
    page.goto(f"{chat.address}/settings")
    page.get_by_text("Use a chat model").click()
    page.get_by_label("Model", exact=True).fill("openai:gpt-5")
    page.get_by_label("API key, if it needs one", exact=True).fill(key)
    page.get_by_text("Save the key in this computer’s keyring").click()
    page.get_by_role("button", name="Save and test").click()
    expect(page.get_by_text("This computer has no keyring that programs may use")).to_be_visible()
    expect(page.get_by_role("button", name="I agree that text is sent to api.openai.com")).to_be_visible()
    assert key not in page.url
    page.close()
    assert "Traceback" not in chat.printed()
    assert key not in chat.printed()
    assert not [path for path in chat.home.parent.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]


def test_a_model_whose_server_is_away_is_one_clear_line(window: Page, quotes_only: None) -> None:
    go(window, "Settings")
    window.get_by_text("Use a chat model").click()
    address = f"http://127.0.0.1:{unused_port()}/v1"
    window.get_by_label("Model", exact=True).fill(address)
    window.get_by_role("button", name="Save and test").click()
    alert = window.get_by_test_id("stAlert")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text("127.0.0.1")
    assert len(alert.inner_text().strip().splitlines()) == 1
    assert "Traceback" not in window.content()
    settle(window)
    window.get_by_text("Verbatim quotes, selected on this computer").click()
    expect(window.get_by_text("Every sentence is copied word for word from a report.")).to_be_visible()


def test_a_link_with_words_opens_their_page_with_the_words_marked_and_never_others(chat: Chat, window: Page) -> None:
    with closing(Library(chat.home)) as library:
        document = library.catalogue.documents()[0].id
    link = f"{chat.address}/?document={document}&page=5&quote="
    window.goto(f"{link}masked men tore up placards and threw eggs")
    expect(panel(window).locator(".st-key-page-quote")).to_have_text("masked men tore up placards and threw eggs")
    expect(panel(window).locator("img")).to_have_count(2)
    assert "quote=" not in window.url
    window.goto(f"{link}masked men tore up their tickets and threw eggs")
    expect(window.get_by_text("The words of this link are not on this page")).to_be_visible()
    expect(panel(window).locator("img")).to_have_count(1)
    expect(panel(window).locator(".st-key-page-quote")).to_have_count(0)
