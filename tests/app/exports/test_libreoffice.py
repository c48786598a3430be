"""A DOCX as LibreOffice sets it: every footnote at the foot of the page whose sentence it is for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from app.cases import compare, summarise
from app.exports.manuscript import make_manuscript
from app.exports.word import to_docx
from app.verbatim import squeeze
from vectorstore.library import Library

_BEGUN = 10
"""Characters of a footnote that are on its page at the least."""


def _pages(path: Path) -> list[str]:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={path.parent.as_uri()}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    pages = [squeeze(page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return pages


def _stands(quote: str, page: str, after: str) -> bool:
    """Return whether a footnote begins at the foot of ``page``; a long one may end on the page after."""
    begun = next((length for length in range(len(quote), _BEGUN - 1, -1) if quote[:length] in page), 0)
    return bool(begun) and quote[begun:] in after


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: apt install libreoffice-writer"
)
def test_footnotes_stand_on_the_pages_of_their_sentences(sample_library: Library, tmp_path: Path) -> None:
    for name, outcome in (
        ("case", summarise(sample_library, "Kyrgyzstan")),
        ("matrix", compare(sample_library, ["Nepal", "Kyrgyzstan", "Cambodia"])),
    ):
        manuscript = make_manuscript(outcome)
        path = tmp_path / f"{name}.docx"
        path.write_bytes(to_docx(manuscript))
        pages = _pages(path)
        by_number = {citation.number: citation for citation in manuscript.citations}
        sentences = [sentence for sentence in manuscript.sentences() if sentence.citations]
        assert len(pages) > 1
        for number, sentence in enumerate(sentences):
            quotes = [squeeze(by_number[n].quote) for n in sentence.citations]
            # The sentence's last words, with the footnote's mark behind them, and the quote in quotation marks.
            mark = squeeze(sentence.text)[-12:]
            held = [
                page
                for page, after in zip(pages, [*pages[1:], ""], strict=True)
                if mark in page and all(_stands(f'"{quote}"', page, after) for quote in quotes)
            ]
            assert held, f"{name}, sentence {number}: {sentence.text}"
