"""Read a PDF page by page with pdfium. pdfium is not thread-safe: one process a worker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.documents import Block, BlockKind, Metadata, Page, PageState, PageUnit
from ingest.errors import DamagedFile, LockedFile, TooBig, too_much_text
from ingest.footnotes import footnotes_last
from ingest.furniture import find_furniture, printed_labels
from ingest.garbled import garbled_pages
from ingest.hyphens import JoinHyphen, hyphen_joiner
from ingest.limits import Limits
from ingest.lines import Line
from ingest.messages import Message, message
from ingest.note_marks import settle_marks
from ingest.page_text import compose
from ingest.parts import SMALL_PRINT, Part, body_size, heading_levels, heading_style, page_parts
from ingest.pdf_lines import page_lines
from ingest.scans import Scans
from ingest.tables import goes_on
from ingest.unseen_text import unseen_remarks

_PASSWORD_ERROR = pdfium_raw.FPDF_ERR_PASSWORD


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """Open ``path``.

    Raises:
        LockedFile: it needs a password.
        DamagedFile: pdfium cannot open it.
    """
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
            raise LockedFile(
                message("{name} needs a password: save a copy without one and add that.", name=path.name)
            ) from error
        said = re.search(r"PDFium: ([^).]+)", str(error))
        reason = said.group(1) if said else str(error)
        raise DamagedFile(
            message("{name} cannot be opened as a PDF ({detail}): fetch the file again.", name=path.name, detail=reason)
        ) from error


def read_metadata(pdf: pypdfium2.PdfDocument) -> Metadata:
    """Return title, author and year as the file's own metadata give them."""
    info = pdf.get_metadata_dict()
    year = re.search(r"(19|20)\d\d", info.get("CreationDate", ""))
    title = re.sub(r"^Microsoft \w+ - |\.(docx?|pdf|indd|qxd)$", "", info.get("Title", "")).strip()
    if " " not in title or "_" in title or title.count("?") > 2:  # a file's name, or letters lost in an encoding
        title = ""
    return Metadata(title, info.get("Author", "").strip(), year.group() if year else "", PageUnit.PAGE)


def read_pages(path: Path, limits: Limits) -> Iterator[Page | Metadata | Message]:
    """Yield the file's metadata, then its pages: those with text in order, those that Tesseract reads when it is done.

    Two passes: the whole text layer first, since running lines, heading sizes and divided words are known only from
    the document as a whole; then page after page.

    Raises:
        LockedFile, DamagedFile, TooBig: see the messages.
    """
    pdf = open_pdf(path)
    if len(pdf) > limits.pages:
        raise TooBig(
            message(
                "{name} has {count} pages, the limit is {limit}: split it.",
                name=path.name,
                count=len(pdf),
                limit=limits.pages,
            )
        )
    if not len(pdf):
        raise DamagedFile(message("{name} has no pages: fetch the file again.", name=path.name))
    yield read_metadata(pdf)
    lines, heights, unseen = _read_lines(pdf, path, limits)
    running = find_furniture(lines, heights)
    body = body_size(lines)
    lines = settle_marks(lines, body)
    join = hyphen_joiner(line.text for page in lines for line in page)
    pages = _parts(
        [[line for i, line in enumerate(page) if i not in skip] for page, skip in zip(lines, running, strict=True)],
        body,
    )
    levels = heading_levels(part.lines for parts in pages for part in parts if part.kind is BlockKind.HEADING)
    labels = _labels(pdf, [[page[i].text for i in sorted(skip)] for page, skip in zip(lines, running, strict=True)])
    garbled = garbled_pages([" ".join(line.text for line in page) for page in lines])
    with Scans(pdf) as scans:
        for index, (page, skip) in enumerate(zip(lines, running, strict=True)):
            parts = [
                replace(part, level=levels[heading_style(part.lines)]) if part.kind is BlockKind.HEADING else part
                for part in pages[index]
            ]
            parts = footnotes_last(parts) + [Part(BlockKind.FURNITURE, [page[i]]) for i in sorted(skip)]
            yield from scans.add(_page(pdf, index, parts, labels[index], garbled[index], join))
        yield from scans.rest()
    yield from unseen_remarks(unseen)


def _read_lines(
    pdf: pypdfium2.PdfDocument, path: Path, limits: Limits
) -> tuple[list[list[Line]], list[float], list[int]]:
    lines, heights, unseen, characters = [], [], [], 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            found, height, hidden = page_lines(page)
            lines.append(found)
            heights.append(height)
            unseen.append(hidden)
            page.close()
        except pypdfium2.PdfiumError:
            # A page that does not load is kept as one without text; the file's closing message names it.
            lines.append([])
            heights.append(0.0)
            unseen.append(0)
            continue
        characters += sum(len(line.text) for line in lines[-1])
        if characters > limits.characters:
            raise too_much_text(path.name, limits)
    return lines, heights, unseen


def _parts(pages: list[list[Line]], body: float) -> list[list[Part]]:
    """Return the parts of every page; a table that runs over a page break keeps its header."""
    found, carried, above = [], "", list[Line]()
    for lines in pages:
        carried = goes_on(above, lines, carried)
        found.append(page_parts(lines, body, carried))
        above = [line for line in lines if line.size >= SMALL_PRINT * body]
    return found


def _labels(pdf: pypdfium2.PdfDocument, running: list[list[str]]) -> list[str]:
    own = [pdf.get_page_label(index) or "" for index in range(len(pdf))]
    return own if any(own) else printed_labels(running)


def _page(
    pdf: pypdfium2.PdfDocument,
    index: int,
    parts: list[Part],
    label: str,
    garbled: bool,
    join: JoinHyphen,
) -> Page:
    text, blocks, runs, notes = compose(parts, join)
    if garbled:
        furniture = tuple(Block(BlockKind.FURNITURE, block.start, block.end) for block in blocks)
        return Page(index + 1, text, furniture, label, PageState.GARBLED, runs, notes=notes)
    if any(block.kind is not BlockKind.FURNITURE for block in blocks):
        return Page(index + 1, text, blocks, label, PageState.TEXT, runs, notes=notes)
    return Page(index + 1, text, blocks, label, _state_without_text(pdf, index), runs, notes=notes)


def _state_without_text(pdf: pypdfium2.PdfDocument, index: int) -> PageState:
    try:
        printed = any(True for _ in pdf[index].get_objects(max_depth=2))
    except pypdfium2.PdfiumError:
        printed = True
    return PageState.NO_TEXT if printed else PageState.EMPTY
