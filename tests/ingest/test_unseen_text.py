"""Text that nobody can see is not stored, and what is seen stays, whatever way a page is painted."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from offset_checks import read_checked as read
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Document
from ingest.pdf.unseen_text import MASK

from pdf_maker import HEIGHT, WIDTH, picture  # isort: skip

SEEN = "The harbour master of Quillon kept the ledger of the boats until the spring of 2018."
SECRET = "The clerk of Quillon burned the ledger in the yard behind the customs house in 2019."
Paint = Callable[[Canvas], None]


def made(tmp_path: Path, paint: Paint) -> Document:
    """Return a page with one seen line, and what ``paint`` adds."""
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(72, 720, SEEN)
    paint(canvas)
    canvas.save()
    return read(path)


def secret(canvas: Canvas, y: float = 600, x: float = 72) -> None:
    canvas.drawString(x, y, SECRET)


def white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    secret(canvas)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.97, 0.98, 0.97)
    secret(canvas)


def blue_on_blue(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.6)
    canvas.rect(50, 590, 500, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(0.1, 0.22, 0.6)
    secret(canvas)


def below_the_page(canvas: Canvas) -> None:
    secret(canvas, -40)


def beside_the_page(canvas: Canvas) -> None:
    secret(canvas, 720, 3_000)


def outside_the_crop(canvas: Canvas) -> None:
    canvas.setCropBox((0, 400, WIDTH, HEIGHT))
    secret(canvas, 300)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 0.9)
    secret(canvas)


def tiny_by_scale(canvas: Canvas) -> None:
    canvas.scale(0.08, 0.08)
    canvas.drawString(900, 7_500, SECRET)


def not_painted(canvas: Canvas) -> None:
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textOut(SECRET)
    canvas.drawText(text)


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.02)
    secret(canvas)


def under_a_white_box(canvas: Canvas) -> None:
    secret(canvas)
    canvas.setFillGray(1)
    canvas.rect(60, 590, 480, 24, stroke=0, fill=1)


def under_a_picture(canvas: Canvas) -> None:
    secret(canvas)
    canvas.drawImage(ImageReader(io.BytesIO(picture(["A map of the bay"]))), 60, 560, 500, 90)


def under_a_broad_stroke(canvas: Canvas) -> None:
    secret(canvas)
    canvas.setLineWidth(16)
    canvas.line(60, 604, 540, 604)


def clipped_away(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(10, 10, 20, 20)
    canvas.clipPath(path, stroke=0)
    secret(canvas)


def in_a_form_under_a_box(canvas: Canvas) -> None:
    canvas.beginForm("inner")
    canvas.setFont("Times-Roman", 5)
    canvas.drawString(0, 0, SECRET)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(80, 500)
    canvas.scale(2, 2)
    canvas.doForm("inner")
    canvas.restoreState()
    canvas.rect(70, 490, 480, 24, fill=1)


HIDING = [
    white,
    nearly_white,
    blue_on_blue,
    below_the_page,
    beside_the_page,
    outside_the_crop,
    tiny,
    tiny_by_scale,
    not_painted,
    transparent,
    under_a_white_box,
    under_a_picture,
    under_a_broad_stroke,
    clipped_away,
    in_a_form_under_a_box,
]


@pytest.mark.parametrize("paint", HIDING, ids=lambda paint: paint.__name__)
def test_what_nobody_can_see_is_not_stored_and_told(tmp_path: Path, paint: Paint) -> None:
    document = made(tmp_path, paint)
    assert "clerk" not in document.pages[0].text
    assert SEEN in document.pages[0].text
    assert [str(remark) for remark in document.remarks] == [
        "16 hidden or covered words on page 1 are not quoted",
    ]


def on_a_dark_panel(canvas: Canvas) -> None:
    canvas.setFillGray(0.1)
    canvas.rect(50, 590, 500, 30, stroke=0, fill=1)
    canvas.setFillGray(1)
    secret(canvas)


def highlighted_before(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 0.3)
    canvas.rect(60, 590, 480, 24, stroke=0, fill=1)
    canvas.setFillGray(0)
    secret(canvas)


def highlighted_behind(canvas: Canvas) -> None:
    secret(canvas)
    canvas.setFillColorRGB(1, 0.9, 0)
    canvas.setFillAlpha(0.4)
    canvas.rect(60, 590, 480, 24, stroke=0, fill=1)


def struck_through(canvas: Canvas) -> None:
    secret(canvas)
    canvas.setLineWidth(0.8)
    canvas.line(60, 603, 540, 603)
    canvas.line(60, 597, 540, 597)


def in_a_frame(canvas: Canvas) -> None:
    secret(canvas)
    canvas.rect(60, 590, 480, 24, stroke=1, fill=0)


def pale_grey(canvas: Canvas) -> None:
    canvas.setFillGray(0.75)
    secret(canvas)


def on_a_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(picture([]))), 60, 560, 500, 90)
    secret(canvas)


def within_a_clip_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(60, 590, 500, 30)
    canvas.clipPath(path, stroke=0)
    secret(canvas)


SHOWING = [
    on_a_dark_panel,
    highlighted_before,
    highlighted_behind,
    struck_through,
    in_a_frame,
    pale_grey,
    on_a_picture,
    within_a_clip_path,
]


@pytest.mark.parametrize("paint", SHOWING, ids=lambda paint: paint.__name__)
def test_what_is_seen_is_stored(tmp_path: Path, paint: Paint) -> None:
    document = made(tmp_path, paint)
    assert SECRET in document.pages[0].text
    assert document.remarks == ()


def test_a_name_under_a_black_bar_is_masked_where_it_stood(tmp_path: Path) -> None:
    before, name, after = "The fisherman ", "Arlo Venn-Tassier", " saw the deputy strike the boy on the quay at dawn."

    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 600, before + name + after)
        left = 72 + canvas.stringWidth(before, "Times-Roman", 11)
        canvas.rect(left - 1, 597, canvas.stringWidth(name, "Times-Roman", 11) + 1.5, 12, fill=1)

    document = made(tmp_path, paint)
    assert f"{before}{MASK}{after}" in document.pages[0].text
    assert str(document.remarks[0]) == "3 hidden or covered words on page 1 are not quoted"


@pytest.mark.parametrize("kind", ["/Square", "/Redact"])
def test_an_annotation_covers_too(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "plain.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(72, 720, SEEN)
    secret(canvas)
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=path)
    box = ArrayObject(FloatObject(edge) for edge in (60, 590, 560, 614))
    black = ArrayObject([FloatObject(0)] * 3)
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): box,
            NameObject("/IC"): black,
            NameObject("/C"): black,
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
    writer.write(path)
    document = read(path)
    assert "clerk" not in document.pages[0].text
    assert "16 hidden or covered words" in str(document.remarks[0])


def scan(canvas: Canvas, lines: list[str], layer: list[str]) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(picture(lines))), 0, 0, WIDTH, HEIGHT)
    text = canvas.beginText()
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 12)
    for index, line in enumerate(layer):
        text.setTextOrigin(76, HEIGHT - 116 - 30 * index)
        text.textOut(line)
    canvas.drawText(text)


def test_the_text_layer_of_a_scan_is_read(tmp_path: Path) -> None:
    lines = [f"The court of Quillon heard witness {word} in the long summer." for word in ("one", "two", "three")]
    document = made(tmp_path, lambda canvas: scan(canvas, lines, lines))
    assert all(line in document.pages[0].text.replace("\n", " ") for line in lines)
    assert document.remarks == ()


def test_text_over_an_empty_place_of_a_scan_is_not(tmp_path: Path) -> None:
    lines = [f"The court of Quillon heard witness {word} in the long summer." for word in ("one", "two", "three")]
    document = made(tmp_path, lambda canvas: scan(canvas, lines, [*lines, "", "", "", "", "", SECRET]))
    assert lines[2] in document.pages[0].text.replace("\n", " ")
    assert "clerk" not in document.pages[0].text
