"""The true texts of a set of documents."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.errors import UsageError


@dataclass(frozen=True, slots=True)
class TrueBlock:
    """A heading, body, item, row, note or caption as it is printed."""

    kind: str
    sentences: tuple[str, ...]
    joiner: str
    opener: str
    """Of an item: the line that opens its list."""
    floating: bool
    """It has no fixed place in the order of reading: a box, a caption, a note."""
    continues: bool
    """Its first words end the last sentence of the page before."""
    scanned: bool = False
    """It stands in a picture of a page."""

    @property
    def text(self) -> str:
        """All its words."""
        return self.joiner.join(self.sentences)


@dataclass(frozen=True, slots=True)
class TruePage:
    """A physical page, slide, sheet, chapter or part; the whole file where it has none."""

    labels: tuple[str, ...]
    """What its readers may call it."""
    blocks: tuple[TrueBlock, ...]
    beside: tuple[str, ...]
    """Words that may be read or left out: running lines, page numbers, watermarks, marks of notes and items."""
    hidden: tuple[str, ...]
    """Words that nobody sees, or that were deleted."""


@dataclass(frozen=True, slots=True)
class TrueDocument:
    """What a reader of one file should find."""

    path: Path
    kind: str
    """The ending of its name."""
    maker: str
    script: str
    language: str
    features: tuple[str, ...]
    unit: str
    needs: str
    """What has to be installed for its reading, "tesseract:eng"."""
    unreadable: bool
    """It cannot be read: the reader has to say so and to give no words."""
    remark: str
    """A regular expression that the reader's remarks have to match; empty for none."""
    pages: tuple[TruePage, ...]

    @property
    def split(self) -> str:
        """Half of the documents are "dev", on which a reader may be tuned, half are "test"."""
        return "dev" if zlib.crc32(self.path.name.encode()) % 2 else "test"


def read_truth(folder: Path) -> list[TrueDocument]:
    """Return the documents of a set: ``truth.jsonl`` beside the folder ``documents``.

    Raises:
        UsageError: the folder holds no such set.
    """
    listed = folder / "truth.jsonl"
    if not listed.is_file():
        raise UsageError(f"{folder} has no truth.jsonl: name a folder that holds it and documents/.")
    found = [_document(folder / "documents", row) for row in _rows(listed)]
    for document in found:
        if not document.path.is_file():
            raise UsageError(f"{document.path} is missing: run data/fidelity/make.py.")
    return found


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _document(folder: Path, row: Mapping[str, Any]) -> TrueDocument:
    return TrueDocument(
        folder / row["file"],
        row["kind"],
        row["maker"],
        row["script"],
        row["language"],
        tuple(row["features"]),
        row["unit"],
        row["needs"],
        row["unreadable"],
        row["remark"],
        tuple(_page(page) for page in row["pages"]),
    )


def _page(row: Mapping[str, Any]) -> TruePage:
    return TruePage(
        tuple(row["labels"]),
        tuple(_block(block) for block in row["blocks"]),
        tuple(row["beside"]),
        tuple(row["hidden"]),
    )


def _block(row: Mapping[str, Any]) -> TrueBlock:
    return TrueBlock(
        row["kind"],
        tuple(row["sentences"]),
        row.get("joiner", " "),
        row.get("opener", ""),
        row.get("floating", False),
        row.get("continues", False),
        row.get("scanned", False),
    )
