"""What notes and captions begin with, and what the line ends with that opens a list, in every kind of file."""

from __future__ import annotations

import re

OWN_MARK = re.compile(r"[\d⁰¹²³⁴-⁹]{1,3}(?=[^\W\d_])")
"""The number of a note, joined to its first word."""
CAPTION = re.compile(r"(?:table|tableau|tabla|cuadro|tabelle|таблица)\s+[A-Z]?\d[\d.]*\s*[:.–—-]", re.I)
"""What the name of a table begins with: "Table 3: …"."""
_COLON = re.compile(r"[:：៖፡፥፦]\s*[-–—]?\s*\d{0,3}$")
"""With a dash or the mark of a note behind it."""
_NO_STOPS = re.compile(r"[ก-๎ກ-ໝ]$")
_SHORT = 80
"""Characters of a line of Thai or Lao that opens the list below it: they are written without full stops and colons."""


def ends_with_colon(text: str) -> bool:
    """Return whether ``text`` announces what follows."""
    return bool(_COLON.search(text[-9:].rstrip()))


def opens_list(text: str) -> bool:
    """Return whether ``text`` opens a list that follows it."""
    return ends_with_colon(text) or (len(text) <= _SHORT and bool(_NO_STOPS.search(text)))
