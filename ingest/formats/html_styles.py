"""How a page says that its elements look: style attributes, and simple rules of its own style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.I)
_NAME = re.compile(r"([.#])([\w-]+)")
_BLANKS = re.compile(r"\s+")
_MOST_RULES = 5_000


@dataclass(frozen=True, slots=True)
class _Rule:
    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    look: dict[str, str]


class Looks:
    """The rules of a page's style sheets that name an element by itself: by tag, class or id.

    Rules for elements within others, for print and for narrow screens are not followed: they need a browser.
    """

    def __init__(self, root: HtmlElement | None = None) -> None:
        sheets = [] if root is None else list(root.iter("style"))
        self._rules = [rule for sheet in sheets for rule in _rules(sheet.text or "")][:_MOST_RULES]

    def of(self, element: HtmlElement) -> dict[str, str]:
        """Return properties and values of an element, without blanks and in small letters."""
        look: dict[str, str] = {}
        if self._rules:
            classes = frozenset((element.get("class") or "").split())
            for rule in self._rules:
                if rule.tag in {"", element.tag} and rule.classes <= classes and rule.ids <= {element.get("id")}:
                    look |= rule.look
        return look | declarations(element.get("style") or "")


def declarations(style: str) -> dict[str, str]:
    """Return the declarations in ``style``, "color: Red" as ``{"color": "red"}``."""
    found = {}
    for declaration in _BLANKS.sub("", style.lower()).split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name] = value.partition("!")[0]
    return found


def _rules(sheet: str) -> Iterator[_Rule]:
    for selectors, body in _top_level(_COMMENT.sub(" ", sheet)):
        look = declarations(body)
        for selector in selectors.split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found and selector.strip() and look:
                names = _NAME.findall(found[2])
                yield _Rule(
                    (found[1] or "").lower(),
                    frozenset(name for sign, name in names if sign == "#"),
                    frozenset(name for sign, name in names if sign == "."),
                    look,
                )


def _top_level(sheet: str) -> Iterator[tuple[str, str]]:
    """Return selectors and bodies of the rules that stand in no other rule."""
    depth, start, head = 0, 0, ""
    for brace in re.finditer(r"[{}]", sheet):
        if brace[0] == "{":
            if depth == 0:
                head, start = sheet[start : brace.start()], brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                if not head.strip().startswith("@"):
                    yield head.rpartition(";")[2], sheet[start : brace.start()]
                start = brace.end()
