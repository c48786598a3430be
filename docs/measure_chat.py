"""Measure the chat as a browser shows it: seconds to the first usable screen and to the first answer, and memory.

    python docs/measure_chat.py                  # the sample report
    python docs/measure_chat.py --home FOLDER    # a library, or one that `whrd-eval scale --home` has grown

Needs Chromium and the project's test packages. Linux: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from make_pictures import CHROMIUM, QUESTION, sample_chat
from playwright.sync_api import Page, sync_playwright

_ROUNDS = 5
_OTHERS = (
    "Who was attacked in Kyrgyzstan?",
    "Which law was adopted in Nepal?",
    "How did the garment minimum wage change?",
    "What do unions demand?",
)


def main() -> int:
    """Print the figures; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, help="the library's folder (default: the sample report in a new one)")
    home = parser.parse_args().home
    chromium = shutil.which("chromium")
    if chromium is None:
        print("measure_chat: Chromium is not on the path: install it first.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        library = home or Path(folder) / "library"
        with sample_chat(library) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
            window = browser.new_page()
            first = _screen(window, address)
            screens = [_screen(window, address) for _ in range(_ROUNDS)]
            _answer(window, address, QUESTION)
            answers = [_answer(window, address, question) for question in (QUESTION, *_OTHERS)]
            memory = _memory_mb()
            browser.close()
    print(f"first screen of a new server: {first:.2f} s")
    print(f"first screen, warm: median {statistics.median(screens):.2f} s, longest {max(screens):.2f} s")
    print(f"question to first answer, warm: median {statistics.median(answers):.2f} s, longest {max(answers):.2f} s")
    print(f"memory of the chat's server: {memory:.0f} MB")
    return 0


def _screen(window: Page, address: str) -> float:
    begun = time.perf_counter()
    window.goto(address)
    window.get_by_test_id("stChatInputTextArea").wait_for()
    return time.perf_counter() - begun


def _answer(window: Page, address: str, question: str) -> float:
    """Return the seconds until the first sentence of an answer, or the line that says there is none."""
    window.goto(address)
    field = window.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    begun = time.perf_counter()
    field.press("Enter")
    window.locator('.st-key-answer-0 [data-testid="stMarkdown"], [class*="st-key-sentence-0-0"]').first.wait_for()
    return time.perf_counter() - begun


def _memory_mb() -> float:
    """Return the resident memory of Streamlit's process below this one, 10^6 bytes."""
    below = psutil.Process().children(recursive=True)
    servers = [process for process in below if "streamlit" in " ".join(process.cmdline())]
    return max(process.memory_info().rss for process in servers) / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
