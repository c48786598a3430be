"""Reports of which some pages are pictures, from the file to the list of documents."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from word_embedder import WordEmbedder

from ingest.documents import PageState, Status
from ingest.limits import Limits
from ingest.ocr import ocr_languages
from vectorstore.library import Library


@pytest.fixture
def half_scanned(tmp_path: Path) -> Path:
    """A PDF with text on pages 1 and 2, and pictures of text on pages 3 to 5."""
    image = Image.new("L", (1190, 1684), 255)
    ImageDraw.Draw(image).text((150, 200), "The scanned wombats sang", fill=0, font=ImageFont.load_default(48))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    canvas = Canvas(str(tmp_path / "half.pdf"), pagesize=(595, 842), invariant=1)
    for number in range(5):
        if number < 2:
            canvas.drawString(72, 700, f"The people of village {number} were moved to the hills by the army.")
        else:
            canvas.drawImage(ImageReader(io.BytesIO(buffer.getvalue())), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return tmp_path / "half.pdf"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    made = Library(tmp_path / "library", WordEmbedder())
    yield made
    made.close()


@pytest.fixture
def no_tesseract_yet(tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """A computer without programs, until ``undo`` is called."""
    (tmp_path / "no-programs").mkdir()
    patch = pytest.MonkeyPatch()
    patch.setenv("PATH", str(tmp_path / "no-programs"))
    ocr_languages.cache_clear()
    yield patch
    patch.undo()
    ocr_languages.cache_clear()


@pytest.mark.usefixtures("no_tesseract_yet")
def test_a_half_scanned_report_is_ready_and_its_message_names_the_unread_pages(
    library: Library, half_scanned: Path
) -> None:
    added = library.add(half_scanned)
    assert added.status is Status.READY
    assert added.pages == 5
    assert "pages 3–5" in str(added.message)
    assert "install Tesseract" in str(added.message)
    assert library.catalogue.documents()[0].message == added.message
    assert [library.page(added.id, n).state for n in range(1, 6)] == [PageState.TEXT] * 2 + [PageState.NO_TEXT] * 3


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_the_remedy_that_the_message_names_reads_the_pages(
    library: Library, half_scanned: Path, no_tesseract_yet: pytest.MonkeyPatch
) -> None:
    message = library.add(half_scanned).message
    assert "install Tesseract and add it again" in str(message)
    no_tesseract_yet.undo()
    ocr_languages.cache_clear()
    again = library.add(half_scanned)
    assert again.status is Status.READY
    assert [library.page(again.id, n).state for n in range(3, 6)] == [PageState.OCR] * 3
    assert "wombats" in library.page(again.id, 3).text
    assert library.verify() == []


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_second_reading_that_fails_loses_nothing_of_the_first(
    library: Library, half_scanned: Path, no_tesseract_yet: pytest.MonkeyPatch
) -> None:
    first = library.add(half_scanned)
    no_tesseract_yet.undo()
    ocr_languages.cache_clear()
    again = library.add(half_scanned, Limits(pages=1))
    assert (again.status, again.passages, again.new) == (Status.READY, first.passages, False)
    assert "left unchanged" in str(again.message)
    assert library.file_of(first.id).is_file()
    assert library.verify() == []
