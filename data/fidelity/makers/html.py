"""Web pages, as people write them by hand; also what a browser prints of them."""

from __future__ import annotations

import base64
from html import escape

from makers.pictures import picture
from makers.source import Block, Source, SourcePage, grouped, in_text, runs

_ORDERED = {"1": "1", "a": "a", "i": "i"}
_STYLE = """
body { font-family: FONTS; font-size: 11pt; line-height: 1.4; }
table { border-collapse: collapse; } td, th { border: 1px solid #888; padding: 3pt 6pt; text-align: start; }
aside { border: 1px solid #555; background: #eee; padding: 8pt; margin: 10pt 0; }
figcaption { font-size: 9pt; font-style: italic; } .notes { font-size: 8.5pt; border-top: 1px solid #999; }
section { break-after: page; } section:last-child { break-after: auto; }
"""


def make(source: Source) -> bytes:
    """Return the web page."""
    return page_of(source).encode(source.options.get("encoding", "utf-8"))


def page_of(source: Source, style: str = "", inside: bool = True) -> str:
    """Return a whole page; ``inside`` writes what stands around the text of web pages."""
    pages = "\n".join(f"<section>\n{body_of(page)}\n</section>" for page in source.pages)
    fonts = ", ".join(f"'{name}'" for name in source.options.get("fonts", ["DejaVu Serif"]))
    direction = ' dir="rtl"' if source.script in {"Arabic", "Hebrew"} else ""
    charset = source.options.get("encoding", "utf-8")
    before = after = ""
    if inside and source.pages[0].furniture:
        links = "".join(
            f'<li><a href="/{n}">{escape(word)}</a></li>' for n, word in enumerate(source.pages[0].furniture)
        )
        before, after = f"<nav><ul>{links}</ul></nav>\n", f"<footer><ul>{links}</ul></footer>\n"
    unseen = "".join(f'<div style="display:none"><p>{escape(words)}</p></div>' for words in source.pages[0].hidden)
    return (
        f'<!DOCTYPE html>\n<html lang="{source.language}"{direction}>\n<head><meta charset="{charset}">'
        f"<title>{escape(source.title)}</title><style>{_STYLE.replace('FONTS', fonts)}{style}</style></head>\n"
        f"<body>\n{before}<main><article>\n{pages}\n</article></main>\n{unseen}{after}</body></html>\n"
    )


def body_of(page: SourcePage) -> str:
    """Return the blocks of a page, and its notes behind them."""
    parts = [_group(kind, blocks) for kind, blocks in grouped(in_text(page))]
    notes = [block for block in page.blocks if block.kind == "note"]
    if notes:
        rows = "".join(f'<p id="fn{b.note}"><sup>{b.note}</sup> {content(b.text)}</p>' for b in notes)
        parts.append(f'<div class="notes">{rows}</div>')
    return "\n".join(parts)


def _group(kind: str, blocks: list[Block]) -> str:
    first = blocks[0]
    if kind == "box":
        from dataclasses import replace

        inner = grouped([replace(block, group="") for block in blocks])
        return "<aside>\n" + "\n".join(_group(one, members) for one, members in inner) + "\n</aside>"
    if kind == "item":
        return _list(blocks, first.depth)
    if kind == "row":
        return _table(blocks)
    if kind == "heading":
        return f"<h{first.level}>{content(first.text)}</h{first.level}>"
    if kind == "picture":
        data = base64.b64encode(picture()).decode()
        return f'<img alt="" width="320" height="180" src="data:image/jpeg;base64,{data}">'
    if kind == "caption":
        return f"<figcaption>{content(first.text)}</figcaption>"
    return f"<p>{content(first.text)}</p>"


def _list(blocks: list[Block], depth: int) -> str:
    rows: list[str] = []
    place = 0
    while place < len(blocks):
        inner = list(_deeper(blocks[place + 1 :], depth))
        nested = "\n" + _list(inner, depth + 1) if inner else ""
        rows.append(f"<li>{content(blocks[place].text)}{nested}</li>")
        place += 1 + len(inner)
    kind = _ORDERED.get(blocks[0].mark.strip("()."), "")
    tag, attribute = ("ol", f' type="{kind}"') if kind else ("ul", "")
    return f"<{tag}{attribute}>\n" + "\n".join(rows) + f"\n</{tag}>"


def _deeper(blocks: list[Block], depth: int) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if block.depth <= depth:
            break
        found.append(block)
    return found


def _table(blocks: list[Block]) -> str:
    def row(block: Block) -> str:
        tag = "th" if block.head else "td"
        return (
            "<tr>"
            + "".join(
                f"<{tag}{f' colspan={span}' if span > 1 else ''}>{content(text)}</{tag}>" for text, span in block.cells
            )
            + "</tr>"
        )

    heads = "".join(row(block) for block in blocks if block.head)
    rows = "".join(row(block) for block in blocks if not block.head)
    return f"<table><thead>{heads}</thead><tbody>{rows}</tbody></table>"


def content(text: str) -> str:
    """Return a text with its markup as HTML."""
    parts = []
    for run in runs(text):
        words = escape(run.text, quote=False)
        parts.append(
            {
                "plain": words,
                "inserted": f"<ins>{words}</ins>",
                "deleted": f"<del>{words}</del>",
                "hidden": f'<span style="display:none">{words}</span>',
                "note": f'<sup><a href="#fn{words}">{words}</a></sup>',
            }[run.style]
        )
    return "".join(parts)
