"""What people's programs print, of the project's own set: each was read wrongly once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.documents import Block, BlockKind, Document, Page
from ingest.errors import NoText
from ingest.language.detection import language_of
from ingest.load import load

PRINTED = Path(__file__).parents[2] / "data" / "fidelity" / "documents"


def printed(name: str) -> Document:
    return load(PRINTED / name)


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [page.text[block.start : block.end] for page, block in blocks(document) if block.kind is kind]


def blocks(document: Document) -> list[tuple[Page, Block]]:
    return [(page, block) for page in document.pages for block in page.blocks]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("roman-labels.pdf", ["iv", "1", "2", "3"]),  # a roman numeral by itself before page 1
        ("russian-landscape.pdf", ["14", "15"]),  # numbers above the zone of a lying page's foot
        ("arabic-report.pdf", ["5", "6"]),
    ],
)
def test_pages_have_the_numbers_that_are_printed_on_them(name: str, labels: list[str]) -> None:
    assert [page.label for page in printed(name).pages] == labels


def test_a_title_that_comes_back_as_a_running_head_is_a_heading() -> None:
    document = printed("campaign-bullets.pdf")
    assert texts(document, BlockKind.HEADING)[0] == "Open the Gates of Tarvel"
    assert texts(document, BlockKind.FURNITURE).count("Open the Gates of Tarvel") == 1


def test_an_item_ends_where_the_next_line_is_set_to_its_left() -> None:
    document = printed("campaign-bullets.pdf")
    assert "Be polite: the governor’s staff read every letter aloud" in texts(document, BlockKind.ITEM)
    assert "Send a copy to us, so that we can count them." in texts(document, BlockKind.BODY)


@pytest.mark.parametrize(
    ("name", "opener", "items"),
    [
        (
            "arabic-report.pdf",
            "نطلب من المحافظ:",
            ["فتح العيادات قبل الشتاء", "دفع أجور 26 قابلة عن سنة 2018", "نشر القرار رقم 44"],
        ),
        ("hebrew-report.pdf", "אנו דורשים מן הרשות:", ["לפתוח את הבאר בתוך 30 יום", "להחזיר למשפחות את הקנסות"]),
    ],
)  # fmt: skip
def test_lists_from_right_to_left_have_items_and_an_opening_line(name: str, opener: str, items: list[str]) -> None:
    document = printed(name)
    assert texts(document, BlockKind.ITEM) == items
    assert {block.header for _, block in blocks(document) if block.kind is BlockKind.ITEM} == {opener}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("persian-print.pdf", "کنار رودخانه"),
        ("urdu-print.pdf", "کسی خاندان کو نوٹس نہیں ملا۔"),
        ("hebrew-report.pdf", "2018 14"),
    ],
)
def test_words_and_rows_from_right_to_left_are_in_order(name: str, words: str) -> None:
    assert words in " ".join(page.text for page in printed(name).pages)


def test_a_note_in_letters_of_the_body_s_size_is_a_note() -> None:
    document = printed("spanish-list-over-break.pdf")
    assert texts(document, BlockKind.FOOTNOTE) == ["La empresa negó el acceso al pozo norte."]
    assert "julio de 2018 y habló" in document.pages[0].text


def test_a_mark_that_a_writer_chose_for_a_note_is_no_part_of_the_word() -> None:
    assert "einen Zaun um das Moor ziehen. Die Torfstecher" in printed("german-word.docx").pages[0].text


def test_drawn_bullets_are_in_no_text() -> None:
    assert not any(
        "•" in page.text for name in ("burmese-report.pdf", "hebrew-report.pdf") for page in printed(name).pages
    )


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed: apt install tesseract-ocr")
def test_a_scan_in_a_script_that_tesseract_does_not_know_is_named_as_unread() -> None:
    with pytest.raises(NoText, match="it may lack the language"):
        printed("scan-khmer.pdf")


def test_languages_beside_english_are_told_though_english_words_settle_english() -> None:
    assert (
        language_of(
            "The council closed the road in May. They did not ask those who live there, and nobody has answered."
        )
        == "en"
    )
    assert (
        language_of("Le conseil a fermé la route en mai. Personne n’a demandé leur avis aux habitants de la vallée.")
        == "fr"
    )
    assert language_of("De raad sloot de weg in mei. Niemand heeft de bewoners van het dal iets gevraagd.") == "nl"
