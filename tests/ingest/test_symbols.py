"""A document's own symbol."""

from __future__ import annotations

import pytest

from ingest.symbols import find_symbol


@pytest.mark.parametrize(
    ("head", "symbol"),
    [
        ("United Nations A/HRC/40/60\nGeneral Assembly\nDistr.: General", "A/HRC/40/60"),
        ("CEDAW/C/NPL/CO/6 Concluding observations", "CEDAW/C/NPL/CO/6"),
        ("E/CN.4/2000/95 and A/HRC/1/2", "E/CN.4/2000/95"),
        ("S/2025/211.", "S/2025/211"),
        ("Help for people with HIV/AIDS and/or TB, AND/OR/NOT", ""),
        ("see https://example.org/A/HRC/40/60", ""),
        ("", ""),
        ("x" * 4_000 + " A/HRC/40/60", ""),
    ],
)
def test_the_first_symbol_of_the_head_is_the_documents_own(head: str, symbol: str) -> None:
    assert find_symbol(head) == symbol
