"""The numbers that Word counts and does not write: of paragraphs, headings and items of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.formats.docx_package import W
from ingest.formats.docx_styles import Styles, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = {"hindiNumbers": 0x966, "thaiNumbers": 0xE50, "bengaliNumbers": 0x9E6}
"""Formats that count in other digits, by the letter that is their nought."""
_UNCOUNTED = {"bullet", "none"}


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph."""

    list_id: str
    level: int
    """From 0."""
    text: str
    """As it is printed, "12." or "(a)"; "" for a bullet."""
    style: str
    """Word's word for the way of counting: "decimal", "lowerLetter", "bullet"."""


@dataclass(slots=True)
class Numbering:
    """Counts a document's paragraphs, first to last."""

    styles: Styles
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """By the number of the list that a paragraph names."""
    _counters: dict[str, str] = field(default_factory=dict)
    """The definition that a list counts with: lists of one definition count on."""
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def define(self, root: _Element | None) -> None:
        """Take the definitions in ``numbering.xml``."""
        if root is None:
            return
        abstract = {each.get(W + "abstractNumId") or "": each for each in root.iter(W + "abstractNum")}
        linked = {value(each, "styleLink"): each for each in abstract.values() if value(each, "styleLink")}
        for num in root.iter(W + "num"):
            list_id, definition = num.get(W + "numId") or "", value(num, "abstractNumId")
            found = abstract.get(definition)
            if found is None:
                continue
            link = value(found, "numStyleLink")
            if link and not found.findall(W + "lvl"):
                found = linked.get(link, found)
                definition = found.get(W + "abstractNumId") or definition
            self._counters[list_id] = definition
            levels: dict[int, _Level] = {}
            for level in found.iter(W + "lvl"):
                self._define_level(levels, list_id, level)
            for override in num.iter(W + "lvlOverride"):
                index = _number(override.get(W + "ilvl"), 0)
                for level in override.iter(W + "lvl"):
                    self._define_level(levels, list_id, level)
                start = value(override, "startOverride")
                if start.isdigit():
                    self._restarts[list_id, index] = int(start)
            self._levels[list_id] = levels

    def _define_level(self, levels: dict[int, _Level], list_id: str, level: _Element) -> None:
        index = _number(level.get(W + "ilvl"), 0)
        legal = level.find(W + "isLgl") is not None
        restart = value(level, "lvlRestart")
        levels[index] = _Level(
            _number(value(level, "start"), 0),
            value(level, "numFmt") or "decimal",
            value(level, "lvlText"),
            legal,
            int(restart) if restart.isdigit() else None,
        )
        if style := value(level, "pStyle"):
            self._of_style.setdefault(style, (list_id, index))

    def label(self, paragraph: _Element) -> Label | None:
        """Count a paragraph and return its label; None of one that has none."""
        list_id, index = self._place(paragraph)
        levels = self._levels.get(list_id)
        if levels is None or index not in levels:
            return None
        level = levels[index]
        counts = self._counts.setdefault(self._counters[list_id], {})
        if (list_id, index) in self._restarts:
            counts[index] = self._restarts.pop((list_id, index)) - 1
        for above in range(index):
            counts.setdefault(above, levels[above].start if above in levels else 1)
        counts[index] = counts.get(index, level.start - 1) + 1
        for below in [each for each in counts if each > index]:
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart > 0 and index < restart):
                del counts[below]
        text = re.sub(
            r"%([1-9])", lambda found: self._written(levels, counts, int(found[1]) - 1, level.legal), level.text
        )
        return Label(list_id, index, "" if level.style in _UNCOUNTED else text.strip(), level.style)

    def _place(self, paragraph: _Element) -> tuple[str, int]:
        """Return the list and the level that a paragraph or its style names."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        list_id, index = value(own, "numId"), value(own, "ilvl")
        for style in self.styles.chain(self.styles.paragraph_style(paragraph)):
            if list_id:
                break
            named = style.find(f"{W}pPr/{W}numPr")
            linked = self._of_style.get(style.get(W + "styleId") or "")
            list_id = value(named, "numId")
            index = index or value(named, "ilvl") or (str(linked[1]) if linked else "")
        return list_id, min(_number(index, 0), _LEVELS - 1)

    def _written(self, levels: dict[int, _Level], counts: dict[int, int], index: int, legal: bool) -> str:
        level = levels.get(index, _Level())
        return write_number(counts.get(index, level.start), "decimal" if legal else level.style)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default


def write_number(number: int, style: str) -> str:
    """Return a number as a way of counting writes it: 4 as "4", "iv", "d"; in "decimal" for ways not known here."""
    if style in _UNCOUNTED:
        return ""
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 4_000:
        roman = ""
        for size, letters in _ROMAN:
            roman += letters * (number // size)
            number %= size
        return roman.upper() if style == "upperRoman" else roman
    if style in {"lowerLetter", "upperLetter"} and 0 < number < 1_000:
        # After z come aa, bb, cc.
        letters = _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style == "decimalZero":
        return f"{number:02}"
    if style in _DIGITS:
        return "".join(chr(_DIGITS[style] + int(digit)) for digit in str(number))
    return str(number)
