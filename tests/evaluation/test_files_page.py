"""docs/files.md says what is there: files that it names exist, and readers say what it quotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluation.fidelity.readers import read_product
from ingest import archive_type, filetype
from ingest.messages import Message

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "data" / "fidelity" / "documents"
PAGE = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
WITHOUT_TESSERACT = {"scan-typed.pdf", "scan-khmer.pdf"}


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, the heads left out."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def refusals() -> set[str]:
    told = [what for _, what in (*filetype._KNOWN_OTHERS, *filetype._INSIDE_OLE, *archive_type._OTHERS)]
    told += [what for _, what in archive_type._OPEN_TYPES if isinstance(what, Message)]
    return {str(what) for what in told}


def test_every_document_of_the_set_holds_a_row() -> None:
    named = set(re.findall(r"`([\w-]+\.\w+)`", PAGE))
    assert {path.name for path in DOCUMENTS.iterdir()} <= named


def test_documents_that_hold_rows_exist() -> None:
    for heading in ("Kinds of files", "What stands on a page", "Read, but: what the library says"):
        for row in rows(heading):
            assert all((DOCUMENTS / name).is_file() for name in re.findall(r"`([^`]+)`", row[-1])), row


def test_every_refusal_is_listed_and_no_other() -> None:
    assert {row[1] for row in rows("Refused")} == refusals()


@pytest.mark.parametrize(
    ("told", "name"),
    [(row[1], name) for row in rows("Read, but: what the library says") for name in re.findall(r"`([^`]+)`", row[2])],
)
def test_the_library_says_what_the_page_quotes(
    told: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if name in WITHOUT_TESSERACT:
        monkeypatch.setenv("PATH", str(tmp_path))
    reading = read_product(DOCUMENTS / name)
    pattern = ".+".join(re.escape(part) for part in told.split("…"))
    assert re.search(pattern, f"{reading.remarks} {reading.refused}")
