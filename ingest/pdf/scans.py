"""Pages of a PDF that are pictures, read by Tesseract side by side while the rest of the file is read."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import TracebackType

import pypdfium2

from ingest.documents import BlockKind, Page, PageState
from ingest.ocr import DPI, Recognised, ToPage, ocr_languages, read_words, recognise
from ingest.pdf.garbled import is_language
from ingest.pdf.pictures import without_text

_MAX_PIXELS = 30_000_000
_LEAST_WORDS = 8
"""In the picture behind typed words: with fewer it is no scan of a page."""
_MOST_AT_ONCE = 4
"""Pictures of pages in Tesseract's hands: each takes some 150 MB of the memory that one file may use."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page that Tesseract is reading, and what it is where nothing can be read."""

    page: Page
    to_page: ToPage
    table: Future[bytes | None]


class Scans:
    """Runs Tesseract on pages without text, as many at once as there are cores.

    pdfium is called in the caller's thread alone; the threads of this class only wait for Tesseract.
    """

    def __init__(self, pdf: pypdfium2.PdfDocument) -> None:
        self._pdf = pdf
        self._at_once = min(os.cpu_count() or 1, _MOST_AT_ONCE)
        self._threads = ThreadPoolExecutor(self._at_once, thread_name_prefix="ocr")
        self._waiting: deque[_Waiting] = deque()

    def __enter__(self) -> Scans:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._threads.shutdown(cancel_futures=True)

    def add(self, page: Page) -> Iterator[Page]:
        """Take a page to read; yield the pages that are finished now, in the order in which they were taken.

        A page that Tesseract cannot help is yielded as it is.
        """
        if not _can_help(page):
            yield page
            return
        if len(self._waiting) == self._at_once:
            yield _finished(self._waiting.popleft())
        try:
            sheet = self._pdf[page.number - 1]
            width, height = sheet.get_size()
            scale = DPI / 72
            if width * height * scale * scale > _MAX_PIXELS:
                yield page
                return
            if page.state is PageState.NO_TEXT:
                without_text(sheet)
            bitmap = sheet.render(scale=scale)
        except pypdfium2.PdfiumError:  # its closing message names the page as unread
            yield page
            return
        table = self._threads.submit(recognise, bitmap.to_pil())
        self._waiting.append(_Waiting(page, bitmap.get_posconv(sheet).to_page, table))

    def rest(self) -> Iterator[Page]:
        """Yield the pages that are still being read, when they are finished."""
        while self._waiting:
            yield _finished(self._waiting.popleft())


def _can_help(page: Page) -> bool:
    match page.state:
        case PageState.NO_TEXT | PageState.GARBLED:
            return bool(ocr_languages())
        case _:
            return False


def _finished(waiting: _Waiting) -> Page:
    page, table = waiting.page, waiting.table.result()
    if table is None:
        return page
    found = read_words(table, waiting.to_page)
    # Legacy fonts set scripts other than Latin: Latin letters there are a guess, unless they are words.
    guessed = page.state is PageState.GARBLED and _mostly_latin(found.text) and not is_language(found.text)
    count = len(found.text.split())
    typed = any(block.kind is not BlockKind.FURNITURE for block in page.blocks)
    if typed and page.state is PageState.NO_TEXT and count < _LEAST_WORDS:  # a drawing that looked like paper
        return replace(page, state=PageState.TEXT)
    if count < 2 or guessed:
        return page
    if page.state is PageState.GARBLED:
        return Page(page.number, found.text, found.blocks, page.label, PageState.OCR, (), found.words)
    return _with_picture(page, found)


def _with_picture(page: Page, found: Recognised) -> Page:
    """Return a page whose text is what is typed on it, and behind that what its picture says."""
    shift = len(page.text) + bool(page.text)
    return replace(
        page,
        text=f"{page.text}\n{found.text}" if page.text else found.text,
        blocks=page.blocks + tuple(replace(b, start=b.start + shift, end=b.end + shift) for b in found.blocks),
        words=page.words + tuple(replace(w, start=w.start + shift, end=w.end + shift) for w in found.words),
        state=PageState.OCR,
    )


def _mostly_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(ord(char) < 0x250 for char in letters) > 0.5 * len(letters)
