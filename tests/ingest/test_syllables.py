"""Scripts of syllables, as browsers and Typst print them: every syllable once, and blanks where the page has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from offset_checks import read_checked as read

from ingest.documents import BlockKind, Document

PRINTED = Path(__file__).parents[2] / "data" / "fidelity" / "documents"
"""Files of the project's own set, made by LibreOffice, Typst and Chromium."""


def text_of(document: Document) -> str:
    return " ".join(" ".join(page.text for page in document.pages).split())


def items_of(document: Document) -> list[str]:
    return [
        page.text[block.start : block.end]
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.ITEM
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        # Chromium draws blanks by themselves, and pdfium guessed them within words.
        ("hindi-print", "मार्च 2018 में अधिकारियों ने 61 घर तोड़ दिए। किसी परिवार को नोटिस नहीं मिला।"),
        ("burmese-report", "၂၀၁၇ ခုနှစ်တွင် စစ်သားများသည် အိမ် ၃၂ လုံးကို"),
        # Typst says of each part of a syllable that it stands for the whole.
        ("khmer-report", "ក្រុមហ៊ុនបានយកដីពីគ្រួសារចំនួន ៤៥ ។ អាជ្ញាធរមិនបានផ្តល់សំណងទេ ។"),
        ("nepali-report", "सन् २०१६ मा सरकारले बाटो बन्द गर्\u200dयो। त्यसपछि १४० परिवारले बजार जान सकेनन्।"),
        # LibreOffice draws the blank behind a number before the number.
        ("amharic-report", "ገበያው በ2018 ተዘጋ። ሰላሳ ሁለት ሴቶች ሥራቸውን አጡ።"),
        # A tone mark stands behind the vowel that it is printed over.
        ("thai-report", "จับกุมในคืนนั้น"),
    ],
)
def test_words_are_whole_and_parted(name: str, sentence: str) -> None:
    assert sentence in text_of(read(PRINTED / f"{name}.pdf"))


def test_bullets_that_a_browser_draws_make_items() -> None:
    document = read(PRINTED / "burmese-report.pdf")
    assert items_of(document) == ["ရွာသားများကို ပြန်လာခွင့်ပြုရန်", "အိမ်များကို ပြန်ဆောက်ပေးရန်"]


def test_a_list_goes_on_behind_an_inner_one() -> None:
    document = read(PRINTED / "browser-print.pdf")
    assert items_of(document)[-3:] == ["the tenants", "the herders from the hills", "publish what the fence has cost"]


@pytest.mark.parametrize(("name", "count"), [("thai-report", 2), ("khmer-report", 2)])
def test_a_line_without_a_latin_colon_opens_its_list(name: str, count: int) -> None:
    document = read(PRINTED / f"{name}.pdf")
    items = [b for page in document.pages for b in page.blocks if b.kind is BlockKind.ITEM]
    assert len(items) == count
    assert all(item.header for item in items)
