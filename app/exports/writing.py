"""Text in a DOCX: its language, the direction of its script, and no character that XML forbids."""

from __future__ import annotations

import unicodedata

import regex
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest.language.detection import language_of

_FORBIDDEN = regex.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMPLEX = regex.compile(
    r"[\p{Arabic}\p{Hebrew}\p{Khmer}\p{Devanagari}\p{Thai}\p{Lao}\p{Myanmar}\p{Bengali}\p{Tamil}\p{Sinhala}]"
)
_EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def is_right_to_left(text: str) -> bool:
    """Return whether most letters of ``text`` run from right to left."""
    kinds = [unicodedata.bidirectional(char) for char in text]
    return sum(kind in ("R", "AL") for kind in kinds) > sum(kind == "L" for kind in kinds)


def add_text(paragraph: Paragraph, text: str, *, direct: bool = False) -> Run:
    """Append ``text`` to ``paragraph`` as a run that declares its language and direction.

    With ``direct`` the whole paragraph takes the direction: for one that contains nothing else.
    """
    run = paragraph.add_run(clean(text))
    properties = run._r.get_or_add_rPr()
    right = is_right_to_left(text)
    if right or _COMPLEX.search(text):
        # "rtl" and "cs" choose the font and size of complex scripts.
        properties.append(OxmlElement("w:rtl" if right else "w:cs"))
    language = OxmlElement("w:lang")
    attribute = "w:bidi" if _COMPLEX.search(text) else "w:eastAsia" if _EAST_ASIAN.search(text) else "w:val"
    language.set(qn(attribute), language_of(text))
    properties.append(language)
    if direct and right:
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
    return run


_AFTER_BIDI = tuple(
    f"w:{name}"
    for name in (
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection"
        " textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ).split()
)
