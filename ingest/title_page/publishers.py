"""The body that issued a document: from masthead, court, imprint, running lines or title page."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import regex

from ingest.documents import PrintedLine
from ingest.symbols import symbol_in
from ingest.title_page.printed import TextBlock, at_edge, recurring, says_the_same, without_marks
from ingest.title_page.words import has_phrase, opening_phrase, phrases, spaced

_MOST_WORDS = 24
_MARGIN = 12.0
"""Points from the left edge of the print: a body is named there over the session that a document is for."""
_SHORT = 5
_CAPITALS = 0.6
_LARGE = 1.15
_FRONT = 4
_IN_FRONT, _BEHIND = 80, 10
"""Characters before "published by", on the first pages and on the last, where sources are listed too."""
_YEARS = r"(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)\d\d)*"
_NAME = r"(?P<name>\p{L}[^()©;:.]{2,120}?(?:\b\p{L}\.[^()©;:.]{0,60}?)*)"
_NAME_END = (
    r"\s*(?=$|[(;:©]|[.](?:\s|$)|,\s*\d|,?\s+(?:at|in|under|with|as|on|from|en|à|sous|bajo|в|is|are|may)\s|,?\s*"
    + _YEARS
    + r"|,? all rights|,? tous droits|,? todos los derechos|,? все права)"
)
_PUBLISHED = regex.compile(
    r"(?:(?:co-?)?published(?: jointly)?(?: in \d{4})? by|publication of|publiée?(?: en \d{4})? par"
    r"|édité(?: en \d{4})? par|publicad[oa](?: en \d{4})? por|editado(?: en \d{4})? por|издано|опубликовано|صادر عن"
    r"|نشر من قبل|الناشر:?|publisher:|издатель:|éditeur ?:|edita:)"
    r"\s+" + _NAME + _NAME_END,
    regex.I,
)
_COPYRIGHT = regex.compile(
    rf"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:by\s+)?(?:{_YEARS},?\s*)?(?:by\s+)?{_NAME}{_NAME_END}",
    regex.I,
)
_HAS_YEAR = regex.compile(_YEARS)
_PARTS = regex.compile(r"\s*[•·|‣]\s*|\s+[–—-]\s+")
_PLACE_YEAR = regex.compile(r"\p{Lu}[^\d.;()]{2,60},\s*(?:19|20)\d\d\.?")
_LETTER_AT_END = regex.compile(r" [AES]$")
_LETTER = regex.compile(r" [aes]$")
"""Of an organ, set large beside the name in older mastheads."""
_ARTICLE = regex.compile(r"^(?:the|le|la|les|l[’']|el|los) ")
_OPENS = regex.compile(r"^(?:\p{L}+ (?:of|de|du|des|del) (?:the|la|l[’'])? ?)")


@cache
def _symbols() -> dict[str, str]:
    return tomllib.loads(files("ingest.title_page").joinpath("symbols.toml").read_text(encoding="utf-8"))


def is_united_nations(text: str) -> bool:
    """Return whether a line is the name of the United Nations and nothing else, in any of its languages."""
    return _LETTER.sub("", spaced(text)) in phrases("united_nations")


def is_body(text: str) -> bool:
    """Return whether a line is the name of a body: it has the noun of one and capitals, and is no title."""
    words = text.split()
    if (
        not words
        or len(words) > _MOST_WORDS
        or text.rstrip()[-1] in ".;?!,"
        or ":" in text
        or any(char.isdigit() for char in text)
    ):
        return False
    if not has_phrase("bodies", text) or has_phrase("writings", text) or has_phrase("sittings", text):
        return False
    if not text[0].isalpha() or (text[0].lower() != text[0].upper() and not text[0].isupper()):
        return False
    long = [word for word in words if len(word) > 3 and word[0].lower() != word[0].upper()]
    capitals = sum(word[0].isupper() for word in long)
    return not text.isascii() or capitals >= _CAPITALS * len(long)


def issuer_of(symbol: str) -> str:
    """Return who issues documents with such a symbol; "" where that is not known."""
    parts = symbol.split("/")
    heads = ("/".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_symbols()[head] for head in heads if head in _symbols()), "")


def masthead(blocks: Sequence[TextBlock], symbol: str, body: float) -> tuple[str, list[TextBlock]]:
    """Return the publisher that the masthead of a United Nations document names, and the blocks that name it.

    It is the organ in large letters, and the body below it that the document is submitted to; "" where it is none.
    """
    front = [block for block in blocks if block.page == 1]
    own = [block for block in front if is_united_nations(block.text)]
    named = [block for block in front if block not in own and _names_bodies(block)]
    alone = bool(symbol) and any(symbol_in(line.text) == symbol for block in blocks for line in block.lines)
    labelled = any(opening_phrase("labels", line.text) for block in front for line in block.lines)
    if not (own and (named or alone)) and not (alone and (labelled or (issuer_of(symbol) and named))):
        return "", []
    organ = [block for block in named if block.size > _LARGE * body][:1]
    if not organ and not own and not issuer_of(symbol):  # a body of a treaty: what is set largest, over the agenda
        organ = sorted((block for block in front if not symbol_in(block.text)), key=lambda block: -block.size)[:1]
    edge = min(block.left for block in front) + _MARGIN
    below = [block for block in named if block not in organ and block.bold and block.left < edge]
    chosen = organ + [block for block in below[:1] if not organ or not says_the_same(block.text, organ[0].text)]
    names = [name for block in chosen for name in _bodies_of(block)]
    if not organ and (known := issuer_of(symbol)):
        names = known.split(", ", 1)[1:] + [name for name in names if spaced(name) not in spaced(known)]
    first = _LETTER_AT_END.sub("", own[0].text) if own else "United Nations" if issuer_of(symbol) else ""
    first = first.title() if first.isupper() else first
    return ", ".join(filter(None, [first, *dict.fromkeys(names)])), [*own, *chosen]


def _names_bodies(block: TextBlock) -> bool:
    return is_body(block.text) or all(is_body(line.text) for line in block.lines)


def _bodies_of(block: TextBlock) -> list[str]:
    """Return the names in a block: two short lines are two names where both are whole names."""
    names = list[str]()
    for line in block.lines:
        text = without_marks(line.text)
        short = names and len(names[-1].split()) < _SHORT and len(text.split()) < _SHORT and "," not in text
        if not names or (short and is_body(names[-1]) and is_body(text)):
            names.append(text)
        else:
            names[-1] += f" {text}"
    return names


def court_of(zone: Iterable[PrintedLine]) -> str:
    """Return the name of the court whose document begins with the lines ``zone``; "" where it is none."""
    for line in zone:
        text = without_marks(line.text)
        if has_phrase("courts", text) and len(text) < 100 and not any(char.isdigit() for char in text):
            while opening_phrase("writings", text) and (shorter := _OPENS.sub("", text)) != text:
                text = shorter
            if not has_phrase("writings", text) and text[:1].isupper():
                return text
    return ""


def imprint(blocks: Sequence[TextBlock]) -> str:
    """Return who published a document by its imprint or its line of copyright; "" without them."""
    for block in blocks:
        found = _PUBLISHED.search(" ".join(line.text for line in block.lines))
        if found and found.start() <= (_IN_FRONT if block.page <= _FRONT else _BEHIND):
            return _tidy(found["name"])
    for block in blocks:
        for line in block.lines:
            found = _COPYRIGHT.search(line.text)
            if found and not found.start() and (_HAS_YEAR.search(line.text) or is_body(found["name"])):
                return _tidy(found["name"])
    return ""


def _tidy(name: str) -> str:
    return _ARTICLE.sub("", without_marks(name).strip(" ,–—-"))


def running_body(lines: Sequence[PrintedLine]) -> str:
    """Return the body that the head or foot of the pages names; "" where none does."""
    return next((name for text in recurring(lines) if (name := _parts_named(text))), "")


def _parts_named(text: str) -> str:
    parts = [part for part in _PARTS.split(without_marks(text)) if part]
    bodies = [part for part in parts if is_body(part)]
    if len(parts) > 1 and bodies:
        return ", ".join(bodies)
    return text if bodies else ""


def title_page_body(blocks: Sequence[TextBlock], without: Sequence[TextBlock]) -> str:
    """Return the body that a block of the first pages names and nothing else; ``without`` are the title's blocks."""
    first = min((block.page for block in blocks), default=1)
    for block in blocks:
        if block in without or block.page > first:
            continue
        if is_body(block.text):
            return ", ".join(_bodies_of(block))
        for line in block.lines:
            if len(parts := _PARTS.split(line.text)) > 1 and is_body(parts[0]):
                return str(parts[0])
    return ""


def united_nations(blocks: Sequence[TextBlock], lines: Sequence[PrintedLine]) -> str:
    """Return the United Nations where their name stands alone on a page or beside place and year; else ""."""
    ends = {1, 2, max((line.page for line in lines), default=0)}
    for block in blocks:
        for text in () if block.page not in ends else (block.text, *(line.text for line in block.lines)):
            if any(is_united_nations(part) for part in _PARTS.split(text)):
                return "United Nations" if text.isascii() else _PARTS.split(text)[0]
    placed = any(_PLACE_YEAR.fullmatch(line.text.strip()) for line in lines)
    named = any(has_phrase("united_nations", line.text) for line in lines)
    return "United Nations" if placed and named else ""


def is_furniture(line: PrintedLine) -> bool:
    """Return whether a line is a symbol, a label or the like: no part of a title."""
    text = line.text.strip()
    return (
        bool(symbol_in(text))
        or "@" in text
        or not any(char.isalpha() for char in text)
        or bool(opening_phrase("labels", text) or (at_edge(line) and line.top < 0.1 * line.sheet and len(text) < 40))
    )
