"""The chat in a real browser: real server, real embedder, the sample report."""

from __future__ import annotations

import io
import re
import signal
import socket
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

from chat_fixtures import Chat, running_chat, settle, wait_until_up
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from app.cases import HEADINGS, NO_EVIDENCE
from app.chat.launch import free_port
from app.chat_history import list_chats
from vectorstore.library import Library

BISHKEK = "What happened on 8 March 2020 in Bishkek?"
SENTENCE = "The Bishkek police then detained mainly marchers, along with three suspected attackers."
HOSTILE = (
    "The Zubrowka council said <b>no</b> ![x](http://evil.example/x.png) [here](http://evil.example) www.evil.example"
    " $a$ :red[hi] :smile: `code` **bold** to the charter of 12 May 2021."
)
SMALL_BUTTONS = """[...document.querySelectorAll('button')]
    .filter(button => button.offsetParent && Math.min(button.offsetWidth, button.offsetHeight) < 24)
    .map(button => button.outerHTML.slice(0, 200))"""


def ask(window: Page, question: str) -> None:
    """Type a question and send it."""
    field = window.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")


def panel(window: Page):  # type: ignore[no-untyped-def]  # a locator
    return window.locator(".st-key-page-panel")


def marked_share(window: Page, picture: int) -> float:
    """Return the share of yellow in one of the panel's pictures."""
    images = panel(window).locator("img")
    expect(images).to_have_count(2)
    address = images.nth(picture).get_attribute("src")
    assert address is not None
    content = window.request.get(urljoin(window.url, address)).body()
    pixels = Image.open(io.BytesIO(content)).convert("RGB").resize((300, 300)).tobytes()
    yellow = sum(
        r > 200 and g > 150 and b < 90 for r, g, b in zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    )
    return yellow / 90_000


def open_citation(window: Page, number: int) -> None:
    window.get_by_role("button", name=f"[{number}]", exact=True).first.click()
    expect(panel(window)).to_be_visible()


def sentence(window: Page, number: int) -> str:
    """Return the sentence of the answer that a number comes after."""
    row = window.locator(".st-key-answer-0 [class*='st-key-sentence-']")
    button = window.get_by_role("button", name=f"[{number}]", exact=True)
    return row.filter(has=button).get_by_test_id("stText").first.inner_text()


def number_of(window: Page, words: str) -> int:
    """Return the number behind a sentence of the answer: which comes first is not the screen's matter."""
    row = window.locator(".st-key-answer-0 [class*='st-key-sentence-']", has_text=words)
    return int(row.get_by_role("button").first.inner_text().strip("[]"))


def test_a_citation_opens_its_page_with_the_words_marked(window: Page) -> None:
    ask(window, BISHKEK)
    expect(window.get_by_text("The reports say:")).to_be_visible()
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    open_citation(window, number_of(window, SENTENCE))
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(SENTENCE)
    expect(panel(window).get_by_text("p. 1 (PDF 5), para. 6").first).to_be_visible()
    whole, near = marked_share(window, 1), marked_share(window, 0)
    assert 0.001 < whole < 0.05
    assert near > 3 * whole
    assert "the quoted words marked" in (panel(window).locator("img").nth(1).get_attribute("alt") or "")
    panel(window).get_by_text("Text of the page").click()
    expect(panel(window).get_by_text("II. Kyrgyzstan: the women’s march").first).to_be_visible()


def test_a_reload_shows_the_same_chat_and_page(window: Page) -> None:
    ask(window, BISHKEK)
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    number = number_of(window, SENTENCE)
    open_citation(window, number)
    expect(panel(window).locator("img")).to_have_count(2)
    named = parse_qs(urlsplit(window.url).query)
    assert set(named) == {"chat", "document", "page", "start", "end"}
    assert named["page"] == ["5"]
    window.reload()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(SENTENCE)
    expect(window.get_by_text(BISHKEK).first).to_be_visible()
    expect(window.locator(".st-key-answer-0").get_by_text(SENTENCE)).to_be_visible()
    expect(panel(window).get_by_text(re.compile(rf"^{number} of \d+$"))).to_be_visible()


