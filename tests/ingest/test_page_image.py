"""The way back from stored text to the printed page, and the picture with its highlights."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pdf_maker import HEIGHT, TOP, Print, column, make_pdf
from PIL import Image

from ingest.documents import BlockKind, CharRun, Document, Span
from ingest.errors import IngestError
from ingest.load import load
from ingest.passages import document_sentences
from ingest.pdf.page_image import PageImage, page_image, source_runs

Boxes = tuple[tuple[float, float, float, float], ...]


@pytest.fixture(scope="module")
def layers(sample_pdf: Path) -> list[str]:
    """The sample's own text layer, page by page."""
    pdf = pypdfium2.PdfDocument(sample_pdf)
    texts = [pdf[index].get_textpage().get_text_range() for index in range(len(pdf))]
    pdf.close()
    return texts


def squeezed(text: str) -> str:
    return "".join(text.split())


def pixels(image: PageImage) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(image.png)).convert("RGB"))


def inside(shape: tuple[int, ...], boxes: Boxes, margin: float = 1.0) -> NDArray[np.bool_]:
    """Return which pixels lie in one of ``boxes``."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    mask = np.zeros(shape[:2], dtype=bool)
    for left, top, right, bottom in boxes:
        mask |= (
            (columns >= left - margin)
            & (columns <= right + margin)
            & (rows >= top - margin)
            & (rows <= bottom + margin)
        )
    return mask


def yellow(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((picture[..., 0] > 150) & (picture[..., 2] < 60))


# -- back to the text layer -------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_span_of_the_sample_leads_back_to_the_same_letters(
    sample: Document, layers: list[str], data: st.DataObject
) -> None:
    page = data.draw(st.sampled_from(sample.pages))
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    runs = source_runs(page.runs, Span(page.number, start, end))
    layer = layers[page.number - 1]
    back = "".join(layer[source : source + length] for source, length in runs)
    assert squeezed(back.replace("\ufffe", "-")) == squeezed(page.text[start:end])


def test_every_letter_of_the_sample_has_exactly_one_run(sample: Document) -> None:
    for page in sample.pages:
        places = [place for run in page.runs for place in range(run.start, run.start + run.length)]
        assert len(places) == len(set(places))
        assert {i for i, char in enumerate(page.text) if not char.isspace()} <= set(places)


def test_a_span_takes_its_part_of_each_run() -> None:
    runs = (CharRun(0, 100, 10), CharRun(11, 200, 5), CharRun(16, 300, 4))
    assert source_runs(runs, Span(1, 4, 18)) == [(104, 6), (200, 5), (300, 2)]
    assert source_runs(runs, Span(1, 10, 11)) == []


def test_both_halves_of_a_joined_word_lead_back_without_the_hyphen(tmp_path: Path) -> None:
    lines = ["The people turned to the provincial govern-", "ment and asked for the return of the land."]
    path = make_pdf(tmp_path / "joined.pdf", [column(lines, TOP)])
    page = load(path).pages[0]
    start = page.text.index("government")
    layer = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    runs = source_runs(page.runs, Span(1, start, start + len("government")))
    assert [layer[source : source + length] for source, length in runs] == ["govern", "ment"]


# -- the picture ------------------------------------------------------------------------------------------------------


def test_highlights_lie_in_the_picture_and_hold_all_of_the_yellow(sample: Document, sample_pdf: Path) -> None:
    page = sample.pages[4]
    spans = [span for s in document_sentences(sample)[40:60] for span in s.spans if span.page == page.number]
    assert spans
    image = page_image(sample_pdf, page, spans)
    picture = pixels(image)
    height, width = picture.shape[:2]
    for left, top, right, bottom in image.boxes:
        assert -1 <= left < right <= width + 1
        assert -1 <= top < bottom <= height + 1
        assert yellow(picture)[int(top) + 1 : int(bottom), int(left) + 1 : int(right)].mean() > 0.4
    assert not (yellow(picture) & ~inside(picture.shape, image.boxes)).any()


def test_nothing_is_marked_without_spans_of_the_page(sample: Document, sample_pdf: Path) -> None:
    image = page_image(sample_pdf, sample.pages[4], [Span(6, 0, 300)])
    assert image.boxes == ()
    assert not yellow(pixels(image)).any()


def test_letters_stay_black_below_the_highlight(sample: Document, sample_pdf: Path) -> None:
    page = sample.pages[4]
    plain = pixels(page_image(sample_pdf, page, [])).sum(axis=2) < 150
    marked = pixels(page_image(sample_pdf, page, [Span(5, 0, len(page.text))])).sum(axis=2) < 150
    assert (plain & ~marked).sum() == 0


def test_a_sentence_marks_exactly_its_lines(tmp_path: Path) -> None:
    lines = [
        "Nobody was at home. The soldiers burned the houses of the",
        "families who had spoken to the commission. They left then.",
        "After that the valley was empty for more than eleven years.",
    ]
    path = make_pdf(tmp_path / "lines.pdf", [column(lines, TOP, font="Courier", size=10)])
    document = load(path)
    page = document.pages[0]
    start = page.text.index("The soldiers")
    end = page.text.index(" They left")
    boxes = page_image(path, page, [Span(1, start, end)], scale=1.0).boxes
    wide = 6.0  # of a letter of Courier at 10 points
    assert len(boxes) == 2
    first, second = boxes
    assert first[0] == pytest.approx(72 + wide * lines[0].index("The"), abs=3)
    assert first[2] == pytest.approx(72 + wide * len(lines[0]), abs=3)
    assert second[0] == pytest.approx(72, abs=3)
    assert second[2] == pytest.approx(72 + wide * lines[1].index(" They"), abs=3)
    for box, baseline in ((first, TOP), (second, TOP - 12.5)):
        assert box[1] == pytest.approx(HEIGHT - baseline - 7, abs=3)
        assert box[3] == pytest.approx(HEIGHT - baseline + 2, abs=3)


def test_sample_sentences_are_marked_where_pdfium_finds_them(sample: Document, sample_pdf: Path) -> None:
    pdf = pypdfium2.PdfDocument(sample_pdf)
    checked = 0
    for sentence in document_sentences(sample)[60:260:20]:
        if sentence.kind is not BlockKind.BODY or len(sentence.spans) > 1:
            continue
        (span,) = sentence.spans
        printed = pdf[span.page - 1]
        text_page = printed.get_textpage()
        place = text_page.search(sentence.text, match_case=True).get_next()
        if place is None:  # its lines end in a divided word
            continue
        rects = [text_page.get_rect(i) for i in range(text_page.count_rects(*place))]
        height = printed.get_height()
        wanted = [(left - 1, height - top - 1, right + 1, height - bottom + 1) for left, bottom, right, top in rects]
        boxes = page_image(sample_pdf, sample.pages[span.page - 1], [span], scale=1.0).boxes
        assert len(boxes) == len(wanted)
        for box, place_on_page in zip(sorted(boxes), sorted(wanted), strict=True):
            assert box == pytest.approx(place_on_page, abs=4)  # pdfium counts the blank at a line's end
        checked += 1
    pdf.close()
    assert checked >= 4


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40.0, 330.0, 560.0, 480.0)])
def test_the_highlight_covers_the_ink_on_turned_and_cropped_pages(
    tmp_path: Path, rotation: int, crop: tuple[float, float, float, float] | None
) -> None:
    line = Print("The witnesses who spoke to the commission were followed home.", y=400)
    path = make_pdf(tmp_path / "turned.pdf", [[line]], rotation=rotation, crop=crop)
    page = load(path).pages[0]
    image = page_image(path, page, [Span(1, 0, len(page.text))])
    picture = pixels(image)
    ink = picture.sum(axis=2) < 300
    assert ink.sum() > 500
    assert not (ink & ~inside(picture.shape, image.boxes)).any()


def test_a_huge_page_is_rendered_within_bounds(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "plain.pdf", [[Print("A page that is asked for far too large.", TOP)]])
    picture = Image.open(io.BytesIO(page_image(path, load(path).pages[0], [], scale=40.0).png))
    assert picture.width * picture.height <= 20_500_000


def test_a_file_that_is_gone_or_broken_is_an_error_of_its_own_kind(tmp_path: Path, sample: Document) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    with pytest.raises(IngestError, match=r"broken\.pdf"):
        page_image(broken, sample.pages[0], [])
    with pytest.raises(IngestError, match=r"gone\.pdf"):
        page_image(tmp_path / "gone.pdf", sample.pages[0], [])
