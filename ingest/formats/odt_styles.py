"""What an OpenDocument's styles say of its text: hidden, raised, struck out; and how its lists are numbered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from odfdo import Document
    from odfdo.element import Element

_MOST_PARENTS = 20
_LETTERS = 26
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_ROMAN = 4_000


@dataclass(frozen=True, slots=True)
class Look:
    """How a style shows its text; None where it leaves that to its parent."""

    hidden: bool | None = None
    raised: bool | None = None
    struck: bool | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """How a list counts on one level; ``form`` is "1", "a", "A", "i" or "I", empty for bullets."""

    form: str = ""
    start: int = 1
    shown_levels: int = 1


class Styles:
    """The styles of one document, by name."""

    def __init__(self, document: Document) -> None:
        self._looks: dict[str, Look] = {}
        self._parents: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        for style in document.get_styles():
            name = style.get_attribute_string("style:name") or ""
            if style.tag == "style:style":
                key = f"{style.get_attribute_string('style:family')} {name}"
                self._looks[key] = _look(style)
                parent = style.get_attribute_string("style:parent-style-name")
                self._parents[key] = f"{style.get_attribute_string('style:family')} {parent}" if parent else ""
            elif style.tag == "text:list-style":
                self._levels[name] = dict(map(_level, style.children))

    def look(self, family: str, name: str) -> Look:
        """Return how the style, or those that it is made from, show text."""
        found, key = Look(), f"{family} {name}"
        for _ in range(_MOST_PARENTS):
            own = self._looks.get(key)
            if own is None:
                break
            changes = {
                field: getattr(own, field)
                for field in ("hidden", "raised", "struck")
                if getattr(found, field) is None and getattr(own, field) is not None
            }
            found, key = replace(found, **changes), self._parents.get(key, "")
        return found

    def is_a(self, name: str, ancestor: str) -> bool:
        """Return whether a paragraph's style is, or is made from, the one called ``ancestor``."""
        key = f"paragraph {name}"
        for _ in range(_MOST_PARENTS):
            if key == f"paragraph {ancestor}":
                return True
            key = self._parents.get(key, "")
        return False

    def level(self, list_style: str, level: int) -> Level:
        """Return how the list counts on ``level``, from 1."""
        return self._levels.get(list_style, {}).get(level, Level())


def _look(style: Element) -> Look:
    properties = next((child for child in style.children if child.tag == "style:text-properties"), None)
    if properties is None:
        return Look()
    display = properties.get_attribute_string("text:display")
    position = properties.get_attribute_string("style:text-position")
    line = properties.get_attribute_string("style:text-line-through-style")
    kind = properties.get_attribute_string("style:text-line-through-type")
    struck = None if line is None and kind is None else (line or kind) != "none"
    return Look(
        None if display is None else display == "none",
        None if position is None else position.startswith("super") or _is_up(position),
        struck,
    )


def _is_up(position: str) -> bool:
    share = position.split("%", maxsplit=1)[0]
    return share.lstrip("-").isdigit() and int(share) > 0


def _level(element: Element) -> tuple[int, Level]:
    return (
        element.get_attribute_integer("text:level") or 1,
        Level(
            element.get_attribute_string("style:num-format") or "",
            element.get_attribute_integer("text:start-value") or 1,
            element.get_attribute_integer("text:display-levels") or 1,
        ),
    )


def counted(number: int, form: str) -> str:
    """Return a list's number as it is printed: "3", "c", "iii"."""
    if form in ("a", "A") and number > 0:
        letter = chr(ord(form) + (number - 1) % _LETTERS)
        return letter * ((number - 1) // _LETTERS + 1) if number <= 10 * _LETTERS else str(number)
    if form in ("i", "I") and 0 < number < _MOST_ROMAN:
        text = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            text += letters * count
        return text.upper() if form == "I" else text
    return str(number)
