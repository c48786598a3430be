"""Plain text and Markdown, with the line ends and page breaks that programs leave in them."""

from __future__ import annotations

import textwrap

from makers.source import Block, Source, SourcePage, grouped, in_text, runs, true_text


def make(source: Source) -> bytes:
    """Return the file. Options: ``newline``, ``encoding``, ``form_feeds`` between pages."""
    options = source.options
    markdown = source.file.endswith(".md")
    between = "\f" if options.get("form_feeds") else "\n\n"
    text = between.join(_page(page, markdown) for page in source.pages) + "\n"
    if markdown and options.get("front_matter"):
        text = f"---\ntitle: {source.title}\n---\n\n{text}"
    return text.replace("\n", options.get("newline", "\n")).encode(options.get("encoding", "utf-8"))


def _page(page: SourcePage, markdown: bool) -> str:
    parts = [
        "\n".join(_block(block, markdown) for block in blocks)
        if kind == "item"
        else _table(blocks)
        if kind == "row"
        else _block(blocks[0], markdown)
        for kind, blocks in grouped(in_text(page))
    ]
    parts += [f"[^{b.note}]: {true_text(b.text)}" for b in page.blocks if b.kind == "note"]
    return "\n\n".join(parts)


def _block(block: Block, markdown: bool) -> str:
    if not markdown:
        return textwrap.fill(f"{block.mark} {true_text(block.text)}".strip(), 72)
    words = "".join(f"[^{run.text}]" if run.style == "note" else run.text for run in runs(block.text))
    if block.kind == "heading":
        return f"{'#' * block.level} {words}"
    if block.kind == "item":
        return f"{'    ' * block.depth}{'-' if block.mark in '•–' else block.mark} {words}"
    return words


def _table(blocks: list[Block]) -> str:
    lines = ["| " + " | ".join(words for words, _ in block.cells) + " |" for block in blocks]
    rule = "|" + " --- |" * len(blocks[0].cells)
    return "\n".join([lines[0], rule, *lines[1:]])
