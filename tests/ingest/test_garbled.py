"""Legacy fonts are told from real text of any script."""

from __future__ import annotations

import pytest

from ingest.pdf.garbled import garbled_pages, is_garbled

PREETI = (
    "g]kfnsf] ;+ljwfg k|:tfjgf xfd|L ;fj{ef}d;Qf;DkGg hgtf :jtGqtf, ef}uf]lns cv08tf, /fli6«o :jfwLgtf clwsf/, " * 4
)
REAL = [
    "The women’s march (8 March 2020) was attacked; 70 were detained at 3.30 p.m., e.g. by A/HRC/40/60 on re-entry. "
    * 3,
    "Правозащитницы вышли на мирный марш; около семидесяти участниц (в т. ч. студентки) были задержаны. " * 3,
    "नेपालमा महिला मानव अधिकार रक्षकहरूले अभियान चलाए। सरकारले उनीहरूको सुरक्षाका लागि कानुन बनाएन। " * 3,
    "ព្រះរាជាណាចក្រកម្ពុជា ជាតិ សាសនា ព្រះមហាក្សត្រ រដ្ឋធម្មនុញ្ញ នៃ ព្រះរាជាណាចក្រ កម្ពុជា។ " * 5,
    "¿Quién responde por las víctimas? La Comisión recibió a las defensoras en Puerto Príncipe (Haití). " * 3,
    "See https://www.example.org/a?b=c&d=e[1] and www.example.org/{x} for McDonald, eBay, iPhone and YouTube. " * 3,
]


def test_a_legacy_font_is_garbled() -> None:
    assert is_garbled(PREETI)


@pytest.mark.parametrize("text", REAL)
def test_real_text_of_any_script_is_not(text: str) -> None:
    assert not is_garbled(text)


def test_a_few_words_are_no_evidence() -> None:
    assert not is_garbled(" ".join(PREETI.split()[:10]))


def test_short_pages_are_judged_where_most_pages_are_garbled() -> None:
    title = " ".join(PREETI.split()[:6])
    assert garbled_pages([title, PREETI, PREETI, ""]) == [True, True, True, False]
    assert garbled_pages([title, PREETI, REAL[0], REAL[0]]) == [False, True, False, False]
