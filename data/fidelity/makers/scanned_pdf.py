"""Scans: pages drawn, photographed askew with noise, and stored as pictures; a typed line may be laid over them."""

from __future__ import annotations

import io
import random

import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from makers import typst_pdf
from makers.source import Source

_POINTS = 72


def make(source: Source) -> bytes:
    """Return the PDF. Options: ``dpi``, ``skew`` (degrees), ``noise``, ``typed`` (a line for each page), ``layer``.

    With ``layer`` the words lie invisibly on their places, as programs for scanning leave them.
    """
    options = source.options
    drawn = pypdfium2.PdfDocument(typst_pdf.make(source))
    chance = random.Random(source.name)
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for number in range(len(drawn)):
        wide, high = drawn[number].get_size()
        picture = drawn[number].render(scale=options.get("dpi", 150) / _POINTS).to_pil().convert("L")
        picture = picture.rotate(options.get("skew", 0.6) * (-1) ** number, Image.Resampling.BICUBIC, fillcolor=255)
        picture = _noisy(picture.filter(ImageFilter.GaussianBlur(0.5)), options.get("noise", 12), chance)
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=45)
        canvas.setPageSize((wide, high))
        canvas.drawImage(ImageReader(jpeg), 0, 0, wide, high)
        if options.get("layer"):
            _lay_words(canvas, drawn[number].get_textpage())
        if typed := options.get("typed"):
            canvas.setFont("Courier", 9)
            canvas.drawString(60, high - 30, typed[number])
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _lay_words(canvas: Canvas, page: pypdfium2.PdfTextPage) -> None:
    for number in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(number)
        words = page.get_text_bounded(left, bottom, right, top).strip()
        text = canvas.beginText(left, bottom + (top - bottom) * 0.2)
        text.setTextRenderMode(3)
        text.setFont("Times-Roman", top - bottom)
        text.setHorizScale(100 * (right - left) / max(canvas.stringWidth(words, "Times-Roman", top - bottom), 1))
        text.textOut(words)
        canvas.drawText(text)


def _noisy(picture: Image.Image, strength: int, chance: random.Random) -> Image.Image:
    """Return the picture with the grain of a cheap scanner."""
    grain = Image.frombytes("L", (256, 256), chance.randbytes(65536))
    sheet = Image.new("L", picture.size)
    for left in range(0, picture.width, 256):
        for top in range(0, picture.height, 256):
            sheet.paste(grain, (left, top))
    return Image.blend(picture, sheet, strength / 255)
