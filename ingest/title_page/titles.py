"""The title of a document: the largest lines of its title page, and what stands below them in the same manner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise, takewhile

import regex

from ingest.documents import PrintedLine
from ingest.title_page.authors import names_of
from ingest.title_page.dates import only_date
from ingest.title_page.printed import TextBlock, follows, says_the_same, text_blocks
from ingest.title_page.publishers import is_body, is_furniture, is_united_nations
from ingest.title_page.words import after_phrase, has_phrase, is_listed, opening_phrase, phrases, spaced

_MOST = 300
"""Characters of title and subtitle."""
_LONGEST = 500
"""Characters of a block that may be a title."""
_SHORT = 160
_MOST_BLOCKS = 3
_SITTING = 8
"""Words of a line that tells a session and nothing else."""
_SENTENCE = 6
_NAMES = 0.7
_ALIKE = 0.95
_LARGER = 1.12
_INDENT = 8.0
"""Points by which the title of a United Nations document is set in from its agenda."""
_ODD = regex.compile(r"\p{Ll}\p{Lu}")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}’'-]*")
_NUMBERED = regex.compile(r"(?:(?:[IVX]{1,4}|\d{1,2})[.\s:]|[A-H]\.)\s*\p{Lu}")
_CONTENTS = regex.compile(
    r"(?:summary|contents|table of contents|preamble|note|resum[eé]n?|résumé|sommaire|índice|contenido|содержание"
    r"|резюме|المحتويات|ملخص|introduction|introducción|введение|abstract|executive summary|foreword|acknowledge?ments?"
    r"|annexe?|preámbulo|préambule)\W*",
    regex.I,
)
_ACRONYM = 6
"""Letters of a word in capitals that may be an acronym."""
Blocks = list[TextBlock]


def title_blocks(lines: Sequence[PrintedLine], publisher: Sequence[TextBlock], body: float, language: str) -> Blocks:
    """Return the blocks that make the title, in order: the largest of the first page that has words, and what follows.

    Args:
        lines: Of the first pages.
        publisher: Blocks that name the publisher.
        body: Size of the text.
        language: ISO 639-1.
    """
    for page in sorted({line.page for line in lines}):
        own = [line for line in lines if line.page == page and not is_furniture(line)]
        every = text_blocks(own)
        blocks = [b for b in every if not _no_title(b, publisher, language)]
        large = [b for b in blocks if b.size > _LARGER * body or b.bold] or _first_line(blocks, page)
        if not large:
            continue
        first = max(large, key=_weight)
        if len(first.text) < 4:
            continue
        return [first, *_below(first, blocks, body, follows(every, first))]
    return []


def _first_line(blocks: Blocks, page: int) -> Blocks:
    """Return the first block of the first page where it is a short line over more text, and no sentence."""
    heads = page == 1 and len(blocks) > 1 and len(blocks[0].text) < _SHORT and blocks[0].text[-1] not in ".;,"
    return blocks[:1] if heads else []


def _no_title(block: TextBlock, publisher: Sequence[TextBlock], language: str) -> bool:
    text = block.text
    return (
        any(says_the_same(text, other.text) for other in publisher)
        or is_united_nations(text)
        or bool(_CONTENTS.fullmatch(text))
        or bool(only_date(text, language))
        or not _WORD.search(text)
        or len(text) > _LONGEST
        or (text.endswith(".") and len(text.split()) > _SENTENCE)
    )


def _is_names(block: TextBlock) -> bool:
    """Return whether a block has the form of a list of persons' names."""
    named = after_phrase("authors", block.text)
    text = named or block.text
    if text.isupper() and not named:  # so are titles
        return False
    return bool(names_of(text)) or all(names_of(line.text) for line in block.lines)


def _weight(block: TextBlock) -> tuple[int, float]:
    """Return how likely a block is to be the title: by size; names of persons and of bodies must be far larger."""
    size = block.size * (1.05 if block.bold else 1.0) * (_NAMES if _is_names(block) or is_body(block.text) else 1.0)
    return round(size), block.top


