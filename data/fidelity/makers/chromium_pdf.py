"""PDFs as a browser prints them of web pages."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from makers.html import page_of
from makers.source import Source

_PAPER = """
@page { size: A4; margin: 22mm 20mm; }
"""


def make(source: Source) -> bytes:
    """Return the PDF that Chromium prints."""
    style = _PAPER + source.options.get("style", "")
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(page_of(source, style, inside=False), encoding="utf-8")
        heads = [] if source.options.get("browser_lines") else ["--no-pdf-header-footer"]
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--disable-background-networking", *heads, f"--print-to-pdf={made}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return made.read_bytes()
