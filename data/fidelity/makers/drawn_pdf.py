"""PDFs drawn line by line: what layout programs and careless hands leave in files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from makers.source import Block, Source, SourcePage, runs, true_text

_FONTS = {
    "serif": "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "bold": "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
}
_SIZE, _LEAD, _LEFT, _WIDTH = 11, 15, 72, 440
_PAPER = (595, 842)


def make(source: Source) -> bytes:
    """Return the PDF of a document.

    Options: ``line_numbers``, ``watermark``, ``labels`` (that count from 1), ``unseen`` (ways of hiding words),
    ``spread`` (two pages on a sheet: blocks of the group "right" stand on the right half), ``form``, ``attach`` (names of files).
    """
    for name, path in _FONTS.items():
        registerFont(TTFont(name, path))
    stream = io.BytesIO()
    sheet = (842, 595) if source.options.get("spread") else _PAPER
    canvas = Canvas(stream, pagesize=sheet, invariant=1)
    canvas.setTitle(source.title)
    canvas.setAuthor(source.options.get("author", "Field Desk"))
    for number, page in enumerate(source.pages):
        _Sheet(canvas, source.options, page, sheet).draw()
        if source.options.get("labels"):
            canvas.addPageLabel(number, style="ARABIC", start=1 + number)
        canvas.showPage()
    canvas.save()
    return _with_files(stream, source.options["attach"]) if source.options.get("attach") else stream.getvalue()


def _with_files(stream: io.BytesIO, names: list[str]) -> bytes:
    """Return the PDF with attached files."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=stream)
    for name in names:
        writer.add_attachment(name, b"Attached words that no page shows.\n")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


class _Sheet:
    """One page and how far down it is written."""

    def __init__(self, canvas: Canvas, options: dict[str, Any], page: SourcePage, size: tuple[int, int]) -> None:
        self._canvas, self._options, self._page, self._size = canvas, options, page, size
        self._left, self._width = (_LEFT, _WIDTH) if not options.get("spread") else (50, 320)
        self._top = self._down = size[1] - 80
        self._line = 0
        self._field = 0

    def draw(self) -> None:
        canvas, page = self._canvas, self._page
        if mark := self._options.get("watermark"):
            canvas.saveState()
            canvas.setFillGray(0.85)
            canvas.setFont("bold", 70)
            canvas.translate(self._size[0] / 2, self._size[1] / 2)
            canvas.rotate(45)
            canvas.drawCentredString(0, 0, mark)
            canvas.restoreState()
        canvas.setFont("serif", 9)
        if self._options.get("spread"):
            for text, middle in zip(page.foot.split("|"), (0.25, 0.75), strict=True):
                canvas.drawCentredString(self._size[0] * middle, 30, text)
        else:
            canvas.drawString(_LEFT, self._size[1] - 45, page.head)
            canvas.drawCentredString(self._size[0] / 2, 40, page.foot)
        for words, way in zip(page.hidden, self._options.get("unseen", ()), strict=False):
            self._hide(words, way)
        right = False
        for block in page.blocks:
            if block.group == "right" and not right:
                right, self._left, self._down = True, self._size[0] / 2 + 50, self._top
            if block.kind != "note":
                self._block(block)
        self._notes()

    def _block(self, block: Block) -> None:
        if block.kind == "row" and self._options.get("form"):
            self._form_row(block)
            return
        heading = block.kind == "heading"
        font, size = ("bold", 15 if block.level == 1 else 12) if heading else ("serif", _SIZE)
        indent = 18 if block.kind == "item" else 0
        text = f"{block.mark} {block.text}" if block.mark else block.text
        for line in self._wrapped(text, font, size, self._width - indent):
            self._write(line, font, size, self._left + indent)
        self._down -= 7

    def _form_row(self, block: Block) -> None:
        (label, _), (value, _) = block.cells
        self._canvas.setFont("serif", _SIZE)
        self._canvas.drawString(self._left, self._down, label)
        self._field += 1
        self._canvas.acroForm.textfield(
            name=f"field{self._field}",
            tooltip=label,
            value=value,
            x=self._left + 150,
            y=self._down - 6,
            width=290,
            height=20,
            fontSize=10,
            forceBorder=True,
        )
        self._down -= 34

    def _write(self, line: list[tuple[str, str]], font: str, size: float, left: float) -> None:
        canvas = self._canvas
        if self._options.get("line_numbers"):
            self._line += 1
            canvas.setFont("serif", 8)
            canvas.drawRightString(left - 20, self._down, str(self._line))
        for style, words in line:
            canvas.setFillGray(0)
            if style == "note":
                canvas.setFont(font, size * 0.6)
                canvas.drawString(left, self._down + size * 0.38, words)
                left += stringWidth(words, font, size * 0.6)
                continue
            canvas.setFont(font, size)
            canvas.drawString(left, self._down, words)
            wide = stringWidth(words, font, size)
            if style == "hidden":
                canvas.rect(left - 1, self._down - 3, wide + 2, size + 2, stroke=0, fill=1)
            left += wide
        self._down -= _LEAD if size < 13 else 22

    def _wrapped(self, text: str, font: str, size: float, width: float) -> Iterator[list[tuple[str, str]]]:
        """Yield lines of styled pieces; a piece is a word, with its blank, or the mark of a note."""
        line: list[tuple[str, str]] = []
        used = 0.0
        for run in runs(text):
            pieces = [run.text] if run.style == "note" else _pieces(run.text)
            for piece in pieces:
                wide = stringWidth(piece, font, size * (0.6 if run.style == "note" else 1))
                if used + wide > width and run.style != "note":
                    yield line
                    line, used = [], 0.0
                line.append((run.style, piece if line else piece.lstrip()))
                used += wide
        if line:
            yield line

    def _notes(self) -> None:
        notes = [block for block in self._page.blocks if block.kind == "note"]
        if not notes:
            return
        self._down = 70 + 12 * len(notes)
        self._canvas.line(self._left, self._down + 12, self._left + 120, self._down + 12)
        for block in notes:
            self._canvas.setFont("serif", 5)
            self._canvas.drawString(self._left, self._down + 3, block.note)
            self._canvas.setFont("serif", 8.5)
            self._canvas.drawString(self._left + 8, self._down, true_text(block.text))
            self._down -= 12

    def _hide(self, words: str, way: str) -> None:
        canvas = self._canvas
        canvas.saveState()
        text = canvas.beginText(self._left, 150)
        text.setFont("serif", 0.6 if way == "tiny" else _SIZE)
        if way == "white":
            text.setFillGray(1)
        elif way == "invisible":
            text.setTextRenderMode(3)
        elif way == "outside":
            text.setTextOrigin(self._left, -60)
        if way in {"invisible", "tiny"}:
            text.setTextOrigin(self._left, 120)
        text.textOut(words)
        canvas.drawText(text)
        canvas.restoreState()


def _pieces(text: str) -> list[str]:
    """Return the words of a text, each with the blank before it."""
    found: list[str] = []
    start = 0
    for place, char in enumerate(text):
        if char == " " and place > start:
            found.append(text[start:place])
            start = place
    return [*found, text[start:]] if text[start:] else found
