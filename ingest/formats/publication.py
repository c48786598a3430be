"""The year in which a document was published, where the document says so in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STATED = re.compile(
    r"\W*(?:first\s+)?(?:published|publication\s+date|date\s+(?:of\s+publication|published|issued)|posted|released|issued"
    r"|publié|date\s+de\s+publication|paru|publicado|publicada|fecha\s+de\s+publicación|data\s+de\s+publicação"
    r"|опубликовано|дата\s+публикации|veröffentlicht|pubblicato|نشر\s+في|تاريخ\s+النشر|प्रकाशित|प्रकाशन\s+मिति)\b\W*"
    r"(?P<rest>.*)",
    re.I | re.S,
)
_MOST_LINE = 80
"""Characters: a line that states the date says little else; a sentence about a publication is longer."""
_MOST_REST_WORDS = 8


def year_of(date: str) -> str:
    """Return the year in a date; "" without one, and where there are several."""
    years = set(_YEAR.findall(date))
    return years.pop() if len(years) == 1 else ""


def stated_year(lines: Iterable[str]) -> str:
    """Return the year of the first line that says when the document was published: "Published 3 May 2021"."""
    for line in lines:
        if len(line) > _MOST_LINE:
            continue
        found = _STATED.fullmatch(line.strip())
        if found and len(found["rest"].split()) <= _MOST_REST_WORDS and (year := year_of(found["rest"])):
            return year
    return ""
