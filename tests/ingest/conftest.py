"""What the tests of reading share: the sample report, read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.documents import Document, Passage
from ingest.load import load
from ingest.ocr import ocr_languages
from ingest.passages import split_passages


@pytest.fixture(scope="session")
def sample_pdf() -> Path:
    """The sample report."""
    return Path(__file__).resolve().parents[2] / "data" / "sample" / "women-human-rights-defenders-sample.pdf"


@pytest.fixture(scope="session")
def sample(sample_pdf: Path) -> Document:
    """The sample report, read."""
    return load(sample_pdf)


@pytest.fixture(scope="session")
def sample_passages(sample: Document) -> list[Passage]:
    """The sample report's passages."""
    return split_passages(sample)


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A computer on which no program is found."""
    empty = tmp_path / "no-programs"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    ocr_languages.cache_clear()
    yield
    ocr_languages.cache_clear()
