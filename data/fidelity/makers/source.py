"""The sources of the fidelity set: one TOML file a document, from which both the file and its true text come."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

_MARKUP = re.compile(r"\[\^(?P<note>[^\]]+)\]|\{(?P<sign>[-+?])(?P<words>.*?)(?P=sign)\}")
_STYLES = {"-": "deleted", "+": "inserted", "?": "hidden"}


@dataclass(frozen=True)
class Run:
    """A piece of a text with one style: plain, note (the mark of one), deleted, inserted or hidden."""

    style: str
    text: str


@dataclass(frozen=True)
class Block:
    """A heading, body, item, row, note, caption, or a picture without words."""

    kind: str
    sentences: tuple[str, ...] = ()
    """With markup: ``[^3]`` the mark of note 3, ``{+inserted+}``, ``{-deleted-}``, ``{?hidden?}``."""
    joiner: str = " "
    level: int = 1
    mark: str = ""
    """Of an item: what stands before it ("•", "1.", "(a)")."""
    depth: int = 0
    opener: str = ""
    """Of an item: the line that opens its list."""
    cells: tuple[tuple[str, int], ...] = ()
    """Of a row: its cells and how many columns each takes."""
    head: bool = False
    """Of a row: it heads the table."""
    note: str = ""
    """Of a note: its mark."""
    group: str = ""
    """Blocks with one name that follow each other share a box."""
    floating: bool = False
    """It has no place of its own in the order of reading: a box, a caption, a note."""
    continues: bool = False
    """It goes on with the sentence that the page before ends in."""
    scanned: bool = False
    """It stands in a picture of a page."""

    @property
    def text(self) -> str:
        """The text with its markup."""
        return self.joiner.join(self.sentences)


@dataclass(frozen=True)
class SourcePage:
    """What stands on one physical page, slide, sheet, chapter or part."""

    blocks: tuple[Block, ...]
    labels: tuple[str, ...] = ("",)
    """What its readers may call it; the first is the best."""
    head: str = ""
    foot: str = ""
    furniture: tuple[str, ...] = ()
    """Other words on it that are no part of its text."""
    hidden: tuple[str, ...] = ()
    """Words that nobody sees."""


@dataclass(frozen=True)
class Source:
    """One document."""

    name: str
    file: str
    maker: str
    script: str
    language: str
    features: tuple[str, ...]
    pages: tuple[SourcePage, ...]
    unit: str = "page"
    title: str = ""
    needs: str = ""
    """What has to be installed for its reading, "tesseract:eng"; without it the reader names what it did not read."""
    unreadable: bool = False
    """It cannot be read here: the reader has to say so."""
    remark: str = ""
    """What the reader's remarks have to match, as a regular expression."""
    options: dict[str, Any] = field(default_factory=dict)


def runs(text: str) -> Iterator[Run]:
    """Yield the pieces of a text with markup."""
    end = 0
    for match in _MARKUP.finditer(text):
        if match.start() > end:
            yield Run("plain", text[end : match.start()])
        if match["note"]:
            yield Run("note", match["note"])
        else:
            yield Run(_STYLES[match["sign"]], match["words"])
        end = match.end()
    if end < len(text):
        yield Run("plain", text[end:])


def true_text(text: str) -> str:
    """Return what the page says: insertions are in it; deletions, hidden words and the marks of notes are not."""
    return "".join(run.text for run in runs(text) if run.style in {"plain", "inserted"})


def note_of(page: SourcePage, mark: str) -> Block:
    """Return the note on ``page`` that has this mark."""
    return next(block for block in page.blocks if block.kind == "note" and block.note == mark)


def in_text(page: SourcePage) -> list[Block]:
    """Return the blocks of a page without its notes, which the makers set by their marks."""
    return [block for block in page.blocks if block.kind != "note"]


def grouped(blocks: list[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Yield runs of items ("item"), of rows ("row"), of one box ("box"), and other blocks one by one."""

    def key(pair: tuple[int, Block]) -> tuple[str, str]:
        place, block = pair
        if block.group:
            return "box", block.group
        return (block.kind, block.kind if block.kind in {"item", "row"} else str(place))

    for (kind, _), members in groupby(enumerate(blocks), key):
        yield kind, [block for _, block in members]


def read_source(path: Path) -> Source:
    """Return the document that a TOML file describes."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    joiner = data.pop("joiner", " ")
    pages = tuple(_page(page, joiner) for page in data.pop("pages"))
    data["features"] = tuple(data["features"])
    return Source(name=path.stem, pages=pages, **data)


def _page(data: dict[str, Any], joiner: str) -> SourcePage:
    blocks = []
    opener = ""
    for item in data.pop("blocks"):
        block = _block(item, joiner, opener)
        if block.kind in {"body", "heading"}:
            opener = true_text(block.sentences[-1]) if block.kind == "body" else ""
        blocks.append(block)
    label = data.pop("label", "")
    return SourcePage(
        tuple(blocks),
        tuple(label) if isinstance(label, list) else (label,),
        furniture=tuple(data.pop("furniture", ())),
        hidden=tuple(data.pop("hidden", ())),
        **data,
    )


def _block(data: dict[str, Any], joiner: str, opener: str) -> Block:
    (kind,) = data.keys() & {"heading", "body", "item", "row", "note", "caption", "picture"}
    content = data.pop(kind)
    cells = ()
    if kind == "row":
        cells = tuple((cell, 1) if isinstance(cell, str) else (cell[0], cell[1]) for cell in content)
        content = " ".join(cell for cell, _ in cells if cell)
    if kind == "note":
        data["note"], *content = content
    sentences = (content,) if isinstance(content, str) else tuple(content)
    floating = kind in {"note", "caption"} or bool(data.get("group"))
    values = {"floating": floating, "opener": opener if kind == "item" else ""} | data
    return Block(kind, sentences if content else (), joiner, cells=cells, **values)
