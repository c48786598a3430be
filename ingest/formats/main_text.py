"""Where the report is on a web page: its navigation, banners and lists of links are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ROLES = frozenset("navigation banner contentinfo search dialog alertdialog complementary menu menubar toolbar".split())
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|gdpr|newsletter|subscribe|subscription|"
    r"share|sharing|social|advert(?:isement)?|ads?|promo|popup|modal|paywall|skip-?links?|skip|sidebar|related|"
    r"comments?|respond|pager|pagination|toolbar|sitemap|masthead|site-header|site-footer|page-footer|noprint)"
    r"(?=$|[\s_-])",
    re.I,
)
_NAMED_TAGS = frozenset("div section aside ul ol p form header footer nav span".split())
_MOST_NAMED = 0.4
"""Share of a page's words over which an element is no banner, whatever its name: it is the page."""
_MOST_LINKED = 0.7
"""Share of a list's letters that are links over which it is one of links."""
_LINE_START = 60


def main_element(root: HtmlElement, source: str) -> HtmlElement:
    """Return the element of ``root`` that holds the report, cleared of what belongs to the site."""
    body = root.find("body")
    body = root if body is None else body
    _drop_furniture(body)
    marked = [each for each in body.iter("main", "article") if _length(each)] or [
        each for each in body.iter() if each.get("role") in {"main", "article"}
    ]
    whole = _length(body)
    for each in marked:
        if _length(each) > 0.5 * whole:
            return each
    return _around(body, source)


def _drop_furniture(body: HtmlElement) -> None:
    whole = _length(body)
    for element in list(body.iter()):
        if element is body or element.getparent() is None or not _is_furniture(element):
            continue
        if element.tag == "nav" or _length(element) <= _MOST_NAMED * whole:
            element.drop_tree()
    for each in list(body.iter("ul", "ol")):
        links = list(each.iter("a"))
        if len(links) > 2 and each.getparent() is not None:
            linked = sum(_length(link) for link in links)
            notes = any((link.get("href") or "").startswith("#") for link in links)
            if linked > _MOST_LINKED * max(_length(each), 1) and not notes and not _has_prose(each):
                each.drop_tree()


def _is_furniture(element: HtmlElement) -> bool:
    tag = element.tag
    if tag == "nav" or element.get("role") in _ROLES:
        return True
    if tag in {"header", "footer"}:
        return not any(True for _ in element.iterancestors("article", "main", "section", "blockquote"))
    if tag not in _NAMED_TAGS:
        return False
    return bool(_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _has_prose(element: HtmlElement) -> bool:
    return any(len(re.findall(r"\w+", "".join(item.itertext()))) > 12 for item in element.iter("li"))


def _length(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _around(body: HtmlElement, source: str) -> HtmlElement:
    """Return the smallest element around all that trafilatura takes for the text of the page; else ``body``."""
    import trafilatura

    found = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    starts = {_start(line) for line in found.splitlines() if len(line) >= _LINE_START}
    holders = [
        each
        for each in body.iter("p", "li", "td", "div", "blockquote", "pre", "dd")
        if _start("".join(each.itertext())) in starts
    ]
    if not holders:
        return body
    common = [holders[0], *holders[0].iterancestors()]
    for holder in holders[1:]:
        above = {holder, *holder.iterancestors()}
        common = [each for each in common if each in above]
    return next((each for each in common if each.tag in {"div", "body", "section", "td", "article"}), body)


def _start(text: str) -> str:
    return "".join(text.split())[: _LINE_START // 2]
