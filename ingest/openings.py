"""What notes and captions begin with, in every kind of file."""

from __future__ import annotations

import re

OWN_MARK = re.compile(r"[\d⁰¹²³⁴-⁹]{1,3}(?=[^\W\d_])")
"""The number of a note, joined to its first word."""
CAPTION = re.compile(r"(?:table|tableau|tabla|cuadro|tabelle|таблица)\s+[A-Z]?\d[\d.]*\s*[:.–—-]", re.I)
"""What the name of a table begins with: "Table 3: …"."""
