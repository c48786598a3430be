"""Caps on hostile or broken input."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. The defaults let a 2,000-page report pass on an old laptop."""

    file_bytes: int = 300_000_000
    pages: int = 5_000
    characters: int = 60_000_000
    """Of text, all pages together."""
    sentences: int = 60_000
    """Rows of tables count too. Each is embedded: so many take some ten minutes, and a 2,000-page report has fewer."""
    unpacked_bytes: int = 500_000_000
    """Declared size of everything in a DOCX."""
    memory_bytes: int = 1_500_000_000
    """Resident memory of the parsing process."""
    stall_seconds: float = 90.0
    """Without a further page: covers one page of OCR on a slow machine."""
    total_seconds: float = 3_600.0
