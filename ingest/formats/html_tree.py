"""The tree of an HTML page without what nobody sees: comments, scripts, hidden and white text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACED = re.compile(r"\s+")
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0?\.?0+(?:;|$|!)|font-size:(?:0|[01](?:\.\d+)?p[xt])(?:;|$|!)"
    r"|(?:left|top|text-indent|margin-left):-\d{3,}(?:px|pt|em|rem)|mso-hide:all|clip:rect\(0|clip-path:inset\((?:50|100)%)"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]+)")
_NO_BACKGROUND = frozenset("none transparent inherit initial unset white".split())
_INLINE = frozenset("a abbr b bdi cite code em font i kbd mark small span strong sub sup u var".split())
_WHITE = re.compile(
    r"white|#f{3,4}|#(?:f[a-f0-9]){3}(?:[a-f0-9]{2})?|rgba?\((?:25[0-5],){2}25[0-5](?:,[\d.]+)?\)|transparent|rgba\([^)]*,0(?:\.0+)?\)"
    r"|hsla?\(\d+(?:deg)?,\d+%,100%.*\)"
)


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


def drop_unseen(root: HtmlElement) -> int:
    """Take out of the tree what its page does not show; return how many places with words that were."""
    found = 0
    for element in [each for each in root.iter() if isinstance(each.tag, str) and _is_unseen(each)]:
        if element.getparent() is None or element is root or element.tag in {"body", "html"}:
            continue
        if any(char.isalpha() for char in "".join(element.itertext())):
            found += 1
        element.drop_tree()
    return found


def _is_unseen(element: HtmlElement) -> bool:
    if (element.get("hidden") or "until-found").lower() != "until-found" or element.get("hidden") == "":
        return True
    if element.get("aria-hidden") == "true" and element.tag in _INLINE:
        return True
    style = _SPACED.sub("", (element.get("style") or "").lower())
    if style and (_HIDING.search(style) or (_is_white(style) and not _has_background(element))):
        return True
    return (
        element.tag == "font"
        and bool(_WHITE.fullmatch((element.get("color") or "").lower()))
        and not _has_background(element)
    )


def _is_white(style: str) -> bool:
    colour = _COLOUR.search(style)
    return bool(colour and _WHITE.fullmatch(colour[1]))


def _has_background(element: HtmlElement) -> bool:
    """Return whether something behind the text is not white: unless a page says what, its words may be seen."""
    for each in [element, *element.iterancestors()]:
        style = _SPACED.sub("", (each.get("style") or "").lower())
        if each.get("bgcolor") and not _WHITE.fullmatch(each.get("bgcolor").lower()):
            return True
        if any(found not in _NO_BACKGROUND and not _WHITE.fullmatch(found) for found in _BACKGROUND.findall(style)):
            return True
    return False
