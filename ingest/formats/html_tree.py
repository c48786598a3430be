"""The tree of an HTML page without what nobody sees: comments, scripts, hidden and white text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.formats.html_styles import Looks
from ingest.messages import Message, message

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HIDDEN = message("holds hidden text: not quoted")
STRUCK = message("holds struck-out text: not quoted")
_INLINE = frozenset("a abbr b bdi cite code em font i kbd mark small span strong sub sup u var".split())
_FOR_THE_EAR = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only".split())
"""Classes of labels that are read aloud and not shown."""
_WHITE = re.compile(
    r"white|#f{3,4}|#(?:f[a-f0-9]){3}(?:[a-f0-9]{2})?|transparent|rgba\([^)]*,0(?:\.0+)?\)"
    r"|rgba?\((?:25[0-5],){2}25[0-5](?:,[\d.]+)?\)|hsla?\(\d+(?:deg)?,\d+%,100%.*\)"
)
_TINY = re.compile(r"0(?:\.\d+)?(?:p[xt]|r?em|%)?|1(?:\.\d+)?p[xt]|0?\.\d+p[xt]")
_FAR_OFF = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|%)")
_NO_COLOUR = frozenset(["none", "transparent", "inherit", "initial", "unset"])


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many places with words were taken out of a page, and why."""

    hidden: int = 0
    struck: int = 0

    def remarks(self) -> Iterator[Message]:
        """Return one clause for each reason."""
        if self.hidden:
            yield HIDDEN
        if self.struck:
            yield STRUCK


def parse_html(text: str) -> HtmlElement | None:
    """Return the root of a page or of a part of one; None where nothing is in it. Opens no entity and no address."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    # A page that names its encoding is decoded already; lxml refuses to read text that names one.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""), count=1)
    try:
        return html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def drop_unseen(root: HtmlElement) -> Unseen:
    """Take out of the tree what its page does not show, and what it strikes out.

    Rules of style sheets count only where they hide less than they leave: else scripts show the page bit by bit.
    """
    looks = Looks(root)
    by_sheet = [each for each in _inside(root) if _is_unseen(each, looks)]
    letters = sum(_letters(each) for each in by_sheet)
    if 2 * letters > _letters(root):
        by_sheet = [each for each in by_sheet if _is_unseen(each, None)]
    hidden = struck = 0
    for element in by_sheet:
        hidden += _drop(element)
    for element in list(_inside(root)):
        if element.tag in {"del", "s", "strike"} or "line-through" in looks.of(element).get("text-decoration", ""):
            struck += _drop(element)
    for element in list(_inside(root)):
        if not _FOR_THE_EAR.isdisjoint((element.get("class") or "").split()):
            _drop(element)
    return Unseen(hidden, struck)


def _inside(root: HtmlElement) -> Iterator[HtmlElement]:
    return (each for each in root.iter() if isinstance(each.tag, str) and each.tag not in {"html", "head", "body"})


def _letters(element: HtmlElement) -> int:
    if element.tag in {"script", "style"}:
        return 0
    return sum(len(text.strip()) for text in element.xpath(".//text()[not(parent::script or parent::style)]"))


def _drop(element: HtmlElement) -> bool:
    """Take an element out, if it is still there; return whether it had words."""
    if element.getparent() is None:
        return False
    words = any(char.isalpha() for char in "".join(element.itertext()))
    element.drop_tree()
    return words


def _is_unseen(element: HtmlElement, looks: Looks | None) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    if element.get("aria-hidden") == "true" and element.tag in _INLINE:
        return True
    look = (looks or _PLAIN).of(element)
    if look and (_hides(look) or (_is_white(look.get("color", "")) and not _has_background(element, looks))):
        return True
    return (
        element.tag == "font"
        and _is_white((element.get("color") or "").lower())
        and not _has_background(element, looks)
    )


_PLAIN = Looks()
"""Style attributes alone."""


def _hides(look: dict[str, str]) -> bool:
    opacity = look.get("opacity", "1")
    return (
        look.get("display") == "none"
        or look.get("visibility") in {"hidden", "collapse"}
        or look.get("mso-hide") == "all"
        or bool(re.fullmatch(r"0*\.?0*%?", opacity) and opacity)
        or bool(_TINY.fullmatch(look.get("font-size", "")))
        or any(_FAR_OFF.fullmatch(look.get(side, "")) for side in ("left", "top", "text-indent", "margin-left"))
        or look.get("clip", "").startswith(("rect(0", "rect(1px,1px"))
        or look.get("clip-path", "").startswith(("inset(50%", "inset(100%"))
    )


def _is_white(colour: str) -> bool:
    return bool(_WHITE.fullmatch(colour))


def _has_background(element: HtmlElement, looks: Looks | None) -> bool:
    """Return whether something behind the text is not white: unless a page says what, its words may be seen."""
    for each in [element, *element.iterancestors()]:
        if each.get("bgcolor") and not _is_white(each.get("bgcolor").lower()):
            return True
        look = (looks or _PLAIN).of(each)
        for name in ("background", "background-color", "background-image"):
            value = look.get(name, "none")
            if value not in _NO_COLOUR and not _is_white(value):
                return True
    return False
