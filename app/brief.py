"""The brief: quotes that a reader put aside, in an order of the reader's own, with notes between them.

There is one, in a file of its own below the library's folder. It is kept, and wiped, as chats are.
"""

from __future__ import annotations

import json
import shutil
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.answer_json import citation_json
from app.answers import Citation
from app.errors import AppError
from app.kept_files import write_kept
from app.kept_outcomes import read_citation, read_text
from app.messages import message

TITLE_CHARACTERS, NOTE_CHARACTERS = 160, 4_000
_FOLDER, _FILE = "brief", "brief.json"
_changing = threading.Lock()
"""Two windows may change the brief at once: the second reads what the first has written."""


class DamagedBrief(AppError):
    """The brief's file cannot be read: delete the brief, or restore the file."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in the brief, with its citation; the citation's number says nothing here."""

    id: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Note:
    """The reader's own words between quotes."""

    id: str
    text: str


Item = Quote | Note


@dataclass(frozen=True, slots=True)
class Brief:
    """What was put aside, in order. Every method returns a new brief; an unknown id changes nothing."""

    title: str = ""
    items: tuple[Item, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of its quotes, numbered from 1 in their order."""
        quotes = (item for item in self.items if isinstance(item, Quote))
        return tuple(replace(quote.citation, number=number) for number, quote in enumerate(quotes, start=1))

    def has(self, citation: Citation) -> bool:
        """Return whether this quote is in it: the same place of the same document, whatever its number."""
        return any(isinstance(item, Quote) and _same(item.citation, citation) for item in self.items)

    def with_quotes(self, citations: Iterable[Citation]) -> Brief:
        """Return the brief with these quotes at its end; those that it has stay where they are."""
        longer = self
        for citation in citations:
            if not longer.has(citation):
                quote = Quote(_new_id(), replace(citation, number=0))
                longer = replace(longer, items=(*longer.items, quote))
        return longer

    def without_quotes(self, citations: Iterable[Citation]) -> Brief:
        """Return the brief without these quotes."""
        gone = list(citations)
        kept = (
            item
            for item in self.items
            if not (isinstance(item, Quote) and any(_same(item.citation, one) for one in gone))
        )
        return replace(self, items=tuple(kept))

    def with_note(self, text: str = "", after: str = "") -> Brief:
        """Return the brief with a note behind the item ``after``; at its end where there is no such item."""
        return self.with_item(Note(_new_id(), text), self._index(after, len(self.items) - 1) + 1)

    def with_item(self, item: Item, index: int) -> Brief:
        """Return the brief with ``item`` at a 0-based place: what was removed comes back where it was."""
        return replace(self, items=(*self.items[:index], item, *self.items[index:]))

    def with_text(self, note_id: str, text: str) -> Brief:
        """Return the brief with other words in a note."""
        changed = (
            replace(item, text=text) if isinstance(item, Note) and item.id == note_id else item for item in self.items
        )
        return replace(self, items=tuple(changed))

    def without(self, item_id: str) -> Brief:
        """Return the brief without an item."""
        return replace(self, items=tuple(item for item in self.items if item.id != item_id))

    def moved(self, item_id: str, steps: int) -> Brief:
        """Return the brief with an item ``steps`` places further down, or up where negative; never beyond the ends."""
        index = self._index(item_id, -1)
        if index < 0:
            return self
        item, rest = self.items[index], self.without(item_id)
        return rest.with_item(item, min(max(index + steps, 0), len(rest.items)))

    def _index(self, item_id: str, default: int) -> int:
        return next((index for index, item in enumerate(self.items) if item.id == item_id), default)


def load_brief(home: Path) -> Brief:
    """Return the brief below ``home``; an empty one where none is kept.

    Raises:
        DamagedBrief: its file cannot be read.

    """
    file = home / _FOLDER / _FILE
    try:
        found = file.stat()
        return _read(file, found.st_mtime_ns, found.st_ino)
    except FileNotFoundError:
        return Brief()
    except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
        raise DamagedBrief(
            message(
                "The brief {name} cannot be read ({detail}): delete it, or restore it.",
                name=file.name,
                detail=type(error).__name__,
            )
        ) from error


def change_brief(home: Path, change: Callable[[Brief], Brief]) -> Brief:
    """Read the brief, write what ``change`` makes of it, and return that; a damaged one is left as it is.

    Raises:
        DamagedBrief: its file cannot be read.
        OSError: it cannot be written.

    """
    with _changing:
        old = load_brief(home)
        new = change(old)
        if new != old:
            write_kept(home / _FOLDER / _FILE, _data(new))
    return new


def wipe_brief(home: Path) -> None:
    """Delete the brief, a damaged or half-written one too."""
    folder = home / _FOLDER
    if folder.is_dir():
        shutil.rmtree(folder)


def brief_json(brief: Brief) -> dict[str, Any]:
    """Return the brief as JSON: each item is a note, or a quote's citation as in an answer."""
    numbered = iter(brief.citations)
    items = [
        {"note": item.text} if isinstance(item, Note) else {"citation": citation_json(next(numbered))}
        for item in brief.items
    ]
    return {"title": brief.title, "items": items}


@lru_cache(maxsize=4)
def _read(file: Path, _modified: int, _node: int) -> Brief:
    """Return the brief of a file; it is read once for every time that it changes: each quote on the screen asks."""
    data = json.loads(file.read_text(encoding="utf-8"))
    return Brief(read_text(data["title"]), tuple(map(_item, data["items"])))


def _same(one: Citation, other: Citation) -> bool:
    return (one.document_id, one.page, one.start, one.end) == (other.document_id, other.page, other.start, other.end)


def _new_id() -> str:
    return uuid.uuid4().hex


def _data(brief: Brief) -> dict[str, Any]:
    return {"title": brief.title, "items": [asdict(item) for item in brief.items]}


def _item(data: dict[str, Any]) -> Item:
    item_id = read_text(data["id"])
    if not item_id.isalnum() or not item_id.isascii():  # it becomes a part of the screen's keys
        raise ValueError("no id of ours")
    return (
        Quote(item_id, read_citation(data["citation"]))
        if "citation" in data
        else Note(item_id, read_text(data["text"]))
    )
