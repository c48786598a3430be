"""What a web page says of itself: title, author, and the year in which it was published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.documents import Metadata
from ingest.formats.publication import stated_year, year_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "byl")
_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "application-name")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_year",
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "prism.publicationdate",
    "publication_date",
    "publication-date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)
_MOST_TITLE = 300


def page_metadata(root: HtmlElement) -> Metadata:
    """Return title, author and year of a page. The year is that of a statement of publication, never of an event."""
    named: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            named.setdefault(name, []).append(content)
    linked = list(_linked_data(root))
    title = _first(named, _TITLES) or _heading(root) or _text(root.find(".//title"))
    authors = next((named[name] for name in _AUTHORS if name in named and "://" not in named[name][0]), [])
    author = "; ".join(dict.fromkeys(authors)) or _linked_author(linked) or _first(named, _PUBLISHERS)
    return Metadata(title[:_MOST_TITLE], author[:_MOST_TITLE], _year(root, named, linked))


def _first(named: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((named[name][0] for name in names if name in named), "")


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _heading(root: HtmlElement) -> str:
    headings = [text for text in map(_text, root.iter("h1")) if text]
    return headings[0] if len(headings) == 1 else ""


def _year(root: HtmlElement, named: dict[str, list[str]], linked: list[dict[str, Any]]) -> str:
    stated = [named[name][0] for name in _DATES if name in named]
    stated += [str(data["datePublished"]) for data in linked if data.get("datePublished")]
    for time in root.iter("time"):
        if time.get("pubdate") is not None or "datepublished" in (time.get("itemprop") or "").lower():
            stated.append(time.get("datetime") or _text(time))
    stated += [each.get("content") or _text(each) for each in root.iterfind(".//*[@itemprop='datePublished']")]
    found = next((year for year in map(year_of, stated) if year), "")
    return found or stated_year(_text(each) for each in root.iter("p", "div", "span", "time", "li", "dd", "td"))


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Return the objects of the page's JSON-LD; what is no JSON is passed over."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        items = data if isinstance(data, list) else [data]
        for item in items:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield from (each for each in (graph if isinstance(graph, list) else [item]) if isinstance(each, dict))


def _linked_author(linked: list[dict[str, Any]]) -> str:
    for data in linked:
        authors = data.get("author")
        named = [
            each.get("name") for each in (authors if isinstance(authors, list) else [authors]) if isinstance(each, dict)
        ]
        if any(named):
            return "; ".join(str(name) for name in named if name)
    return ""
