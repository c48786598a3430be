"""axe-core looks at every page, light and dark: nothing serious or critical may be ours."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from chat_fixtures import SECONDS, Chat, chat, context, settle, window
from playwright.sync_api import Page, expect

__all__ = ["chat", "context", "window"]
expect.set_options(timeout=SECONDS * 1000)

ROOT = Path(__file__).resolve().parents[2]
STREAMLITS: dict[str, tuple[str, ...]] = {}
"""Rule → parts of the selectors of what Streamlit draws so, which no setting of ours changes."""
RUN = """() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations']})"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; it is fetched by ``.ci/run``, and no part of the project."""
    path = Path(os.environ.get("WHRD_AXE") or ROOT / ".venv" / "axe" / "axe.min.js")
    if path.is_file():
        return path.read_text(encoding="utf-8")
    message = "no axe-core: unpack axe.min.js of `npm pack axe-core@4.14.1` into .venv/axe/, or name it in WHRD_AXE"
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(message)
    pytest.skip(message)


def violations(window: Page, axe: str) -> list[str]:
    """Return what is serious or critical and not known to be Streamlit's, one line each."""
    settle(window)
    window.evaluate(axe)
    found: dict[str, Any] = window.evaluate(RUN)
    return [
        f"{violation['id']} ({violation['impact']}): {' '.join(map(str, node['target']))} {node['html'][:160]}"
        f" {node.get('failureSummary', '')[:300]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if not any(part in node["html"] + str(node["target"]) for part in STREAMLITS.get(violation["id"], ()))
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_ours(chat: Chat, window: Page, axe: str, theme: str) -> None:
    faults: dict[str, list[str]] = {}
    window.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    window.reload()
    expect(window.get_by_text("Ask the reports", exact=True)).to_be_visible()
    faults["first view"] = violations(window, axe)
    window.locator(".st-key-example-0 button").first.click()
    expect(window.get_by_text("Word for word from the reports")).to_be_visible()
    settle(window)
    window.get_by_role("button", name="[2]", exact=True).first.click()
    expect(window.locator(".st-key-page-panel img")).to_have_count(2)
    window.mouse.move(640, 2)
    faults["answer"] = violations(window, axe)
    for name in ("Library", "Chats", "Settings", "Cases"):
        window.get_by_role("link", name=re.compile(f"{name}$")).click()
        expect(window.get_by_role("heading", name=name, exact=True)).to_be_visible()
        faults[name] = violations(window, axe)
    window.get_by_role("button", name="Make the dossier").click()
    expect(window.locator(".st-key-case-result").get_by_role("button", name="Download")).to_be_visible()
    faults["dossier"] = violations(window, axe)
    window.get_by_role("tab", name="Compare").click()
    window.get_by_role("button", name="Compare", exact=True).click()
    expect(window.locator("[class*='st-key-sentence-cell-']").first).to_be_visible()
    faults["comparison"] = violations(window, axe)
    assert {page: lines for page, lines in faults.items() if lines} == {}
