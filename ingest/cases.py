"""Cases: which passages are about which country, by heading first, by mention second."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents import BlockKind, CaseSource, Document, Passage
from ingest.language.countries import find_countries
from ingest.sections import CountrySection, Place, country_sections
from ingest.sentences import ends_sentence

_WHOLE_DOCUMENT_SHARE = 0.6
_WHOLE_DOCUMENT_MENTIONS = 8


def assign_cases(document: Document, passages: Sequence[Passage]) -> list[Passage]:
    """Return ``passages`` with their countries.

    A heading that names a country opens its section, which lasts to the next heading of the same or a higher level.
    The whole document is a country's section when its title names that country alone; when most mentions of countries
    in it are of one; or when the headings before its first prose name that country alone, and no other is mentioned
    more often. Elsewhere a passage belongs to the countries that it mentions.
    """
    mentions = [find_countries(passage.text, document.language) for passage in passages]
    whole = _document_country(document, mentions)
    sections = deque(sorted(country_sections(document), key=lambda section: section.start))
    opened: list[CountrySection] = []
    assigned = []
    for passage, mentioned in zip(passages, mentions, strict=True):
        countries = dict.fromkeys(mentioned, CaseSource.MENTION)
        start: Place = (passage.spans[0].page, passage.spans[0].start)
        end: Place = (passage.spans[0].page, passage.spans[0].end)
        while sections and sections[0].start < end:
            opened.append(sections.popleft())
        opened = [section for section in opened if start < section.end]
        for section in opened:
            countries.update(dict.fromkeys(section.countries, CaseSource.SECTION))
        if whole is not None:
            countries[whole] = CaseSource.SECTION
        assigned.append(replace(passage, countries=countries))
    return assigned


def _document_country(document: Document, mentions: Sequence[Sequence[str]]) -> str | None:
    titled = set(find_countries(document.title, document.language))
    if len(titled) == 1:
        return titled.pop()
    counts = Counter(code for codes in mentions for code in codes)
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    headed = set(find_countries("\n".join(_title_page(document)), document.language))
    enough = count >= max(_WHOLE_DOCUMENT_MENTIONS, _WHOLE_DOCUMENT_SHARE * counts.total())
    return code if enough or headed == {code} else None


def _title_page(document: Document) -> list[str]:
    """Return the headings before the first prose but the last, which is the prose's own.

    Courts and councils print their own name first, as the title, and then the matter.
    """
    headings = []
    for block in document.pages[0].blocks if document.pages else ():
        text = document.pages[0].text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            headings.append(text)
        elif ends_sentence(text):
            break
    return headings[:-1]
