"""Sections of a document that are about a country, by their headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ingest.documents import BlockKind, Document
from ingest.language.countries import find_countries

Place = tuple[int, int]
"""Page and offset: places of one document compare in reading order."""
_SEVERAL = 2
"""Headings of a level that name countries, from which all headings of that level part places."""


@dataclass(frozen=True, slots=True)
class CountrySection:
    """From its heading to the next one of the same or a higher level."""

    start: Place
    end: Place
    countries: tuple[str, ...]
    """ISO 3166 alpha-2 codes."""


def country_sections(document: Document) -> list[CountrySection]:
    """Return the sections whose headings name countries, in the order of their ends."""
    sections = list[CountrySection]()
    opened = list[tuple[int, Place, tuple[str, ...]]]()
    for place, level, countries in _headings(document):
        while opened and opened[-1][0] >= level:
            _, start, codes = opened.pop()
            sections.append(CountrySection(start, place, codes))
        opened.append((level, place, countries))
    last = (document.pages[-1].number + 1, 0) if document.pages else (1, 0)
    sections += (CountrySection(start, last, codes) for _, start, codes in reversed(opened))
    return [section for section in sections if section.countries]


def starts_of_sections(document: Document) -> list[Place]:
    """Return where headings end the passage before them, so that none holds words of two countries' sections.

    They are the borders of all countries' sections. Where a level has several of these, its other headings may name
    places that we do not know ("Kurdistan"), so every one of them is such a border.
    """
    headings = _headings(document)
    named = Counter(level for _, level, countries in headings if countries)
    borders = {place for section in country_sections(document) for place in (section.start, section.end)}
    borders |= {place for place, level, _ in headings if named[level] >= _SEVERAL}
    return sorted(borders)


def _headings(document: Document) -> list[tuple[Place, int, tuple[str, ...]]]:
    return [
        (
            (page.number, block.start),
            block.level,
            tuple(dict.fromkeys(find_countries(page.text[block.start : block.end], document.language))),
        )
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.HEADING
    ]
