"""Optical character recognition by Tesseract, where it is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache

from PIL import Image

from ingest.documents import Block, BlockKind, WordBox

_MIN_CONFIDENCE = 30
_LATIN = frozenset(
    "afr aze bre cat ceb ces cos cym dan deu eng enm epo est eus fao fil fin fra frm fry gla gle glg hat hrv hun ind"
    " isl ita jav lat lav lit ltz mri msa mlt nld nor oci pol por que ron slk slv spa sqi srp_latn sun swa swe tgl ton"
    " tur uzb vie yor".split()
)
DPI = 200


@cache
def ocr_languages() -> tuple[str, ...]:
    """Return the languages Tesseract can read on this computer; none when it is not installed."""
    if shutil.which("tesseract") is None:
        return ()
    import pytesseract

    return tuple(lang for lang in pytesseract.get_languages() if lang != "osd")


def reads_other_scripts() -> bool:
    """Return whether Tesseract can read any script here besides Latin."""
    return any(lang not in _LATIN for lang in ocr_languages())


ToPage = Callable[[float, float], tuple[float, float]]
"""From a pixel of a page's picture, counted from the upper left, to a place on the page, in points."""


def recognise(image: Image.Image, to_page: ToPage) -> tuple[str, tuple[Block, ...], tuple[WordBox, ...]]:
    """Read the picture of a page, rendered at ``DPI``.

    Returns the text, one block a paragraph, and the box of every word in points of the page.
    """
    import pytesseract

    data = pytesseract.image_to_data(image, lang="+".join(ocr_languages()), output_type=pytesseract.Output.DICT)
    paragraphs: dict[tuple[int, int], list[int]] = {}
    for index, word in enumerate(data["text"]):
        if word.strip() and float(data["conf"][index]) >= _MIN_CONFIDENCE:
            paragraphs.setdefault((data["block_num"][index], data["par_num"][index]), []).append(index)
    text, blocks, words = "", [], []
    for indices in paragraphs.values():
        text += "\n" if text else ""
        block_start = len(text)
        for position, index in enumerate(indices):
            text += " " if position else ""
            start = len(text)
            text += data["text"][index].strip()
            left, top = data["left"][index], data["top"][index]
            # A sheet may lie on its side: its upper left corner is another one on the screen.
            (x0, y0), (x1, y1) = to_page(left, top), to_page(left + data["width"][index], top + data["height"][index])
            words.append(WordBox(start, len(text), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        blocks.append(Block(BlockKind.BODY, block_start, len(text)))
    return text, tuple(blocks), tuple(words)
