"""Excel workbooks, read by openpyxl: one page a sheet, one block a row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.documents import Metadata, Page, PageState, PageUnit
from ingest.errors import too_much_text
from ingest.formats.builder import TextBuilder
from ingest.formats.cell_values import shown
from ingest.formats.grid import Row, add_sheet
from ingest.formats.raised import raised_text
from ingest.formats.remarks import OBJECTS, unread_parts
from ingest.formats.safety import check_archive
from ingest.formats.sheet_layout import SheetLayout, read_layout
from ingest.formats.strict import common_form
from ingest.limits import Limits
from ingest.messages import Message, message

_LIBRARY = "openpyxl"
"""Stands for the author in workbooks that programs wrote with it."""
_MAX_COLUMNS = 512
"""Of a row that are read; more are a sheet's mistake, or an attack."""


def read_xlsx(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read a workbook: values as its readers see them, formulas by their stored results, rows with their numbers.

    Hidden sheets, rows and columns are left out and told.

    Raises:
        TooBig: it would unpack to more than the limits allow, or has more text.
    """
    import openpyxl

    check_archive(path, limits)
    with zipfile.ZipFile(path) as archive:
        others = list(_others(archive.namelist()))
    source = common_form(path)
    workbook: Any = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False, rich_text=True)
    yield _metadata(workbook)
    hidden_sheets: list[str] = []
    hidden_rows: list[str] = []
    without_result = characters = 0
    with zipfile.ZipFile(source) as archive:
        for number, sheet in enumerate(workbook.worksheets, start=1):
            if sheet.sheet_state != "visible":
                hidden_sheets.append(sheet.title)
                yield Page(number, "", label=sheet.title, state=PageState.EMPTY)
                continue
            with archive.open(sheet._worksheet_path) as part:
                layout = read_layout(part)
            rows = _Rows(sheet, layout)
            builder = TextBuilder()
            add_sheet(builder, rows)
            text = builder.text
            characters += len(text)
            if characters > limits.characters:
                raise too_much_text(path.name, limits)
            hidden_rows += [sheet.title] * rows.hide_values
            without_result += layout.formulas_without_result
            state = PageState.TEXT if builder.blocks else PageState.EMPTY
            yield Page(number, text, tuple(builder.blocks), sheet.title, state)
    if hidden_sheets:
        yield message("hidden sheets are not read: {names}", names=", ".join(hidden_sheets))
    if hidden_rows:
        yield message("hidden rows or columns are not read: on {names}", names=", ".join(hidden_rows))
    if without_result:
        yield message(
            "{count} formulas have no stored result: open and save the file in a spreadsheet program, and add it again",
            count=without_result,
        )
    yield from others


def _metadata(workbook: Any) -> Metadata:
    properties = workbook.properties
    creator = "" if properties.creator == _LIBRARY else properties.creator
    return Metadata(properties.title or "", creator or "", unit=PageUnit.SHEET)


class _Rows:
    """The visible rows of a sheet; ``hide_values`` is known when all are read."""

    def __init__(self, sheet: Any, layout: SheetLayout) -> None:
        self.hide_values = False
        self._sheet = sheet
        self._layout = layout

    def __iter__(self) -> Iterator[Row]:
        layout, merged = self._layout, dict[int, tuple[int, str]]()
        self._sheet.reset_dimensions()  # what a file says of its own size may be wrong
        for number, cells in enumerate(self._sheet.iter_rows(), start=1):
            values = [self._shown(cell, column) for column, cell in enumerate(cells[:_MAX_COLUMNS], start=1)]
            for column, last_row in layout.merged.get(number, {}).items():
                if column <= len(values) and values[column - 1]:
                    merged[column] = (last_row, values[column - 1])
            for column, (last_row, value) in list(merged.items()):
                if number > last_row:
                    del merged[column]
                else:
                    values += [""] * (column - len(values))
                    values[column - 1] = value
            if number not in layout.hidden_rows:
                yield Row(number, values)
            elif any(values):
                self.hide_values = True

    def _shown(self, cell: Any, column: int) -> str:
        if cell.value is None:
            return ""
        words = _words(cell.value) if isinstance(cell.value, list) else shown(cell.value, cell.number_format)
        value = " ".join(words.split())
        if column in self._layout.hidden_columns:
            self.hide_values = self.hide_values or bool(value)
            return ""
        return value


def _words(runs: list[Any]) -> str:
    """Return text whose runs look different: without the marks of notes, and without what is struck out."""
    text = ""
    for run in runs:
        look = None if isinstance(run, str) else run.font
        words = run if isinstance(run, str) else run.text
        if look is None or not (look.vertAlign or look.strike):
            text += words
        elif not look.strike:
            text += raised_text(words, text) if look.vertAlign == "superscript" else words
    return text


def _others(names: list[str]) -> Iterator[Message]:
    """Yield what a workbook has beside its cells, which is not read."""
    kinds = [message("notes on cells")] if any("/comments" in name.lower() for name in names) else []
    kinds += [message("charts")] if any(name.startswith("xl/charts/chart") for name in names) else []
    kinds += [OBJECTS] if any(name.startswith("xl/embeddings/") for name in names) else []
    yield from unread_parts(kinds)
