"""Real PDFs, made on the spot with reportlab: lines at known places, pictures of text, labels, passwords."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP = 72.0, 720.0
_NOTE = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True, slots=True)
class Print:
    """A line of text at a place; ``{7}`` in it is a raised footnote mark."""

    text: str
    y: float
    x: float = LEFT
    size: float = 11.0
    font: str = "Times-Roman"


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture of text that fills the page; no text layer."""

    lines: tuple[str, ...]


Item = Print | Scan


def paragraph(
    text: str, y: float, x: float = LEFT, width: float = 400.0, size: float = 11.0, font: str = "Times-Roman"
) -> list[Print]:
    """Return ``text`` wrapped to ``width``, its first baseline at ``y``."""
    return column(simpleSplit(text, font, size, width), y, x, size, font)


def column(
    lines: Sequence[str], y: float, x: float = LEFT, size: float = 11.0, font: str = "Times-Roman"
) -> list[Print]:
    """Return ``lines`` one below the other."""
    return [Print(line, y - 1.25 * size * index, x, size, font) for index, line in enumerate(lines)]


def make_pdf(
    path: Path,
    pages: Sequence[Sequence[Item]],
    *,
    password: str = "",
    labels: str = "",
    rotation: int = 0,
    drawn: int = 0,
    crop: tuple[float, float, float, float] | None = None,
    title: str = "",
    author: str = "",
) -> Path:
    """Write a PDF.

    ``labels`` is the style of its own page labels ("ROMAN_LOWER"); ``rotation`` turns the sheet clockwise, ``drawn``
    the text on it counterclockwise, in degrees. Places are those of the upright text: drawn at 90, a page is 842 points
    wide.
    """
    encrypt = pdfencrypt.StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    if title:
        canvas.setTitle(title)
    canvas.setAuthor(author)
    if labels:
        canvas.addPageLabel(0, style=labels, start=1)
    for items in pages:
        if rotation:
            canvas.setPageRotation(rotation)
        if crop:
            canvas.setCropBox(crop)
        width, height = (HEIGHT, WIDTH) if rotation % 180 else (WIDTH, HEIGHT)  # as reportlab turns the sheet
        canvas.translate(width * (drawn in (90, 180)), height * (drawn in (180, 270)))
        canvas.rotate(drawn)
        for item in items:
            if isinstance(item, Scan):
                canvas.drawImage(ImageReader(io.BytesIO(picture(item.lines))), 0, 0, WIDTH, HEIGHT)
            else:
                _print(canvas, item)
        canvas.showPage()
    canvas.save()
    return path


def _print(canvas: Canvas, item: Print) -> None:
    text = canvas.beginText(item.x, item.y)
    for index, piece in enumerate(_NOTE.split(item.text)):
        raised = index % 2 == 1
        text.setFont(item.font, item.size * (0.6 if raised else 1.0))
        text.setRise(item.size * (0.4 if raised else 0.0))
        text.textOut(piece)
    canvas.drawText(text)


def picture(lines: Sequence[str]) -> bytes:
    """Return a PNG of black letters on white, in a page's shape."""
    image = Image.new("L", (1190, 1684), 255)
    draw = ImageDraw.Draw(image)
    for index, line in enumerate(lines):
        draw.text((150, 200 + 60 * index), line, fill=0, font=ImageFont.load_default(36))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
