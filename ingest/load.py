"""Load a file: the front door of the folder. Parsing itself runs in a child process (``ingest.sandbox``)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.documents import BlockKind, Document, FileType, Page, PageState, PageUnit, Passage
from ingest.errors import DamagedFile, NoText, TooBig
from ingest.limits import Limits
from ingest.messages import Message, message, read_message
from ingest.ocr import ocr_languages
from ingest.page_numbers import page_ranges
from ingest.page_rows import read_page_rows
from ingest.passage_rows import read_passage_rows
from ingest.sandbox import nonsense, run_child

_DESCRIBED = ("title", "author", "year", "language", "symbol", "publisher", "date", "case")
TESSERACT_FAILED = message("Tesseract could not read the picture: it may lack the language")
_MISNAMED = message("it is not a PDF: if one was meant, fetch the file again")
_ADD_TESSERACT = message("a scan: install Tesseract and add it again")
GARBLED_FAILED = message("Tesseract could not read it: install the language’s model, or find another edition")
_ADD_SCRIPT = message("install Tesseract with the language’s model and add it again, or find a Unicode edition")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, in hexadecimal: a document's id."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: its document, and the passages that it was split into."""

    document: Document
    passages: tuple[Passage, ...]


def load(path: Path, limits: Limits | None = None, on_page: Callable[[int], None] | None = None) -> Document:
    """Read ``path`` and return its document; see ``read_file``."""
    return read_file(path, limits, on_page).document


def read_file(
    path: Path,
    limits: Limits | None = None,
    on_page: Callable[[int], None] | None = None,
    stopped: threading.Event | None = None,
) -> Reading:
    """Read ``path`` whole, and split it into passages that know their countries.

    Args:
        path: The file; its type is recognised by its content.
        limits: Caps; the defaults where none are given.
        on_page: Called with the number of pages read so far.
        stopped: Set by another thread when the document is not wanted any more.

    Raises:
        IngestError: one of its kinds, with a message of one line that names the file and the remedy.
    """
    limits = limits or Limits()
    check_size(path, path.name, limits)
    file_type, described = FileType.TEXT, dict[str, Any]()
    pages, remarks, passages = dict[int, Page](), list[Message](), list[Passage]()
    work = ["read", str(path.resolve()), json.dumps(dataclasses.asdict(limits))]
    for item in run_child(work, path.name, limits, stopped):
        try:
            if "file_type" in item:
                file_type = FileType(item["file_type"])
            elif "document" in item:
                described = {key: str(item["document"][key]) for key in _DESCRIBED} | {
                    "unit": PageUnit(item["document"]["unit"])
                }
            elif "remark" in item:
                remarks.append(read_message(item["remark"]))
            elif "passage" in item:
                passages.append(read_passage_rows(item["passage"], pages))
            elif "beat" not in item:
                page = read_page_rows(item["page"])
                pages[page.number] = page
                if on_page is not None:
                    on_page(len(pages))
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise nonsense(path.name) from error
    if not pages:
        raise DamagedFile(message("{name} gave no page: fetch the file again.", name=path.name))
    in_order = tuple(pages[number] for number in sorted(pages))  # those that Tesseract reads come last
    if not any(map(_has_text, in_order)):
        unread = joined(unread_pages_messages(in_order) + remarks)
        raise NoText(
            message("{name}: {unread}", name=path.name, unread=unread)
            if unread is not None
            else message("{name}: no page contains any text.", name=path.name)
        )
    document = Document(sha256_of(path), path.name, file_type, in_order, **described, remarks=tuple(remarks))
    return Reading(document, tuple(passages))


def check_size(path: Path, name: str, limits: Limits) -> None:
    """Refuse a file that is larger than the limit.

    Raises:
        TooBig: it is.
        OSError: it cannot be looked at.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise TooBig(
            message(
                "{name} has {size} MB, the limit is {limit} MB: split it.",
                name=name,
                size=round(size / 1e6),
                limit=round(limits.file_bytes / 1e6),
            )
        )


def misnamed_message(document: Document) -> Message | None:
    """Return what to say of a file that is named .pdf and is not one; None for all others.

    A download that failed leaves a web page under the report's name.
    """
    named = document.name.casefold().endswith(".pdf")
    return None if not named or document.file_type is FileType.PDF else _MISNAMED


def remarks_message(document: Document) -> Message | None:
    """Return what to say of a document that was read: what was left unread and why, and what its reader must know."""
    misnamed = misnamed_message(document)
    return joined(([misnamed] if misnamed else unread_pages_messages(document.pages)) + list(document.remarks))


def joined(clauses: Sequence[Message]) -> Message | None:
    """Return clauses with semicolons between them; None of none."""
    line: Message | None = None
    for clause in clauses:
        line = clause if line is None else message("{first}; {second}", first=line, second=clause)
    return line


def unread_pages_messages(pages: Iterable[Page]) -> list[Message]:
    """Return clauses that name the pages whose text could not be read, and the remedy; none without such pages."""
    pages = list(pages)
    parts: list[Message] = []
    remedy = TESSERACT_FAILED if ocr_languages() else _ADD_TESSERACT
    scanned = [page for page in pages if page.state is PageState.NO_TEXT]
    bare = [page.number for page in scanned if not _has_text(page)]
    if bare:
        parts.append(message("no text on {pages} ({remedy})", pages=page_ranges(bare), remedy=remedy))
    typed_over = [page.number for page in scanned if _has_text(page)]
    if typed_over:
        form = message(
            "only what is typed over the picture is read on {pages} ({remedy})",
            pages=page_ranges(typed_over),
            remedy=remedy,
        )
        parts.append(form)
    broken = [page.number for page in pages if page.state is PageState.BROKEN]
    if broken:
        parts.append(message("no text on {pages} (damaged: fetch the file again)", pages=page_ranges(broken)))
    garbled = [page.number for page in pages if page.state is PageState.GARBLED]
    if garbled:
        parts.append(
            message(
                "the text layer is unusable on {pages}: its letters are not the printed ones ({remedy})",
                pages=page_ranges(garbled),
                remedy=GARBLED_FAILED if ocr_languages() else _ADD_SCRIPT,
            )
        )
    return parts


def _has_text(page: Page) -> bool:
    return any(block.kind is not BlockKind.FURNITURE for block in page.blocks)
