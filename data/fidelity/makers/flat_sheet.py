"""An OpenDocument spreadsheet as one XML file; every page of the source is a sheet, named by its label."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from makers.flat_text import HEAD, NAMES, meta
from makers.source import Source, SourcePage, true_text


def sheet(source: Source) -> str:
    """Return the spreadsheet."""
    tables = "".join(_table(page) for page in source.pages)
    return (
        f'{HEAD}<office:document {NAMES} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">{meta(source)}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"
    )


def _table(page: SourcePage) -> str:
    rows = "".join(
        "<table:table-row>" + "".join(_cell(words, span) for words, span in block.cells) + "</table:table-row>"
        for block in page.blocks
        if block.kind == "row"
    )
    return f"<table:table table:name={quoteattr(page.labels[0])}>{rows}</table:table>"


def _cell(words: str, span: int) -> str:
    wide = f' table:number-columns-spanned="{span}"' if span > 1 else ""
    covered = "<table:covered-table-cell/>" * (span - 1)
    if not words:
        return f"<table:table-cell{wide}/>{covered}"
    if re.fullmatch(r"\d+", words):
        return f'<table:table-cell{wide} office:value-type="float" office:value="{words}"/>{covered}'
    text = escape(true_text(words))
    return f'<table:table-cell{wide} office:value-type="string"><text:p>{text}</text:p></table:table-cell>{covered}'
