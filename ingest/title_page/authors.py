"""The people who wrote a document, where its pages name them as such. Typists are named in a file's metadata only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import regex

from ingest.documents import PrintedLine
from ingest.language.countries import find_countries
from ingest.language.folding import fold
from ingest.title_page.printed import TextBlock, without_marks
from ingest.title_page.words import after_phrase, has_phrase, opening_phrase, spaced

_BETWEEN = regex.compile(r"\s*(?:[;,&/]|\b(?:and|with|et|avec|y|e|con|и|و|und|mit)\b)\s*", regex.I)
_PARTICLES = frozenset(
    "de da do dos das del della di van von der den la le el al bin ibn binti bint ul-haq abu ter ten y e".split()
)
_TOKEN = regex.compile(r"(?:\p{Lu}[\p{L}\p{M}’'.-]*|al-\p{Lu}\p{L}+|[’']\p{Lu}\p{L}+)")
_TITLES = regex.compile(r"^(?:(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir|Dame|M|Mme|Sr|Sra|Dra)\.?\s+)+")
_NUMBER = regex.compile(r"(?<=\p{L}\.?) ?\d{1,2}$")
_NOTED = regex.compile(r"[∗*†‡§⁰¹²³⁴-⁹]\s*\d?$|\p{Ll} ?\d$")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_INITIAL = regex.compile(r"\b\p{Lu}\.(?:\s|$)")
_SHORT = ("by", "par", "por", "autor", "author")
_FRONT = 3
"""Pages on which authors are named."""
_AFTER = 6
"""Blocks below a title among which its authors are."""
_ROLES = regex.compile(r"(?:,|\s[–—-])\s.*$")


def names_of(text: str) -> list[str]:
    """Return the persons' names that ``text`` is a list of; none where it is anything else."""
    parts = [_TITLES.sub("", _unnumbered(part)) for part in _BETWEEN.split(text) if part.strip()]
    return [_in_title_case(part) for part in parts] if parts and all(map(is_person, parts)) else []


def _unnumbered(text: str) -> str:
    """Return a name without the mark or the number of a note behind it."""
    return without_marks(_NUMBER.sub("", without_marks(text)))


def is_person(text: str) -> bool:
    """Return whether ``text`` has the form of a person's name: two to five words with capitals, no noun of a body."""
    words = text.split()
    if not 2 <= len(words) <= 5 or has_phrase("bodies", text) or has_phrase("writings", text):
        return False
    if has_phrase("united_nations", text) or any(char.isdigit() for char in text):
        return False
    names = [word for word in words if word.casefold() not in _PARTICLES]
    return len(names) >= 2 and all(_TOKEN.fullmatch(word) for word in names)


def _in_title_case(name: str) -> str:
    return " ".join(w.title() if len(w) > 2 else w for w in name.split()) if name.isupper() else name


def by_line(blocks: Sequence[TextBlock], *, strict: bool) -> list[str]:
    """Return the names of a line such as "Written by …" of the first pages.

    ``strict`` leaves out the shortest forms ("by"), which other lines of an official document begin with too.
    """
    for block in blocks:
        if block.page > _FRONT:
            continue
        for text in (block.text, block.lines[0].text):
            phrase = opening_phrase("authors", text)
            if phrase and not (strict and phrase in _SHORT) and (names := names_of(after_phrase("authors", text))):
                return names
    return []


def below_title(blocks: Sequence[TextBlock], title: Sequence[TextBlock], text: str) -> list[str]:
    """Return the names that stand alone on lines under a title, as those of persons.

    Each has the mark of a note or an initial; or several stand together whose words ``text``, the document's own, never
    has in small letters.
    """
    common = {word for word in _WORD.findall(text) if word.islower()}
    if not title or title[-1] not in blocks:
        return []
    start = blocks.index(title[-1]) + 1
    found = list[str]()
    for block in blocks[start : start + _AFTER]:
        if block.page != title[-1].page:
            break
        names = [(line.text, name) for line in block.lines for name in names_of(line.text)]
        marked = [name for line, name in names if _NOTED.search(line.strip()) or _INITIAL.search(name)]
        if not marked and len(names) > 1 and not any(_is_common(name, common) for _, name in names):
            marked = [name for _, name in names]
        if not marked and found:
            break
        found += marked
    return found


def _is_common(name: str, common: Collection[str]) -> bool:
    """Return whether a name is that of a country, or has a word that is a common one."""
    return bool(find_countries(name)) or any(word.casefold() in common for word in _WORD.findall(name) if len(word) > 2)


def borne_out(author: str, lines: Iterable[PrintedLine]) -> list[str]:
    """Return the authors of a file's metadata who stand as authors on its first or last pages.

    A name counts where it is a line of its own, with a mark or a role behind it at most, or part of a list of names.
    """
    if not author.strip():
        return []
    wanted = [" ".join(name.split()) for name in regex.split(r"\s*[;]\s*|\s+&\s+|\s+and\s+", author) if name.strip()]
    alone = {spaced(text) for line in lines for text in _alone(line.text)}
    found = [name for name in wanted if spaced(name) in alone or spaced(_turned(name)) in alone]
    return found if spaced(author) not in alone else [author.strip()]


def _alone(text: str) -> list[str]:
    text = _unnumbered(text)
    rest = after_phrase("authors", text) or text
    return [text, rest, _ROLES.sub("", rest), *names_of(rest)]


def _turned(name: str) -> str:
    """Return "Mira Tol" of "Tol, Mira"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name


def stands_in(words: str, lines: Iterable[PrintedLine]) -> bool:
    """Return whether words stand on the pages, one behind the other, over ends of lines."""
    return fold(" ".join(words.split())) in fold(" ".join(line.text for line in lines)) if words.strip() else False
