"""Presentations: slides as their readers see them, and the speaker's notes below."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from format_blocks import blocks, failure, headers, remarks, texts
from offset_checks import check_offsets
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide
from pptx.util import Inches

from ingest.documents import Document, FileType, PageUnit, Status
from ingest.load import load

TITLE_AND_TEXT, TITLE_ONLY, BLANK = 1, 5, 6


def presentation(path: Path, *draw: tuple[int, Callable[[Slide], object]]) -> Document:
    """Return what is read of a presentation with a slide for each layout and what is drawn on it."""
    deck = pptx.Presentation()
    for layout, on_slide in draw:
        on_slide(deck.slides.add_slide(deck.slide_layouts[layout]))
    deck.save(str(path))
    document = load(path)
    check_offsets(document)
    return document


def box(slide: Slide, text: str, left: float, top: float) -> None:
    slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1)).text_frame.text = text


def test_titles_points_and_notes_are_told_apart(tmp_path: Path) -> None:
    def draw(slide: Slide) -> None:
        slide.shapes.title.text = "What Brelka asks"
        frame = slide.placeholders[1].text_frame
        frame.text = "The council should:"
        for text in ("open the ford", "pay for the harvest"):
            frame.add_paragraph().text = text
        slide.notes_slide.notes_text_frame.text = "Forty-one women were held on 3 May 2021."

    document = presentation(tmp_path / "a.pptx", (TITLE_AND_TEXT, draw))
    assert (document.file_type, document.unit, document.title) == (FileType.PPTX, PageUnit.SLIDE, "What Brelka asks")
    assert blocks(document) == [
        ("heading", "What Brelka asks"),
        ("body", "The council should:"),
        ("item", "open the ford"),
        ("item", "pay for the harvest"),
        ("heading", "Notes"),
        ("body", "Forty-one women were held on 3 May 2021."),
    ]
    assert headers(document)["pay for the harvest"] == "The council should:"


def test_points_without_an_opening_line_stand_under_the_title(tmp_path: Path) -> None:
    def draw(slide: Slide) -> None:
        slide.shapes.title.text = "Killed in 2020"
        slide.placeholders[1].text_frame.text = "Mira Tol, a midwife"

    assert headers(presentation(tmp_path / "a.pptx", (TITLE_AND_TEXT, draw))) == {
        "Mira Tol, a midwife": "Killed in 2020"
    }


def test_a_slide_is_read_from_the_top_down_and_from_left_to_right(tmp_path: Path) -> None:
    def draw(slide: Slide) -> None:
        box(slide, "At the foot.", 1, 6)
        box(slide, "On the right.", 5, 2)
        box(slide, "On the left.", 1, 2.1)
        slide.shapes.add_group_shape()
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(Inches(1), Inches(4), Inches(1), Inches(1)).text_frame.text = "In a group."
        slide.shapes.title.text = "Above all"

    document = presentation(tmp_path / "a.pptx", (TITLE_ONLY, draw))
    assert texts(document) == ["Above all", "On the left.", "On the right.", "In a group.", "At the foot."]


def test_a_table_on_a_slide_has_its_heads_and_merged_cells_once(tmp_path: Path) -> None:
    def draw(slide: Slide) -> None:
        table = slide.shapes.add_table(3, 3, Inches(1), Inches(1), Inches(6), Inches(2)).table
        for r, row in enumerate((("District", "2019", "2020"), ("Brelka", "12", "23"), ("Ostra", "none", ""))):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        table.cell(2, 1).merge(table.cell(2, 2))

    document = presentation(tmp_path / "a.pptx", (BLANK, draw))
    assert texts(document) == ["District | 2019 | 2020", "Brelka | 12 | 23", "Ostra | none"]
    assert headers(document)["Brelka | 12 | 23"] == "District | 2019 | 2020"


def test_hidden_slides_and_shapes_are_not_read_and_slides_keep_their_numbers(tmp_path: Path) -> None:
    def hidden(slide: Slide) -> None:
        box(slide, "The source is Jon Bask.", 1, 1)
        slide._element.set("show", "0")

    def partly(slide: Slide) -> None:
        box(slide, "Seen by all.", 1, 1)
        box(slide, "Seen by nobody.", 1, 3)
        slide.shapes[1]._element.nvSpPr.cNvPr.set("hidden", "1")

    document = presentation(tmp_path / "a.pptx", (BLANK, hidden), (BLANK, partly))
    assert [(page.number, page.text) for page in document.pages] == [(1, ""), (2, "Seen by all.")]
    assert "hidden slides are not read: 1" in remarks(document)


def test_pictures_and_charts_are_named_and_a_charts_title_is_read(tmp_path: Path) -> None:
    def draw(slide: Slide) -> None:
        data = CategoryChartData()
        data.categories = ["2019", "2020"]
        data.add_series("Arrests", (1, 2))
        place = (Inches(1), Inches(1), Inches(3), Inches(2))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
        chart.has_title = True
        chart.chart_title.text_frame.text = "Arrests in Brelka"
        picture = io.BytesIO()
        Image.new("RGB", (20, 20)).save(picture, "png")
        slide.shapes.add_picture(picture, Inches(5), Inches(1))

    document = presentation(tmp_path / "a.pptx", (BLANK, lambda slide: box(slide, "Words.", 1, 1)), (BLANK, draw))
    assert texts(document, 2) == ["Arrests in Brelka"]
    assert "charts are not read: on slides 2" in remarks(document)
    assert "pictures are not read: on slides 2" in remarks(document)


def test_raised_marks_of_notes_stay_out_of_numbers(tmp_path: Path) -> None:
    def draw(slide: Slide) -> None:
        box(slide, "Soldiers killed 1,500", 1, 1)
        paragraph = slide.shapes[0].text_frame.paragraphs[0]
        for text, raised in (("12", True), (" people in 40 km", False), ("2", True), (".", False)):
            run = paragraph.add_run()
            run.text = text
            if raised:
                run.font._element.set("baseline", "30000")

    assert texts(presentation(tmp_path / "a.pptx", (BLANK, draw))) == ["Soldiers killed 1,500 people in 40 km²."]


@pytest.mark.parametrize(
    "main",
    [
        "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
        "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    ],
)
def test_presentations_with_macros_shows_and_templates_are_read(tmp_path: Path, main: str) -> None:
    source, path = tmp_path / "a.pptx", tmp_path / "b.pptm"
    presentation(source, (BLANK, lambda slide: box(slide, "Seen by all.", 1, 1)))
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(path, "w") as target:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "[Content_Types].xml":
                usual = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
                data = data.replace(usual, main.encode())
            target.writestr(name, data)
    assert texts(load(path)) == ["Seen by all."]


def test_a_presentation_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.pptx"
    presentation(path, (BLANK, lambda slide: box(slide, "Seen by all.", 1, 1)))
    with zipfile.ZipFile(path, "a") as target:
        for number in range(10_001):
            target.writestr(f"ppt/media/{number}", "")
    assert failure(path).status is Status.TOO_BIG
