"""Readers of files: ours, and others that people use, each with the kinds of file that it reads."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import BlockKind, Page, PageState
from ingest.errors import IngestError
from ingest.load import read_file, remarks_message


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a reader gave of one page."""

    number: int
    label: str
    text: str
    unread: bool = False
    """The reader says that it could not read it."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence that the reader would quote."""

    text: str
    opener: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gave of one file."""

    pages: tuple[ReadPage, ...]
    unit: str | None = None
    """What it takes the pages for; None where it does not say."""
    sentences: tuple[ReadSentence, ...] | None = None
    """None where it finds no sentences."""
    remarks: str = ""
    refused: str = ""
    """Why it read nothing; empty where it read the file."""


Reader = Callable[[Path], Reading]


def read_product(path: Path) -> Reading:
    """Read a file as ``whrd ingest`` does; what stands in no passage, such as a running head, is left out."""
    try:
        read = read_file(path)
    except IngestError as error:
        return Reading((), refused=str(error))
    remarks = remarks_message(read.document)
    sentences = (sentence for passage in read.passages for sentence in passage.sentences)
    return Reading(
        tuple(_page(page) for page in read.document.pages),
        read.document.unit.value,
        tuple(ReadSentence(sentence.text, sentence.header) for sentence in sentences),
        str(remarks) if remarks is not None else "",
    )


def _page(page: Page) -> ReadPage:
    shown = [page.text[b.start : b.end] for b in page.blocks if b.kind is not BlockKind.FURNITURE]
    unread = page.state not in {PageState.TEXT, PageState.OCR, PageState.EMPTY}
    return ReadPage(page.number, page.label, "\n".join(shown), unread)


def read_pypdf(path: Path) -> Reading:
    """Read a PDF with pypdf."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(path)
    labels = reader.page_labels if "/PageLabels" in reader.root_object else [""] * len(reader.pages)
    return Reading(
        tuple(ReadPage(n, labels[n - 1], page.extract_text()) for n, page in enumerate(reader.pages, start=1))
    )


def read_pdfminer(path: Path) -> Reading:
    """Read a PDF with pdfminer.six."""
    from pdfminer.high_level import extract_text

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    texts = extract_text(str(path)).split("\f")[:-1]
    return Reading(tuple(ReadPage(number, "", text) for number, text in enumerate(texts, start=1)))


def read_mammoth(path: Path) -> Reading:
    """Read a DOCX with mammoth."""
    import mammoth

    with path.open("rb") as file:
        return _whole(mammoth.extract_raw_text(file).value)


def read_trafilatura(path: Path) -> Reading:
    """Read a web page with trafilatura."""
    import trafilatura

    return _whole(trafilatura.extract(path.read_bytes(), favor_recall=True, include_comments=False) or "")


def _whole(text: str) -> Reading:
    return Reading((ReadPage(1, "", text),))


PEERS: Mapping[str, tuple[Reader, frozenset[str]]] = {
    "pypdf": (read_pypdf, frozenset({"pdf"})),
    "pdfminer.six": (read_pdfminer, frozenset({"pdf"})),
    "mammoth": (read_mammoth, frozenset({"docx", "docm"})),
    "trafilatura": (read_trafilatura, frozenset({"html", "htm"})),
}
"""Of each other reader: how it is called, and the endings of the files that it reads."""
