"""Text of a Word file that nobody sees: hidden, white on white, or of the size of a dot."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ingest.formats.docx_package import W
from ingest.formats.docx_styles import Styles, on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_TINY = 2
"""Half points: one point."""
_WHITE = 250
"""Of 255, in red, green and blue."""


def drop_hidden(root: _Element, styles: Styles) -> int:
    """Take hidden text out; return how many stretches of it there were."""
    looks = _Looks(styles)
    found = 0
    before: _Element | None = None
    for row in list(root.iter(W + "tr")):
        if on(row.find(W + "trPr"), "hidden"):
            found += any(each.text for each in row.iter(W + "t"))
            row.getparent().remove(row)
    for run in list(root.iter(W + "r")):
        if not looks.hidden(run):
            continue
        if any((each.text or "").strip() for each in run.iter(W + "t")):
            paragraph = next(run.iterancestors(W + "p"), None)
            found += before is None or paragraph is not before
            before = paragraph
        run.getparent().remove(run)
    return found


def drop_struck(root: _Element, styles: Styles) -> int:
    """Take struck-out text out: the file takes it back. Return how many stretches of it there were."""
    found = 0
    for run in list(root.iter(W + "r")):
        if next((state for state in map(_struck, styles.run_properties(run)) if state is not None), False):
            found += any((each.text or "").strip() for each in run.iter(W + "t"))
            run.getparent().remove(run)
    return found


def _struck(properties: _Element) -> bool | None:
    single, double = on(properties, "strike"), on(properties, "dstrike")
    return single or double if single is not None or double is not None else None


class _Looks:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._shaded_style = cache(self._has_shading)

    def hidden(self, run: _Element) -> bool:
        """Return whether nobody sees the text of a run."""
        vanish = colour = size = ""
        for properties in self._styles.run_properties(run):
            vanish = vanish or {True: "on", False: "off", None: ""}[on(properties, "vanish")]
            colour = colour or value(properties, "color")
            size = size or value(properties, "sz")
        if vanish == "on":
            return True
        if size.isdigit() and int(size) <= _TINY:
            return True
        return _is_white(colour) and not self._stands_out(run)

    def _stands_out(self, run: _Element) -> bool:
        """Return whether something that is not white is, or may be, behind a run."""
        for properties in self._styles.run_properties(run):
            if _is_shaded(properties) or value(properties, "highlight") not in {"", "none", "white"}:
                return True
        for each in run.iterancestors():
            if each.tag == W + "p":
                if _is_shaded(each.find(W + "pPr")) or self._shaded_style(self._styles.paragraph_style(each)):
                    return True
            elif each.tag == W + "tc":
                if _is_shaded(each.find(W + "tcPr")):
                    return True
            elif each.tag == W + "tbl":
                properties = each.find(W + "tblPr")
                if _is_shaded(properties) or self._shaded_style(value(properties, "tblStyle")):
                    return True
            elif each.tag == W + "txbxContent" or each.get(BOXED):
                return True
        root = run.getroottree().getroot()
        return root.find(W + "background") is not None

    def _has_shading(self, style: str) -> bool:
        return any(_is_fill(shading) for each in self._styles.chain(style) for shading in each.iter(W + "shd"))


BOXED = "boxed"
"""Attribute of a paragraph that stood in a text box, which may have a colour."""


def _is_shaded(properties: _Element | None) -> bool:
    shading = None if properties is None else properties.find(W + "shd")
    return shading is not None and _is_fill(shading)


def _is_fill(shading: _Element) -> bool:
    fill = shading.get(W + "fill") or "auto"
    pattern = shading.get(W + "val") or "clear"
    if fill.lower() != "auto" and not _is_white(fill):
        return True
    return pattern not in {"clear", "nil"} or bool(shading.get(W + "themeFill", "").replace("background1", ""))


def _is_white(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        return all(int(colour[i : i + 2], 16) >= _WHITE for i in (0, 2, 4))
    except ValueError:
        return False