def test_next_and_previous_go_through_the_citations(window: Page) -> None:
    ask(window, BISHKEK)
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    first, second = sentence(window, 1), sentence(window, 2)
    open_citation(window, 1)
    expect(panel(window).locator(".st-key-page-previous button").first).to_be_disabled()
    panel(window).locator(".st-key-page-next button").first.click()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(second)
    panel(window).locator(".st-key-page-previous button").first.click()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(first)
    panel(window).get_by_role("button", name="Close", exact=True).click()
    expect(panel(window)).to_have_count(0)
    assert "document=" not in window.url


def test_what_is_not_in_the_reports_is_said_and_the_nearest_is_shown(window: Page) -> None:
    ask(window, "What is the weather in Paris?")
    expect(window.get_by_text("Not in these reports.")).to_be_visible()
    expect(window.get_by_text("Searched: 1 report.")).to_be_visible()
    window.get_by_role("button", name="Open the page").first.click()
    expect(panel(window).locator("img").first).to_be_visible()
    expect(window.get_by_test_id("stAlert")).to_have_count(0)


def test_a_case_has_every_heading_its_pages_and_a_download(chat: Chat, window: Page) -> None:
    window.goto(f"{chat.address}/cases")
    window.get_by_role("button", name="Make the dossier").click()
    answer = window.locator(".st-key-case-result")
    for heading in HEADINGS:
        expect(answer.get_by_text(heading.title, exact=True)).to_be_visible()
    expect(answer.get_by_text(str(NO_EVIDENCE))).to_be_visible()
    expect(answer.get_by_text(re.compile(r"\d+ of \d+ pages cited"))).to_be_visible()
    expect(answer.get_by_text(re.compile(r"Read: .* pages .*\. Cited: .* pages "))).to_be_visible()
    open_citation(window, 1)
    quote = panel(window).locator(".st-key-page-quote").inner_text()
    settle(window)
    answer.get_by_role("button", name="Download", exact=False).first.click()
    settle(window)
    with window.expect_download() as download:
        window.get_by_role("button", name="Download as Markdown").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert text.startswith("# Cambodia")
    assert quote.split()[-2] in text
    assert "PDF 10" in text


def test_the_scope_holds_and_is_said_above_the_input(window: Page) -> None:
    window.get_by_role("combobox", name="Countries").click()
    window.get_by_role("option", name="Nepal").click()
    window.keyboard.press("Escape")
    expect(window.get_by_text("Searching: all reports · Nepal")).to_be_visible()
    ask(window, "Who was attacked?")
    expect(window.locator(".st-key-answer-0")).to_be_visible()
    expect(window.get_by_text("Searching: all reports · Nepal")).to_be_visible()
    window.get_by_role("button", name="Search all").click()
    expect(window.get_by_text("Searching: all reports", exact=True)).to_be_visible()


def test_an_upload_becomes_ready_and_its_text_is_shown_letter_by_letter(chat: Chat, window: Page) -> None:
    filler = "The council of Zubrowka met in the old school and spoke of the charter for a whole day."
    upload(chat, window, "zubrowka $x$ <b>.md", f"# Zubrowka\n\n{HOSTILE} {filler}\n".encode())
    expect(window.get_by_text(re.compile("^Added · zubrowka"))).to_be_visible()
    window.goto(chat.address)
    ask(window, "What did the Zubrowka council say to the charter of 12 May 2021?")
    expect(window.locator(".st-key-answer-0").get_by_text(HOSTILE)).to_be_visible()
    window.locator(".st-key-answer-0").get_by_role("button", name="[1]", exact=True).click()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(HOSTILE)
    expect(panel(window).get_by_text(filler)).to_be_visible()
    window.locator(".st-key-cite-0-0-1 button").first.hover()
    for trace in ("a[href*=evil]", "img[src*=evil]", ".katex", "[data-testid=stMarkdown] b"):
        expect(window.locator(trace)).to_have_count(0)
    library = Library(chat.home)
    (document,) = [d for d in library.catalogue.documents() if d.name.startswith("zubrowka")]
    library.remove(document.id)
    library.close()
    clear_uploads(window)
    window.reload()
    expect(panel(window).get_by_text("was removed from the library")).to_be_visible()
    expect(panel(window).locator(".st-key-page-quote")).to_have_text(HOSTILE)
    assert {path.name for path in (chat.home / "incoming").glob("*/*")} <= {"lock"}


