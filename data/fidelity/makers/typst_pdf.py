"""PDFs as Typst sets them: notes, boxes, columns, lists, tables, line numbers, watermarks."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import typst

from makers.pictures import picture
from makers.source import Block, Source, SourcePage, grouped, in_text, note_of, runs

CREATED = datetime(2026, 11, 22, tzinfo=UTC)


def make(source: Source) -> bytes:
    """Return the PDF of a document."""
    options = source.options
    language = f'lang: "{source.language}"' if len(source.language) == 2 else ""
    fonts = json.dumps(options.get("fonts", ["Libertinus Serif"]), ensure_ascii=False).strip("[]")
    lines = [
        f"#set document(title: {_string(source.title)})",
        f"#set text(font: ({fonts},), size: {options.get('size', 10.5)}pt, {language})",
        f"#set par(justify: {str(options.get('justify', True)).lower()}, leading: {options.get('leading', 0.65)}em)",
        f"#set text(hyphenate: {str(options.get('hyphenate', False)).lower()})",
        "#show heading: set text(hyphenate: false)",
        "#set table(stroke: 0.5pt)",
    ]
    if options.get("line_numbers"):
        lines.append('#set par.line(numbering: "1", numbering-scope: "page")')
    lines += [_page(page, options) for page in source.pages]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "picture.jpg").write_bytes(picture())
        main = Path(folder, "main.typ")
        main.write_text("\n".join(lines), encoding="utf-8")
        made = typst.compile(main, root=folder, format="pdf", timestamp=int(CREATED.timestamp()))
    assert isinstance(made, bytes)
    return made


def _page(page: SourcePage, options: dict[str, object]) -> str:
    paper = options.get("paper", "a4")
    columns = options.get("columns", 1)
    head = f"header: text(size: 8pt)[{_content(page.head)}]," if page.head else ""
    foot = f"footer: align(center, text(size: 9pt)[{_content(page.foot)}])," if page.foot else ""
    mark = options.get("watermark", "")
    back = f"background: rotate(-45deg, text(size: 70pt, fill: luma(215))[{_content(str(mark))}])," if mark else ""
    flipped = "flipped: true," if options.get("landscape") else ""
    margin = options.get("margin", "2.5cm")
    body = "\n\n".join(_group(kind, blocks, page) for kind, blocks in grouped(in_text(page)))
    return f'#page(paper: "{paper}", columns: {columns}, margin: {margin}, {flipped} {head} {foot} {back})[\n{body}\n]'


def _group(kind: str, blocks: list[Block], page: SourcePage) -> str:
    if kind == "box":
        inner = grouped([replace(block, group="") for block in blocks])
        body = "\n\n".join(_group(one, members, page) for one, members in inner)
        return f"#block(stroke: 0.8pt, fill: luma(240), inset: 9pt, width: 100%, breakable: false)[\n{body}\n]"
    if kind == "item":
        return "\n".join(_item(block, page) for block in blocks)
    if kind == "row":
        return _table(blocks, page)
    (block,) = blocks
    if kind == "heading":
        return f"#heading(level: {block.level}, outlined: false)[{_content(block.text, page)}]"
    if kind == "picture":
        return '#image("picture.jpg", width: 55%)'
    if kind == "caption":
        return f'#text(size: 8.5pt, style: "italic")[{_content(block.text, page)}]'
    return f"#par[{_content(block.text, page)}]"


def _item(block: Block, page: SourcePage) -> str:
    indent = 1 + 1.4 * block.depth
    return (
        f"#block(inset: (left: {indent:g}em), spacing: 0.7em, grid(columns: (1.4em, 1fr),"
        f" [{_content(block.mark)}], [{_content(block.text, page)}]))"
    )


def _table(blocks: list[Block], page: SourcePage) -> str:
    width = sum(span for _, span in blocks[0].cells)

    def row(block: Block) -> str:
        return ", ".join(f"table.cell(colspan: {span})[{_content(text, page)}]" for text, span in block.cells)

    heads = ", ".join(row(block) for block in blocks if block.head)
    rows = ", ".join(row(block) for block in blocks if not block.head)
    return f"#table(columns: {width}, table.header({heads}), {rows})"


def _content(text: str, page: SourcePage | None = None) -> str:
    parts = []
    for run in runs(text):
        if run.style == "note" and page is not None:
            noted = [block for block in page.blocks if block.kind == "note" and block.note == run.text]
            if noted:
                words = _content(note_of(page, run.text).text)
                parts.append(f"#counter(footnote).update({int(run.text) - 1})#footnote[{words}]")
            else:
                parts.append(f"#super[{_content(run.text)}]")
        elif run.style in {"plain", "inserted"}:
            parts.append(f"#{_string(run.text)}")
        elif run.style == "hidden":
            parts.append(f"#text(fill: white)[#{_string(run.text)}]")
    return "".join(parts)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
