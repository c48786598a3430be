"""Read a PDF page by page with pdfium. pdfium is not thread-safe: one process a worker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.documents import Block, BlockKind, Metadata, Page, PageState, WordBox
from ingest.errors import DamagedFile, LockedFile, TooBig
from ingest.limits import Limits
from ingest.messages import Message, message
from ingest.pdf.added_parts import with_added
from ingest.pdf.attached_files import document_remarks, is_shell
from ingest.pdf.first_pages import first_pages
from ingest.pdf.footnotes import footnotes_last
from ingest.pdf.garbled import garbled_pages
from ingest.pdf.hyphens import JoinHyphen, hyphen_joiner
from ingest.pdf.line_numbers import without_line_numbers
from ingest.pdf.lines import Line
from ingest.pdf.list_items import with_items
from ingest.pdf.metadata import own_labels, read_metadata
from ingest.pdf.misread import misread_remarks
from ingest.pdf.note_marks import settle_marks
from ingest.pdf.page_states import kept_where_alone, page_state
from ingest.pdf.page_text import compose
from ingest.pdf.parts import SMALL_PRINT, Part, body_size, heading_levels, heading_style, page_parts
from ingest.pdf.running import find_running
from ingest.pdf.scans import Scans
from ingest.pdf.sheets import read_sheets
from ingest.pdf.spreads import find_spreads
from ingest.pdf.tables import goes_on
from ingest.pdf.unseen_text import unseen_remarks
from ingest.pdf.watermarks import find_watermarks, mark_texts

_PASSWORD_ERROR = pdfium_raw.FPDF_ERR_PASSWORD


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """Open ``path``.

    Raises:
        LockedFile: it needs a password.
        DamagedFile: pdfium cannot open it.
    """
    try:
        pdf = pypdfium2.PdfDocument(path)
        if pdf.get_formtype() != pdfium_raw.FORMTYPE_XFA_FULL:
            pdf.init_forms()  # before any page: else fields are neither read nor drawn
        return pdf
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
    sheets = read_sheets(pdf, path, limits)
    heights = [sheet.height for sheet in sheets]
    lines = without_line_numbers(pdf, [sheet.lines for sheet in sheets])
    spreads = find_spreads(pdf, lines, [sheet.width for sheet in sheets], heights)
    body = body_size(lines)
    lines = settle_marks(lines, body)
    marks = find_watermarks(pdf, lines, body)
    unmarked = [[line for i, line in enumerate(page) if i not in mark] for page, mark in zip(lines, marks, strict=True)]
    yield replace(read_metadata(pdf), lines=first_pages(pdf, unmarked, heights))
    running, labels = find_running(lines, heights, marks, spreads, own_labels(pdf))
    if all(len(page) == len(skip | mark) for page, skip, mark in zip(lines, running, marks, strict=True)):
        running = kept_where_alone(pdf, running)
    skipped = [skip | mark for skip, mark in zip(running, marks, strict=True)]
    join = hyphen_joiner(line.text for page in lines for line in page)
    pages = _parts(
        [[line for i, line in enumerate(page) if i not in skip] for page, skip in zip(lines, skipped, strict=True)],
        body,
    )
    pages = with_items([footnotes_last(parts) for parts in pages], join)
    levels = heading_levels(part.lines for parts in pages for part in parts if part.kind is BlockKind.HEADING)
    texts = [" ".join(line.text for line in page) for page in lines]
    garbled = garbled_pages(texts)
    shell = is_shell(pdf, lines)
    with Scans(pdf) as scans:
        for index, (page, skip, sheet) in enumerate(zip(lines, skipped, sheets, strict=True)):
            parts = [
                replace(part, level=levels[heading_style(part.lines)]) if part.kind is BlockKind.HEADING else part
                for part in pages[index]
            ]
            parts = with_added(parts, sheet.added.entries, sheet.origin)
            parts += [Part(BlockKind.FURNITURE, [page[i]]) for i in sorted(skip)]
            made = _page(index, parts, labels[index], join)
            if garbled[index]:
                made = replace(_unread(made), state=PageState.GARBLED)
            elif shell:
                made = _unread(made)
            else:
                made = replace(made, state=page_state(pdf, made, sheet))
            yield from scans.add(made)
        yield from scans.rest()
    yield from document_remarks(pdf, path, sheets, mark_texts(lines, marks), shell=shell)
    yield from unseen_remarks([sheet.unseen for sheet in sheets])
    read = [sheet.scanned and not unusable for sheet, unusable in zip(sheets, garbled, strict=True)]
    yield from misread_remarks([text if check else "" for text, check in zip(texts, read, strict=True)])


def _parts(pages: list[list[Line]], body: float) -> list[list[Part]]:
    """Return the parts of every page; a table that runs over a page break keeps its header."""
    found, carried, above = [], "", list[Line]()
    for lines in pages:
        carried = goes_on(above, lines, carried)
        found.append(page_parts(lines, body, carried))
        above = [line for line in lines if line.size >= SMALL_PRINT * body]
    return found


def _page(index: int, parts: list[Part], label: str, join: JoinHyphen) -> Page:
    text, blocks, runs, notes = compose(parts, join)
    words = tuple(
        WordBox(block.start, block.end, *part.box)
        for part, block in zip(parts, blocks, strict=True)
        if part.box is not None
    )
    return Page(index + 1, text, blocks, label, PageState.TEXT, runs, words, notes)


def _unread(page: Page) -> Page:
    """Return ``page`` with nothing on it to be quoted or searched."""
    return replace(page, blocks=tuple(Block(BlockKind.FURNITURE, block.start, block.end) for block in page.blocks))
