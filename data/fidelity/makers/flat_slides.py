"""An OpenDocument presentation as one XML file: a heading, a text box and a speaker’s notes on every slide."""

from __future__ import annotations

from xml.sax.saxutils import escape

from makers.flat_text import HEAD, NAMES, content, meta
from makers.source import Block, Source, SourcePage, true_text


def slides(source: Source) -> str:
    """Return the presentation; every page of the source is a slide."""
    pages = "".join(_slide(page, number) for number, page in enumerate(source.pages, start=1))
    return (
        f'{HEAD}<office:document {NAMES} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.presentation">{meta(source)}'
        '<office:automatic-styles><style:page-layout style:name="Wide"><style:page-layout-properties'
        ' fo:page-width="28cm" fo:page-height="15.75cm"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Plain" style:page-layout-name="Wide"/></office:master-styles>'
        f"<office:body><office:presentation>{pages}</office:presentation></office:body></office:document>"
    )


def _slide(page: SourcePage, number: int) -> str:
    heading = next((block for block in page.blocks if block.kind == "heading"), None)
    title = "" if heading is None else _frame(f"<text:p>{content(heading)}</text:p>", 1, 1.5, "title")
    rows = [block for block in page.blocks if block.kind == "row"]
    rest = [block for block in page.blocks if block.kind not in {"heading", "row"}]
    body = _frame("".join(_line(block) for block in rest), 3.5, 6) if rest else ""
    notes = "".join(f"<text:p>{escape(words)}</text:p>" for words in page.furniture)
    said = ""
    if notes:
        said = f"<presentation:notes>{_frame(notes, 15, 8, 'notes')}</presentation:notes>"
    return f'<draw:page draw:name="page{number}" draw:master-page-name="Plain">{title}{body}{_table(rows)}{said}</draw:page>'


def _line(block: Block) -> str:
    if block.kind == "item":
        return f"<text:list><text:list-item><text:p>{content(block)}</text:p></text:list-item></text:list>"
    return f"<text:p>{content(block)}</text:p>"


def _frame(inner: str, top: float, height: float, kind: str = "") -> str:
    what = f' presentation:class="{kind}"' if kind else ""
    return (
        f'<draw:frame{what} svg:x="1.5cm" svg:y="{top}cm" svg:width="25cm" svg:height="{height}cm">'
        f"<draw:text-box>{inner}</draw:text-box></draw:frame>"
    )


def _table(rows: list[Block]) -> str:
    if not rows:
        return ""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell><text:p>{escape(true_text(words))}</text:p></table:table-cell>"
            for words, _ in row.cells
        )
        + "</table:table-row>"
        for row in rows
    )
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0].cells)}"/>'
    return (
        '<draw:frame svg:x="1.5cm" svg:y="10cm" svg:width="25cm" svg:height="4cm">'
        f"<table:table>{columns}{lines}</table:table></draw:frame>"
    )
