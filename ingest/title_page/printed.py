"""The printed lines of first pages, grouped: lines that belong together, lines that come back, the size of the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from ingest.documents import BlockKind, Page, PrintedLine
from ingest.title_page.words import spaced

_EDGE = 0.09
"""Share of a page's height, from either end, in which running lines stand."""
_SAME_SIZE = 1.1
_LEADING = 1.75
"""Distance of the tops of two lines of a block, in line heights, at most."""
_FIRST, _LAST = 2, 1
"""Pages of a file without layout that are looked at, from either end."""
_MOST = 3_000
"""Characters of each."""
_MARKS = regex.compile(r"[\s*∗†‡§¶⁰¹²³⁴-⁹]+$|(?<=\p{Ll})\d{1,2}$")
"""Marks of notes behind a title or a name."""
_DIGITS = regex.compile(r"[\d\W_]+")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of one page, one size and weight, set close under each other."""

    lines: tuple[PrintedLine, ...]

    @property
    def text(self) -> str:
        """Its words on one line, without the marks of notes behind them."""
        text = ""
        for line in self.lines:
            joined = text.endswith("-") and line.text[:1].islower()
            text = f"{text}{'' if joined or not text else ' '}{line.text}"
        return without_marks(text)

    @property
    def size(self) -> float:
        """Height of its largest line."""
        return max(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def page(self) -> int:
        """Its page, 1-based."""
        return self.lines[0].page

    @property
    def left(self) -> float:
        """Where it begins: points from the left edge."""
        return min(line.left for line in self.lines)

    @property
    def top(self) -> float:
        """Where it begins: points from the lower edge."""
        return self.lines[0].top


def without_marks(text: str) -> str:
    """Return ``text`` without the marks of notes at its end, single blanks between its words."""
    text = " ".join(text.split())
    while (shorter := _MARKS.sub("", text)) != text:
        text = shorter
    return text


def text_blocks(lines: Sequence[PrintedLine]) -> list[TextBlock]:
    """Return the lines, in their order, as blocks."""
    groups = list[list[PrintedLine]]()
    for line in lines:
        group = next((group for group in reversed(groups[-3:]) if _goes_on(group[-1], line)), None)
        if group is not None:
            group.append(line)
        else:
            groups.append([line])
    return [TextBlock(tuple(group)) for group in groups]


def _goes_on(above: PrintedLine, line: PrintedLine) -> bool:
    if above.page != line.page or above.bold != line.bold or not line.sheet:
        return False
    if max(above.size, line.size) > _SAME_SIZE * min(above.size, line.size):
        return False
    step = above.top - line.top
    if not 0.3 * line.size < step < _LEADING * line.size:
        return False
    return abs(above.left - line.left) < 2 * line.size or _centred(above, line)


def _centred(above: PrintedLine, line: PrintedLine) -> bool:
    return abs((above.left + above.right) - (line.left + line.right)) < 4 * line.size


def body_size(lines: Iterable[PrintedLine]) -> float:
    """Return the size in which most characters are set; 0 without any."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 0)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def recurring(lines: Sequence[PrintedLine]) -> list[str]:
    """Return the lines that stand at the edge of two pages or more, figures aside, as the first of them has them."""
    pages: dict[str, set[int]] = {}
    first: dict[str, str] = {}
    for line in lines:
        if at_edge(line):
            key = _DIGITS.sub(" ", line.text).strip()
            pages.setdefault(key, set()).add(line.page)
            first.setdefault(key, line.text)
    return [first[key] for key, on in pages.items() if key and len(on) > 1]


def at_edge(line: PrintedLine) -> bool:
    """Return whether a line stands where running heads and feet do."""
    return bool(line.sheet) and (line.top < _EDGE * line.sheet or line.bottom > (1 - _EDGE) * line.sheet)


def lines_of_pages(pages: Sequence[Page]) -> list[PrintedLine]:
    """Return the blocks of the first and last pages as lines, for a file that has no layout or is a scan.

    A heading is larger than the text, the higher its level the more; its place is not known.
    """
    numbers = {page.number for page in (*pages[:_FIRST], *pages[len(pages) - _LAST :])}
    found = list[PrintedLine]()
    for page in pages:
        if page.number not in numbers:
            continue
        for block in page.blocks:
            near = block.start < _MOST or block.end > len(page.text) - _MOST
            if near and block.kind is not BlockKind.FURNITURE:
                heading = block.kind is BlockKind.HEADING
                size = 20.0 - min(block.level, 6) if heading else 10.0
                text = page.text[block.start : block.end]
                found += [PrintedLine(page.number, line, size, heading) for line in text.split("\n") if line.strip()]
    return found


def says_the_same(a: str, b: str) -> bool:
    """Return whether two lines have the same words."""
    return spaced(a) == spaced(b)


def follows(blocks: Sequence[TextBlock], block: TextBlock) -> list[TextBlock]:
    """Return the blocks behind ``block``."""
    return [other for index, other in enumerate(blocks) if index > blocks.index(block)]
