"""Lines of a PDF page with their geometry, as pdfium reads them."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium_raw

_LINE = re.compile(r"([^\r\n\ufffe]*)(\ufffe\r?\n?|\r\n|\r|\n|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BOLD_WEIGHT = 600
_NOTE_MARK = re.compile(r"(?<=[^\s\d])(\d{1,3})(?=\s|$)")
_CELL_GAP = 1.6
"""Width of a gap that parts two cells, in line heights; behind a paragraph's number it is about 1.3."""
_NOTE_RISE = 0.12
"""How far above the baseline a digit must begin to be a footnote mark, in line heights."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Distances in points, origin at the page's lower left corner."""

    text: str
    """Without its line end and without blanks at either end."""
    source: int
    """Index of its first character in the page's text layer."""
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Height of the font's line, ascender to descender: comparable between fonts whose stated size is 1."""
    bold: bool
    hyphen: int | None = None
    """Index of the line-end hyphen in the text layer, when the line ends in one."""
    notes: tuple[tuple[int, int], ...] = ()
    """Start and end in ``text`` of every footnote mark: digits set above the line."""
    cells: int = 1
    """Into how many parts wide gaps divide it: more than one in a row of a table."""


def page_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of ``page`` in the order of its text layer, blank ones left out."""
    text_page = page.get_textpage()
    raw = text_page.get_text_range()
    # One character of text is one pdfium character; where it is not, boxes would be shifted.
    located = len(raw) == text_page.count_chars()
    lines: list[Line] = []
    for match in _LINE.finditer(raw):
        text = _CONTROL.sub(" ", match.group(1))
        body = text.strip()
        if not body:
            continue
        source = match.start(1) + len(text) - len(text.lstrip())
        hyphen = match.start(2) if match.group(2).startswith("\ufffe") else None
        if located:
            lines.append(_measure(text_page, Line(body, source, 0, 0, 0, 0, 0, False, hyphen)))
        else:
            lines.append(Line(body, -1, 0, 0, 0, 0, 0, False, hyphen))
    return lines


def _measure(text_page: pypdfium2.PdfTextPage, line: Line) -> Line:
    rects = [text_page.get_rect(i) for i in range(text_page.count_rects(line.source, len(line.text)))]
    if not rects:
        return line
    visible = [i for i, char in enumerate(line.text) if char.isalpha()] or [0]
    middle = visible[len(visible) // 2]
    size = _char_height(text_page, line.source + middle)
    baseline = _baseline(text_page, line.source + middle)
    marks = [match.span(1) for match in _NOTE_MARK.finditer(line.text)]
    probes = {visible[0], middle, visible[-1]}
    return replace(
        line,
        left=min(r[0] for r in rects),
        bottom=min(r[1] for r in rects),
        right=max(r[2] for r in rects),
        top=max(r[3] for r in rects),
        size=size,
        cells=1 + _gaps([(r[0], r[2]) for r in rects], _CELL_GAP * size),
        bold=all(_is_bold(text_page, line.source + i) for i in probes),
        notes=tuple(
            (start, end)
            for start, end in marks
            if text_page.get_charbox(line.source + start)[1] > baseline + _NOTE_RISE * size
        ),
    )


def _gaps(rects: list[tuple[float, float]], least: float) -> int:
    """Return how many gaps of at least ``least`` points lie between rectangles ``(left, right)`` of one line."""
    gaps, reached = 0, float("inf")
    for left, right in sorted(rects):
        gaps += left - reached >= least
        reached = max(right, reached) if reached < float("inf") else right
    return gaps


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    """Tell by the font's weight, or by its name: the standard fonts state no weight."""
    if pdfium_raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium_raw.FPDFText_GetFontInfo(text_page, index, name, len(name), ctypes.byref(flags))
    return 0 < length <= len(name) and b"bold" in name.value.lower()


def _char_height(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the height of a character's line, ascender to descender, in points."""
    box = pdfium_raw.FS_RECTF()
    pdfium_raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
    return float(abs(box.top - box.bottom))


def _baseline(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the height of a character's baseline on the page, in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_raw.FPDFText_GetCharOrigin(text_page, index, ctypes.byref(x), ctypes.byref(y))
    return y.value
