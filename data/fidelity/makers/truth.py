"""The true text of a document, as the measurement reads it."""

from __future__ import annotations

from typing import Any

from makers.source import Block, Source, SourcePage, runs, true_text


def truth_of(source: Source) -> dict[str, Any]:
    """Return what a reader of the document should find, as JSON takes it."""
    return {
        "file": source.file,
        "kind": source.file.rsplit(".", 1)[1],
        "maker": source.maker,
        "script": source.script,
        "language": source.language,
        "features": list(source.features),
        "unit": source.unit,
        "needs": source.needs,
        "unreadable": source.unreadable,
        "remark": source.remark,
        "pages": [_page(page) for page in source.pages],
    }


def _page(page: SourcePage) -> dict[str, Any]:
    marks = [run.text for block in page.blocks for run in runs(block.text) if run.style == "note"]
    unseen = [run.text for block in page.blocks for run in runs(block.text) if run.style in {"hidden", "deleted"}]
    beside = [page.head, page.foot, *page.furniture, *marks]
    beside += [block.mark or block.note for block in page.blocks]
    return {
        "labels": list(page.labels),
        "blocks": [_block(block) for block in page.blocks if block.sentences],
        "beside": [words for words in beside if words],
        "hidden": [*page.hidden, *unseen],
    }


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": block.kind, "sentences": [true_text(text) for text in block.sentences]}
    if block.joiner != " ":
        data["joiner"] = block.joiner
    if block.opener:
        data["opener"] = block.opener
    if block.floating:
        data["floating"] = True
    if block.continues:
        data["continues"] = True
    if block.scanned:
        data["scanned"] = True
    return data