def _below(first: TextBlock, blocks: Blocks, body: float, below: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Yield the subtitle: the block under the title, where it is larger than the text."""
    for block in blocks[blocks.index(first) + 1 :][:1]:
        near = first.lines[-1].bottom - block.top < 4 * first.size
        larger = block.size > _LARGER * body and block.size > 0.45 * first.size
        other = _NUMBERED.match(block.text) or is_body(block.text) or _is_names(block) or len(block.text.split()) < 3
        if near and larger and not other and not _heads_text(first, block, body, below):
            yield block


def _heads_text(first: TextBlock, block: TextBlock, body: float, below: Sequence[TextBlock]) -> bool:
    """Return whether a block is the first heading of the text: nearer to what follows it than to the title."""
    after = next((b for a, b in pairwise(below) if a is block), None)
    if after is None or after.size > _LARGER * body or len(after.text) < _SHORT:
        return False
    return block.lines[-1].bottom - after.top < first.lines[-1].bottom - block.top


def below_masthead(lines: Sequence[PrintedLine], publisher: Sequence[TextBlock], body: float, language: str) -> Blocks:
    """Return the title's blocks of a document that has a masthead: indented from the agenda, before the text begins."""
    own = [line for line in lines if line.page == 1 and not is_furniture(line)]
    blocks = [b for b in text_blocks(own) if not _no_title(b, publisher, language)]
    sittings = [b for b in blocks if has_phrase("sittings", b.text) and len(b.text) < _SHORT and b.size <= 1.3 * body]
    edge = min((block.left for block in sittings), default=-1e6)
    start = blocks.index(sittings[0]) if sittings else 0
    zone = [b for b in blocks[start:] if b.left >= edge + _INDENT and not b.text.startswith("[")]
    marked = [b for b in zone if b.bold or b.size > _LARGER * body]
    if marked and not sittings:
        marked = marked[marked.index(_largest(marked)) :]
    if not marked and (marked := [b for b in blocks if b.bold or b.size > _LARGER * body]):
        zone = blocks
    if not marked:  # a scan: sizes say nothing, the text begins at the edge
        below = blocks[start + 1 :]
        return list(takewhile(lambda b: b.left >= edge + _INDENT, dropwhile(lambda b: b not in zone, below)))
    if len(marked) > 1 and marked[0].size <= _LARGER * body < marked[1].size and not _NUMBERED.match(marked[1].text):
        marked = marked[1:]  # who submits it stands over the title, in the size of the text
    found: Blocks = []
    for block in zone[zone.index(marked[0]) :]:
        if block not in marked or len(found) == _MOST_BLOCKS or (found and _NUMBERED.match(block.text)):
            break
        if not _is_names(block) and not (found and _is_sitting(block.text)):
            found.append(block)
    return found


def _largest(blocks: Blocks) -> TextBlock:
    """Return the first of the largest blocks that are no numbered headings: bodies and places stand above it."""
    heads = [block for block in blocks if not _NUMBERED.match(block.text)] or blocks
    size = max(block.size for block in heads)
    return next(block for block in heads if block.size > _ALIKE * size)


def _is_sitting(text: str) -> bool:
    return has_phrase("sittings", text) and not has_phrase("writings", text) and len(text.split()) <= _SITTING


def court_zone(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines before the text of a court's document begins: a line with a colon, or a numbered paragraph."""
    first = (line for line in lines if line.page == 1 and not is_furniture(line))
    return list(takewhile(lambda line: not _begins_text(line.text), first))[:24]


def _begins_text(text: str) -> bool:
    return text.rstrip().endswith(":") or bool(regex.match(r"\d+\.\s+\p{Lu}", text)) or len(text) > 110


def case_of(zone: Sequence[PrintedLine]) -> tuple[str, list[PrintedLine]]:
    """Return the name of the case in the lines over a court's text, and the lines that it is in."""
    for block in text_blocks(zone):
        for index, line in enumerate(block.lines):
            if opening_phrase("cases", line.text):
                return TextBlock((line,)).text, [line]
            if any(f" {word} " in f" {line.text.casefold()} " for word in _PARTIES) and index < 3:
                return TextBlock((line,)).text, [line]
    return "", []


_PARTIES = ("v.", "vs.", "c.", "contra", "contre", "versus", "против", "ضد")


def joined(blocks: Sequence[TextBlock], words: str, language: str) -> str:
    """Return title and subtitle with a colon between them, in small letters; see ``in_small_letters``."""
    title = ""
    for block in blocks:
        text = in_small_letters(block.text.strip(" :–—-"), words, language)
        if title and spaced(text) in spaced(title):
            continue
        if title and len(title) + len(text) > _MOST:
            break
        title = f"{title}{'' if title.endswith(('?', '!', ':')) else ':'} {text}" if title else text
    return title.strip(" ,;")


def told(blocks: Sequence[TextBlock], text: str) -> Blocks:
    """Return the blocks without those that a machine misread: odd words, none of which comes again in ``text``."""
    words = Counter(word.casefold() for word in _WORD.findall(text) if len(word) > 3)
    kept = [
        block
        for block in blocks
        if not _ODD.search(block.text)
        or any(words[word.casefold()] > 1 for word in _WORD.findall(block.text) if len(word) > 3)
    ]
    return kept or list(blocks)


def in_small_letters(title: str, text: str, language: str) -> str:
    """Return a title that is in capitals as ``text``, the document's own words, writes it elsewhere.

    A word that stands nowhere in small letters keeps its capitals where it may be an acronym.
    """
    letters = [char for char in title if char.isalpha()]
    if not letters or sum(map(str.isupper, letters)) < 0.85 * len(letters):
        return title
    forms: dict[str, Counter[str]] = {}
    for word in _WORD.findall(text):
        if not word.isupper():
            forms.setdefault(word.casefold(), Counter())[word] += 1
    small = set(phrases("small"))

    def cased(match: regex.Match[str]) -> str:
        word = match.group()
        start = not title[: match.start()].strip(' “"‘«(') or title[: match.start()].rstrip().endswith((":", "?"))
        known = forms.get(word.casefold())
        if len(word) == 1 and title[match.end() : match.end() + 1] == ".":
            return word
        if word.casefold() in small and not start:
            return word.casefold()
        if known is None:
            return word.capitalize() if len(word) > _ACRONYM or is_listed(word) else word
        commonest = known.most_common(1)[0][0]
        return commonest[0].upper() + commonest[1:] if start or language == "en" else commonest

    return _WORD.sub(cased, title)
