"""What a PDF holds besides its text: filled-in fields, comments, attached files, pictures of pages, broken parts."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pypdf
import pytest
from offset_checks import check_offsets
from pdf_maker import TOP, Print, Scan, make_pdf, paragraph, picture
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NumberObject, StreamObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import BlockKind, Document, PageState, Status
from ingest.errors import NoText
from ingest.load import load, remarks_message
from ingest.pdf.metadata import read_metadata
from ingest.pdf.reader import open_pdf

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
STORY = "The ferry was searched twice in the week before the vote, and eleven passengers were led away."


def items(document: Document) -> list[tuple[str, str]]:
    return [
        (block.header, page.text[block.start : block.end])
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.ITEM
    ]


def rewritten(path: Path) -> pypdf.PdfWriter:
    """A PDF of one page, open to be changed."""
    make_pdf(path, [paragraph(STORY, TOP)])
    return pypdf.PdfWriter(clone_from=path)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "complaint.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("Times-Roman", 11)
    field = canvas.acroForm
    for y, words in ((720, "Name of the detainee:"), (690, "District:"), (640, "Reason given:"), (500, "Statement")):
        canvas.drawString(72, y, words)
    field.textfield(name="who", x=220, y=712, width=200, height=20, value="Orsolya Benkert")
    field.choice(name="where", x=220, y=682, width=200, height=20, value="Harbour", options=["Harbour", "Hills"])
    for index, words in enumerate(("Curfew", "Assembly without a permit", "None")):
        field.checkbox(name=f"r{index}", x=80 + 160 * index, y=610, size=14, checked=index == 1)
        canvas.drawString(100 + 160 * index, 613, words)
    field.textfield(name="s", x=72, y=400, width=400, height=90, value="They tied my hands.\nI asked for water.",
                    fieldFlags="multiline")  # fmt: skip
    field.textfield(name="h", x=72, y=300, width=200, height=20, value="unseen words", annotationFlags="hidden")
    field.textfield(name="p", x=72, y=270, width=200, height=20, value="pass phrase", fieldFlags="password")
    field.textfield(name="e", x=72, y=240, width=200, height=20, value="")
    canvas.save()
    return path


def test_values_of_fields_are_read_with_their_labels_and_marked_as_filled_in(form: Path) -> None:
    document = load(form)
    check_offsets(document)
    assert sorted(items(document)) == [
        ("Reason given, ticked", "Assembly without a permit"),
        ("filled in", "District: Harbour"),
        ("filled in", "Name of the detainee: Orsolya Benkert"),
        ("filled in", "Statement They tied my hands. I asked for water."),
    ]
    (page,) = document.pages
    assert "unseen words" not in page.text
    assert "pass phrase" not in page.text
    assert "holds 4 filled-in fields" in map(str, document.remarks)
    boxes = {page.text[word.start : word.end]: word for word in page.words}
    assert boxes["Name of the detainee: Orsolya Benkert"].left == pytest.approx(220, abs=2)


def test_text_typed_onto_a_page_is_read_and_a_reader_s_comment_only_counted(tmp_path: Path) -> None:
    path = tmp_path / "noted.pdf"
    writer = rewritten(path)
    writer.add_annotation(0, FreeText(text="Copy received on 4 May by the registry.", rect=(72, 500, 300, 530)))
    writer.add_annotation(0, Text(text="I doubt this", rect=(500, 700, 520, 720)))
    writer.write(path)
    document = load(path)
    check_offsets(document)
    assert items(document) == [("typed onto the page", "Copy received on 4 May by the registry.")]
    assert "I doubt this" not in document.pages[0].text
    assert "holds one comment in the margin, which is not quoted" in map(str, document.remarks)


def test_attached_files_are_named_as_unread(tmp_path: Path) -> None:
    path = tmp_path / "with-files.pdf"
    writer = rewritten(path)
    writer.add_attachment("affidavit-3.pdf", b"%PDF-1.4")
    writer.add_attachment("photo.jpg", b"\xff\xd8")
    writer.write(path)
    said = str(remarks_message(load(path)))
    assert "holds 2 attached files that are not read: affidavit-3.pdf, photo.jpg: save and add them" in said


def test_the_cover_sheet_of_a_portfolio_is_no_report(tmp_path: Path) -> None:
    path = tmp_path / "folder.pdf"
    make_pdf(path, [[Print("For the best experience, open this PDF portfolio in Acrobat X or later.", TOP)]])
    writer = pypdf.PdfWriter(clone_from=path)
    writer.add_attachment("affidavit-3.pdf", b"%PDF-1.4")
    writer.write(path)
    with pytest.raises(NoText, match=r"affidavit-3\.pdf"):
        load(path)


@pytest.mark.parametrize("rendering", [True, False])
def test_a_form_that_shows_in_adobe_reader_only_says_so(tmp_path: Path, rendering: bool) -> None:
    path = tmp_path / "intake.pdf"
    make_pdf(path, [[Print("Please wait... your viewer may not be able to display this document.", TOP)]])
    writer = pypdf.PdfWriter(clone_from=path)
    packet = StreamObject()
    packet.set_data(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>")
    fields = {"/Fields": ArrayObject(), "/XFA": writer._add_object(packet)}
    acro_form = DictionaryObject({NameObject(key): value for key, value in fields.items()})
    writer.root_object[NameObject("/AcroForm")] = acro_form
    if rendering:
        writer.root_object[NameObject("/NeedsRendering")] = pypdf.generic.BooleanObject(True)
    writer.write(path)
    with pytest.raises(NoText, match="Adobe Reader") as caught:
        load(path)
    assert caught.value.status is Status.NO_TEXT


def test_half_a_letter_in_a_title_an_author_or_a_label_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "halves.pdf"
    writer = rewritten(path)
    half = ByteStringObject(b"\xfe\xff\x00A\xd8\x00\x00 \x00b")
    information: Any = writer._info
    information.get_object().update({NameObject("/Title"): half, NameObject("/Author"): half})
    numbers = DictionaryObject({NameObject("/P"): half, NameObject("/S"): NameObject("/D")})
    tree = DictionaryObject({NameObject("/Nums"): ArrayObject([NumberObject(0), numbers])})
    writer.root_object[NameObject("/PageLabels")] = tree
    writer.write(path)
    document = load(path)
    assert document.title == read_metadata(open_pdf(path)).author == "A� b"
    assert document.pages[0].label == "A� b1"
    assert document.pages[0].text == STORY


@pytest.mark.parametrize("tesseract", [pytest.param(True, marks=needs_tesseract), False])
def test_one_page_that_does_not_load_is_named_and_the_others_are_read(
    tmp_path: Path, request: pytest.FixtureRequest, tesseract: bool
) -> None:
    path = tmp_path / "torn.pdf"
    make_pdf(path, [paragraph(STORY, TOP), paragraph("Torn out.", TOP), paragraph(STORY, TOP)])
    writer = pypdf.PdfWriter(clone_from=path)
    page = writer.pages[1]
    page[NameObject("/Type")] = NameObject("/Font")
    writer.write(path)
    if not tesseract:
        request.getfixturevalue("without_tesseract")
    document = load(path)
    if document.pages[1].state is PageState.BROKEN:
        assert "no text on page 2 (damaged" in str(remarks_message(document))
    assert [page.text for page in document.pages][::2] == [STORY, STORY]


# -- pictures behind typed words ---------------------------------------------------------------------------------------

LINES = tuple(f"The warden counted {word} men in the yard" for word in ("nine", "forty", "sixty", "ten", "six"))
STAMP = "Registry no. 114, received on the second of June"


@pytest.mark.usefixtures("without_tesseract")
def test_a_scan_under_a_typed_line_is_named_as_unread_and_keeps_the_line(tmp_path: Path) -> None:
    document = load(make_pdf(tmp_path / "annex.pdf", [[Scan(LINES), Print(STAMP, 800)]]))
    assert document.pages[0].state is PageState.NO_TEXT
    assert STAMP in document.pages[0].text
    assert "only what is typed over the picture is read on page 1" in str(remarks_message(document))


@needs_tesseract
def test_a_scan_under_a_typed_line_is_read_with_the_line(tmp_path: Path) -> None:
    document = load(make_pdf(tmp_path / "annex.pdf", [[Scan(LINES), Print(STAMP, 800)]]))
    check_offsets(document)
    (page,) = document.pages
    assert page.state is PageState.OCR
    assert page.text.startswith(STAMP)
    assert page.text.count("Registry") == 1
    assert all(line in " ".join(page.text.split()) for line in LINES)


@pytest.mark.usefixtures("without_tesseract")
def test_a_scan_with_a_text_layer_behind_it_is_text(tmp_path: Path) -> None:
    path = tmp_path / "ocr.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(io.BytesIO(picture(LINES))), 0, 0, 595, 842)
    text = canvas.beginText(75, 735)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 15)
    text.setLeading(30)
    text.textLines(list(LINES))
    canvas.drawText(text)
    canvas.save()
    document = load(path)
    assert document.pages[0].state is PageState.TEXT
    assert remarks_message(document) is None


@pytest.mark.usefixtures("without_tesseract")
def test_a_photograph_behind_a_title_is_no_scan(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "cover.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    shades = Image.linear_gradient("L").resize((595, 842))
    canvas.drawImage(ImageReader(shades), 0, 0, 595, 842)
    canvas.setFont("Helvetica-Bold", 30)
    canvas.drawString(72, 600, "Voices from the delta")
    canvas.showPage()
    canvas.drawString(72, 700, STORY)
    canvas.save()
    document = load(path)
    assert [page.state for page in document.pages] == [PageState.TEXT] * 2
    assert remarks_message(document) is None
    assert document.title == "Voices from the delta"