def test_a_damaged_upload_is_one_clear_line_and_a_state(chat: Chat, window: Page) -> None:
    upload(chat, window, "broken.pdf", b"%PDF-1.7\nthis is no PDF\x00\x01")
    expect(window.get_by_test_id("stAlert").get_by_text("broken.pdf")).to_be_visible()
    expect(window.get_by_text("Damaged", exact=True)).to_be_visible()
    assert "Traceback" not in window.content()
    clear_uploads(window)


def upload(chat: Chat, window: Page, name: str, content: bytes) -> None:
    window.goto(f"{chat.address}/library")
    window.get_by_text("Add reports", exact=True).click()
    field = window.locator("input[type=file]")
    field.set_input_files([{"name": name, "mimeType": "application/octet-stream", "buffer": content}])


def clear_uploads(window: Page) -> None:
    """Clear the list of what was added, which all windows show."""
    window.get_by_role("button", name="Clear", exact=True).click()
    expect(window.get_by_role("button", name="Clear", exact=True)).to_have_count(0)


def test_earlier_chats_open_and_are_deleted(chat: Chat, window: Page) -> None:
    ask(window, "How did the garment minimum wage change?")
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    newest = list_chats(chat.home)[0].id
    window.get_by_role("button", name="New chat").click()
    expect(window.get_by_text("Ask the reports", exact=True)).to_be_visible()
    window.locator(f".st-key-open-{newest} button").first.click()
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    window.get_by_role("link", name="Chats").click()
    window.locator(f".st-key-delete-{newest} button").first.click()
    expect(window.locator(f".st-key-chat-{newest}")).to_have_count(0)
    window.get_by_role("link", name="Ask").click()
    expect(window.get_by_text("Ask the reports", exact=True)).to_be_visible()
    assert newest not in [line.id for line in list_chats(chat.home)]


def test_a_link_to_a_deleted_chat_says_so(chat: Chat, window: Page) -> None:
    window.goto(f"{chat.address}/?chat={'0' * 32}")
    expect(window.get_by_text("This chat was deleted")).to_be_visible()
    expect(window.get_by_test_id("stChatInputTextArea")).to_be_enabled()


def test_an_example_answers_on_a_narrow_screen_without_sideways_scrolling(window: Page) -> None:
    window.set_viewport_size({"width": 360, "height": 740})
    window.locator(".st-key-example-0 button").first.click()
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    open_citation(window, 2)
    expect(panel(window).locator("img")).to_have_count(2)
    quote = panel(window).locator(".st-key-page-quote")
    expect(quote).to_be_in_viewport()
    for selector in ("html", ".stMain", ".st-key-page-panel"):
        element = f"document.querySelector('{selector}')"
        assert window.evaluate(f"{element}.scrollWidth - {element}.clientWidth") <= 0
    assert window.evaluate(SMALL_BUTTONS) == []
    window.set_viewport_size({"width": 1280, "height": 800})


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port(port) < port + 50


def test_an_empty_library_asks_for_a_report_and_ctrl_c_ends_the_server_with_status_0(
    tmp_path: Path, context: BrowserContext
) -> None:
    """``running_chat`` ends every other server with SIGTERM, and expects status 0 too."""
    home = tmp_path / "library"
    home.mkdir()
    with running_chat(home) as chat:
        wait_until_up(chat.address)
        page = context.new_page()
        page.goto(chat.address)
        expect(page.get_by_text("The library is empty")).to_be_visible()
        expect(page.locator("input[type=file]")).to_have_count(1)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_disabled()
        page.close()
        chat.process.send_signal(signal.SIGINT)
        assert chat.process.wait(timeout=20) == 0
        assert chat.address in chat.printed()
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", chat.port)) != 0
