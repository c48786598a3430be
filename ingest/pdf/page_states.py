"""Whether a page was read whole: a picture of text may fill it behind the words that are typed on it."""

from __future__ import annotations

import pypdfium2

from ingest.documents import BlockKind, Page, PageState
from ingest.pdf.pictures import Shows, picture_share, typed_on, what_it_shows
from ingest.pdf.sheets import Sheet

_LITTLE_TEXT = 500
"""Letters: a page of text has more, a stamp, a file number or a title has fewer."""
_FILLS = 0.5
"""Share of a page that a scan of it covers: its margins may be white."""
_SOME_PICTURE = 0.1
"""Share of a page that a picture covers if it may hold text, where only running lines are printed."""


def page_state(pdf: pypdfium2.PdfDocument, page: Page, sheet: Sheet) -> PageState:
    """Return where the text of ``page`` comes from, or why there is none; note on ``sheet`` a picture that fills it."""
    if not sheet.loads:
        return PageState.BROKEN
    read = [block for block in page.blocks if block.kind is not BlockKind.FURNITURE]
    letters = sum(char.isalpha() for block in read for char in page.text[block.start : block.end])
    if letters >= _LITTLE_TEXT:
        return PageState.TEXT
    try:
        return _of_little_text(pdf[page.number - 1], page, sheet, has_text=bool(read))
    except pypdfium2.PdfiumError:
        return PageState.TEXT if read else PageState.BROKEN


def _of_little_text(page: pypdfium2.PdfPage, stored: Page, sheet: Sheet, *, has_text: bool) -> PageState:
    if has_text:
        if picture_share(page) < _FILLS or not typed_on(page):
            return PageState.TEXT
        match what_it_shows(page):
            case Shows.WRITING:
                return PageState.NO_TEXT
            case Shows.DRAWING:
                sheet.drawing = True
        return PageState.TEXT
    if stored.text:  # running lines alone: the page is full of them, or they frame a picture
        return PageState.NO_TEXT if picture_share(page) >= _SOME_PICTURE else PageState.EMPTY
    return PageState.NO_TEXT if any(True for _ in page.get_objects(max_depth=2)) else PageState.EMPTY


def kept_where_alone(pdf: pypdfium2.PdfDocument, running: list[set[int]]) -> list[set[int]]:
    """Return the running lines of a document that has no other text: none, unless they stand on pictures of pages."""
    for index, skip in enumerate(running):
        try:
            if skip and picture_share(pdf[index]) >= _SOME_PICTURE:
                return running
        except pypdfium2.PdfiumError:
            continue  # a page that does not load proves nothing
    return [set() for _ in running]
