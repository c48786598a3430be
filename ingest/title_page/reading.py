"""Read a title page: one way for every kind of document, by what is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from ingest.documents import Metadata, PrintedLine
from ingest.symbols import own_symbol
from ingest.title_page.authors import below_title, borne_out, by_line, stands_in
from ingest.title_page.dates import publication_date
from ingest.title_page.printed import TextBlock, body_size, text_blocks, without_marks
from ingest.title_page.publishers import (
    court_of,
    imprint,
    is_body,
    issuer_of,
    masthead,
    running_body,
    title_page_body,
    united_nations,
)
from ingest.title_page.titles import (
    below_masthead,
    case_of,
    court_zone,
    in_small_letters,
    joined,
    title_blocks,
    told,
)
from ingest.title_page.words import phrases, spaced

_AGAINST = regex.compile(r"(?<=\p{L}[\p{L}.)]) (?:VS?|C)\. (?=\p{Lu})", regex.I)
"""Between the parties of a case."""
_FRONT = 3
"""Pages on which a title stands."""


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What the first pages say of a document; empty where they do not say it."""

    title: str = ""
    publisher: str = ""
    symbol: str = ""
    case: str = ""
    date: str = ""
    """ISO 8601, as far as it is known."""
    authors: tuple[str, ...] = ()

    @property
    def year(self) -> str:
        """Of the date."""
        return self.date[:4]


def read_title_page(lines: Sequence[PrintedLine], metadata: Metadata, text: str, language: str) -> TitlePage:
    """Return what the first pages say of a document.

    Args:
        lines: Of its first and last pages, with the sizes of their letters.
        metadata: What the file says of itself: it counts where the pages bear it out.
        text: The document's own words, from which a title in capitals gets small letters.
        language: ISO 639-1.
    """
    if not lines:
        return TitlePage()
    body = body_size(lines)
    front = [line for line in lines if line.page <= _FRONT]
    symbol = own_symbol([line for line in lines if line.page <= _FRONT + 1])
    blocks = text_blocks(front)
    publisher, named = masthead(blocks, symbol, body)
    if publisher:
        below = told(below_masthead(front, named, body, language), text)
        title = joined(below or title_blocks(front, named, body, language), text, language)
        date = publication_date([line for line in front if line.page == 1], lines, title, symbol, language)
        return TitlePage(title, publisher, symbol, "", date, tuple(by_line(blocks, strict=True)))
    if court := _court(front, symbol, text, language):
        return court
    return _other(lines, metadata, blocks, symbol, text, language)


def _court(front: Sequence[PrintedLine], symbol: str, text: str, language: str) -> TitlePage | None:
    """Return what the head of a court's document says; None where it is none: it names the court and the case."""
    zone = court_zone(front)
    court = court_of(zone)
    case, own = case_of(zone) if court else ("", [])
    if not case:
        return None
    rest = _joined_lines([line for line in zone if line not in own], text, language)
    case = _AGAINST.sub(lambda found: found.group().lower(), in_small_letters(case, text, language))
    date = publication_date(zone, zone, rest, symbol, language)
    return TitlePage(f"{case}, {rest}" if rest else case, in_small_letters(court, text, language), symbol, case, date)


def _joined_lines(lines: Sequence[PrintedLine], text: str, language: str) -> str:
    """Return the lines over a court's text, with a comma between those that do not go on in the next one."""
    size = max((line.size for line in lines), default=0.0)
    small, title = set(phrases("small")), ""
    for line in (without_marks(line.text) for line in lines if line.size > 0.8 * size):
        goes_on = line[:1].islower() or {*spaced(line).split()[:1], *spaced(title).split()[-1:]} & small
        title = f"{title}{' ' if goes_on else ', '}{line}" if title else line
    return in_small_letters(title, text, language)


def _other(
    lines: Sequence[PrintedLine],
    metadata: Metadata,
    blocks: Sequence[TextBlock],
    symbol: str,
    text: str,
    language: str,
) -> TitlePage:
    """Return what the pages of any other publication say."""
    front = [line for line in lines if line.page <= _FRONT]
    found = title_blocks(front, [], body_size(lines), language)
    title = _title(found, metadata, lines, text, language)
    authors = borne_out(metadata.author, lines) or by_line(blocks, strict=False) or below_title(blocks, found, text)
    bodies = [author for author in authors if is_body(author)]
    every = text_blocks(lines)
    publisher = (
        imprint(every)
        or "; ".join(bodies)
        or running_body(lines)
        or title_page_body(blocks, found)
        or ("" if authors else united_nations(every, lines))
        or issuer_of(symbol)
        or (metadata.author if is_body(metadata.author) else "")
    )
    head = [line for line in front if not found or line.page <= found[0].page + 1]
    below = [block.text for block in blocks[blocks.index(found[-1]) + 1 :][:2]] if found and found[-1] in blocks else []
    date = publication_date(head, lines, title, symbol, language, below)
    if not date and metadata.year and stands_in(metadata.year, lines):
        date = metadata.year
    persons = tuple(author for author in authors if author not in bodies)
    return TitlePage(title, in_small_letters(publisher, text, language), symbol, "", date, persons)


def _title(
    found: Sequence[TextBlock], metadata: Metadata, lines: Sequence[PrintedLine], text: str, language: str
) -> str:
    """Return the printed title, or the metadata's where that says the same and more, or nothing is printed."""
    printed, said = joined(found, text, language), " ".join(metadata.title.split())
    first = found[0].text if found else ""
    if said and spaced(first) in spaced(said) and _stands_in_words(said, lines) and not said.isupper():
        return said
    return printed or said


def _stands_in_words(title: str, lines: Sequence[PrintedLine]) -> bool:
    """Return whether a title's words stand on the pages in its order, whatever is between them of punctuation."""
    return spaced(title) in spaced(" ".join(line.text for line in lines))
