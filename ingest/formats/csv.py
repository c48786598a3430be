"""Tables of values in a text file (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from ingest.csv_dialect import SEPARATOR_LINE, find_delimiter
from ingest.documents import Metadata, Page, PageUnit
from ingest.formats.builder import TextBuilder
from ingest.formats.decoding import decode
from ingest.formats.grid import Row, add_sheet
from ingest.formats.safety import capped
from ingest.limits import Limits

_SAMPLE = 1 << 16


def read_csv(path: Path, limits: Limits) -> Iterator[Metadata | Page]:
    """Read a table of values; rows are numbered as spreadsheet programs do, the row of names is number 1.

    Raises:
        TooBig: it has more text than the limits allow.
    """
    text = capped(decode(path), path, limits).removeprefix("\ufeff")
    delimiter = find_delimiter(text[:_SAMPLE]) or ","
    named = SEPARATOR_LINE.match(text)
    csv.field_size_limit(limits.characters)
    reader = csv.reader(io.StringIO(text[named.end() :] if named else text, newline=""), delimiter=delimiter)
    builder = TextBuilder()
    rows = (Row(number, [" ".join(cell.split()) for cell in cells]) for number, cells in enumerate(reader, start=1))
    add_sheet(builder, rows)
    yield Metadata(unit=PageUnit.SHEET)
    yield Page(1, builder.text, tuple(builder.blocks))
