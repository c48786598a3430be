"""Make the pictures of the documentation: the chat on the sample report, as a browser shows it.

    python docs/make_pictures.py

Needs Chromium and the project's test packages. The library is a new one in a temporary folder.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
_SAMPLE = ROOT / "data" / "sample" / "women-human-rights-defenders-sample.pdf"
_MADE = ROOT / "data" / "fidelity" / "documents"
_FILES = ("tracked-changes.docx", "hidden-and-covered.pdf", "attached.pdf", "scan-plain.pdf")
"""Of the picture of files: three with something to say of them, and one that cannot be read."""
_PICTURES = ROOT / "docs" / "pictures"
QUESTION = "What happened on 8 March 2020 in Bishkek?"
_COUNTRY = "Nepal"
_SIZES = {"": (1280, 800), "-phone": (360, 740)}
"""Of the names of pictures: width and height of the window, in CSS pixels."""
_PORT = 8599
_SECONDS = 60
_SETTLED = 1.5
"""Seconds after which nothing moves any more."""
_START = (
    "import sys; from app.chat.launch import launch; from app.settings import read_settings;"
    " sys.exit(launch(read_settings()))"
)
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


def main() -> int:
    """Make all pictures; return the exit status."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("make_pictures: Chromium is not on the path: install it first.", file=sys.stderr)
        return 1
    _PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            Path(folder) / "profile",
            executable_path=chromium,
            args=CHROMIUM,
            viewport={"width": 1280, "height": 800},
        )
        browser.set_default_timeout(_SECONDS * 1000)
        window = browser.new_page()
        with sample_chat(Path(folder) / "library") as address:
            for suffix, (width, height) in _SIZES.items():
                window.set_viewport_size({"width": width, "height": height})
                for name, show in _SHOWN.items():
                    show(window, address)
                    _take(window, f"{name}{suffix}.png")
        with sample_chat(Path(folder) / "files", [_MADE / name for name in _FILES]) as address:
            window.set_viewport_size({"width": 1280, "height": 1180})
            the_files(window, address)
            _take(window, "library-files.png")
        browser.close()
    return 0


def an_answer(window: Page, address: str) -> None:
    """A question answered, and the page of its second sentence."""
    window.goto(address)
    field = window.get_by_test_id("stChatInputTextArea")
    field.fill(QUESTION)
    field.press("Enter")
    window.get_by_text("Word for word from the reports").wait_for()
    _open(window, "[2]")


def a_case(window: Page, address: str) -> None:
    """A country's dossier, and the page of its first sentence."""
    window.goto(f"{address}/cases")
    window.get_by_role("combobox", name="Country").first.click()
    window.get_by_role("option", name=_COUNTRY).click()
    window.get_by_role("button", name="Make the dossier").click()
    _open(window, "[1]")


def a_comparison(window: Page, address: str) -> None:
    """Two countries side by side, and the page of a cell."""
    window.goto(f"{address}/cases")
    window.get_by_role("tab", name="Compare").click()
    window.get_by_role("button", name="Compare", exact=True).click()
    _open(window, "[1]")


def the_library(window: Page, address: str) -> None:
    """The reports, and a page of one."""
    window.goto(f"{address}/library")
    window.get_by_role("button", name="Read it").click()
    window.locator(".st-key-page-panel img").first.wait_for()


def the_files(window: Page, address: str) -> None:
    """Files that were read with a remark, and one that was not read."""
    window.goto(f"{address}/library")
    window.get_by_role("button", name="Read it").nth(len(_FILES) - 2).wait_for()
    window.get_by_text("No text", exact=True).wait_for()


def the_chats(window: Page, address: str) -> None:
    """The chats that are kept."""
    window.goto(f"{address}/chats")
    window.get_by_label("Find a chat").wait_for()


def the_first_view(window: Page, address: str) -> None:
    """An empty chat."""
    window.goto(address)
    window.get_by_text("Ask the reports", exact=True).wait_for()


_SHOWN = {
    "ask": an_answer,
    "case": a_case,
    "compare": a_comparison,
    "library": the_library,
    "chats": the_chats,
    "start": the_first_view,
}


def _open(window: Page, number: str) -> None:
    window.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    window.get_by_role("button", name=number, exact=True).first.click()
    window.locator(".st-key-page-panel img").nth(1).wait_for()


def _take(window: Page, name: str) -> None:
    window.mouse.move(640, 2)  # away from the button, whose hint would cover the page
    time.sleep(_SETTLED)
    content = window.screenshot()
    # Colours of its own palette: half the size, and nobody sees a difference.
    Image.open(io.BytesIO(content)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        _PICTURES / name, optimize=True
    )
    print(_PICTURES / name)


@contextmanager
def sample_chat(home: Path, files: Sequence[Path] = (_SAMPLE,)) -> Iterator[str]:
    """Run the chat on a new library of the sample report, or of other files; yield its address."""
    from app.chat.launch import free_port

    _fill(home, files)
    port = free_port(_PORT)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WHRD_") and name != "DISPLAY"}
    settings = {"WHRD_HOME": str(home), "WHRD_PORT": str(port), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", _START], env=kept | settings, cwd=home)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _fill(home: Path, files: Sequence[Path]) -> None:
    """Make a library. Tesseract is kept out of reach, so that scans look alike everywhere."""
    from vectorstore.library import Library

    path, os.environ["PATH"] = os.environ["PATH"], str(home)
    library = Library(home)
    try:
        for added in library.add_all(files):
            print(f"{added.document}: {added.message}")
    finally:
        library.close()
        os.environ["PATH"] = path


def _wait_until_up(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(_SECONDS * 4):
        try:
            with opener.open(f"{address}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"{address} does not answer")


if __name__ == "__main__":
    sys.exit(main())
