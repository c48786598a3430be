"""Styles of a Word file: which are headings, which number their paragraphs, which hide their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.formats.docx_package import OFF, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_PARENTS = 20
_HEADING = re.compile(r"heading ([1-9])", re.I)


def on(properties: _Element | None, name: str) -> bool | None:
    """Return whether a property such as ``vanish`` is switched on; None where nothing is said of it."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else (found.get(W + "val") or "1") not in OFF


def value(properties: _Element | None, *path: str) -> str:
    """Return the value of a property; "" where nothing is said of it."""
    for name in path:
        properties = None if properties is None else properties.find(W + name)
    return "" if properties is None else properties.get(W + "val") or ""


class Styles:
    """The styles by their ids, each with those that it is based on."""

    def __init__(self, root: _Element | None) -> None:
        found = [] if root is None else list(root.iter(W + "style"))
        self._styles = {style.get(W + "styleId") or "": style for style in found}
        defaults = [style for style in found if style.get(W + "default") in {"1", "true"}]
        self._default = next((s.get(W + "styleId") for s in defaults if s.get(W + "type") == "paragraph"), "")
        self._run_defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def chain(self, style: str) -> Iterator[_Element]:
        """Return a style and those that it is based on, the nearest first."""
        for _ in range(_MOST_PARENTS):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = value(found, "basedOn")

    def paragraph_style(self, paragraph: _Element) -> str:
        """Return the id of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle") or self._default or ""

    def name(self, style: str) -> str:
        """Return the name of a style, in small letters."""
        return next((value(each, "name").lower() for each in self.chain(style)), style.lower())

    def heading_level(self, paragraph: _Element) -> int:
        """Return the level of a paragraph that is a heading; 0 of all others."""
        style = self.paragraph_style(paragraph)
        outline = value(paragraph, "pPr", "outlineLvl")
        if outline.isdigit():
            return int(outline) + 1 if int(outline) < 9 else 0
        for each in self.chain(style):
            name = value(each, "name")
            if found := _HEADING.fullmatch(name):
                return int(found[1])
            if name.lower() == "title":
                return 1
            outline = value(each, "pPr", "outlineLvl")
            if outline.isdigit():
                return int(outline) + 1 if int(outline) < 9 else 0
        # A file without styles of its own means those that Word has.
        own = re.fullmatch(r"(?:Heading([1-9])|(Title))", style)
        return int(own[1] or 1) if own and style not in self._styles else 0

    def run_properties(self, run: _Element) -> Iterator[_Element]:
        """Return the places that say how a run looks, the nearest first."""
        own = run.find(W + "rPr")
        if own is not None:
            yield own
        paragraph = next(run.iterancestors(W + "p"), None)
        styles = [value(own, "rStyle"), "" if paragraph is None else self.paragraph_style(paragraph)]
        for style in styles:
            for each in self.chain(style):
                properties = each.find(W + "rPr")
                if properties is not None:
                    yield properties
        if self._run_defaults is not None:
            yield self._run_defaults
