"""What a worksheet hides and merges: openpyxl does not tell while it streams rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})")
_MOST_MERGED = 100_000
_MOST_COLUMNS = 16_384


@dataclass(slots=True)
class SheetLayout:
    """Rows and columns are numbered from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[int, dict[int, int]] = field(default_factory=dict)
    """Of cells that are merged over several rows: first row, column, last row."""
    formulas_without_result: int = 0


def read_layout(part: IO[bytes]) -> SheetLayout:
    """Return the layout of a worksheet's XML, which is read once and not kept."""
    from lxml import etree

    layout = SheetLayout()
    without_result = etree.XPath("count(*[*[local-name()='f'] and not(*[local-name()='v']/text())])")
    tags = ["{*}col", "{*}row", "{*}mergeCell"]
    number = 0
    for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True, huge_tree=False):
        match etree.QName(element).localname:
            case "col" if _is_hidden(element):
                first, last = int(element.get("min", "1")), int(element.get("max", "0"))
                layout.hidden_columns.update(range(first, min(last, _MOST_COLUMNS) + 1))
            case "row":
                number = int(element.get("r", number + 1))
                if _is_hidden(element):
                    layout.hidden_rows.add(number)
                layout.formulas_without_result += int(without_result(element))
            case "mergeCell" if len(layout.merged) < _MOST_MERGED:
                found = _RANGE.fullmatch(element.get("ref", ""))
                if found and found[2] != found[3]:
                    layout.merged.setdefault(int(found[2]), {})[_column(found[1])] = int(found[3])
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return layout


def _is_hidden(element: _Element) -> bool:
    size = element.get("ht") or element.get("width")
    return element.get("hidden") in ("1", "true") or (size is not None and float(size) == 0)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
