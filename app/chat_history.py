"""Chats on disk: one JSON file each, below the library's folder, so that a reload or a restart loses nothing."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.answers import Answer
from app.cases import CaseSummary
from app.errors import AppError
from app.kept_files import write_kept
from app.kept_outcomes import read_outcome, read_text, read_texts
from app.messages import Message, error_message, message
from vectorstore.records import Scope

_FOLDER = "chats"
_ID = re.compile(r"[0-9a-f]{32}")
_TITLE_CHARACTERS = 80


class DamagedChat(AppError):
    """A chat's file cannot be read: delete the chat, or restore the file."""


class UnknownChat(AppError):
    """There is no chat of that id: it was deleted, or the link is wrong."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, or one summary that was asked for, and what came of it."""

    asked: str
    """The question in the user's words; for a summary the country."""
    scope: Scope
    outcome: Answer | CaseSummary
    searched: int = 0
    """How many documents were searched."""
    model: str = ""
    """The chat model that wrote the answer; none for verbatim quotes."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation. ``created`` is UTC in ISO 8601."""

    id: str
    title: str
    created: str
    turns: tuple[Turn, ...] = ()

    def with_turn(self, turn: Turn) -> Chat:
        """Return the chat with one more turn; the first one gives it its title."""
        words = turn.asked if isinstance(turn.outcome, Answer) else f"Country case: {turn.asked}"
        title = self.title or " ".join(words.split())[:_TITLE_CHARACTERS]
        return replace(self, title=title, turns=(*self.turns, turn))


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A chat in the list; ``damage`` says why it cannot be opened, None when it can."""

    id: str
    title: str
    created: str
    damage: Message | None = None


def new_chat() -> Chat:
    """Return an empty chat; it has no file before it is saved."""
    return Chat(uuid.uuid4().hex, "", datetime.now(UTC).isoformat(timespec="microseconds"))


def save_chat(home: Path, chat: Chat) -> None:
    """Write the chat below ``home``; readers see the old file or the new one, never a partial one."""
    write_kept(_file(home, chat.id), asdict(chat) | {"turns": [_turn_data(turn) for turn in chat.turns]})


def load_chat(home: Path, chat_id: str) -> Chat:
    """Return a chat.

    Raises:
        UnknownChat: there is no such chat.
        DamagedChat: its file cannot be read.

    """
    return _read(_file(home, chat_id))


def list_chats(home: Path) -> list[ChatLine]:
    """Return all chats, newest first; damaged ones come last, each with its line."""
    lines = [
        _line(path, path.stat().st_mtime_ns) for path in (home / _FOLDER).glob("*.json") if _ID.fullmatch(path.stem)
    ]
    lines.sort(key=lambda line: (line.created, line.id), reverse=True)
    return lines


def find_chats(home: Path, words: str) -> list[ChatLine]:
    """Return the chats whose name, questions, answers or quotes contain all of ``words``; all chats for none."""
    wanted = words.casefold().split()
    lines = list_chats(home)
    if not wanted:
        return lines
    texts = {line.id: _file(home, line.id).read_text(encoding="utf-8", errors="replace").casefold() for line in lines}
    return [line for line in lines if all(word in texts[line.id] for word in wanted)]


def rename_chat(home: Path, chat_id: str, title: str) -> None:
    """Give a chat another name.

    Raises:
        UnknownChat: there is no such chat.
        DamagedChat: its file cannot be read.

    """
    save_chat(home, replace(load_chat(home, chat_id), title=" ".join(title.split())[:_TITLE_CHARACTERS]))


def wipe_chats(home: Path) -> None:
    """Delete every chat, damaged ones and half-written ones too."""
    folder = home / _FOLDER
    if folder.is_dir():
        shutil.rmtree(folder)


def delete_chat(home: Path, chat_id: str) -> None:
    """Delete a chat, damaged or not; one that is gone already is no error.

    Raises:
        UnknownChat: the id is none.

    """
    _file(home, chat_id).unlink(missing_ok=True)


def _file(home: Path, chat_id: str) -> Path:
    # The id comes from an address: only the form that new_chat gives may reach the disk.
    if not _ID.fullmatch(chat_id):
        raise UnknownChat(message("That chat does not exist: open one from the list, or start a new one."))
    return home / _FOLDER / f"{chat_id}.json"


@lru_cache(maxsize=4096)
def _line(path: Path, _modified: int) -> ChatLine:
    """Return a chat's line; it is read once for every time the file changes."""
    try:
        chat = _read(path)
    except AppError as error:
        return ChatLine(path.stem, "Damaged chat", "", error_message(error))
    return ChatLine(chat.id, chat.title, chat.created)


def _read(path: Path) -> Chat:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        turns = tuple(_turn(turn) for turn in data["turns"])
        chat = Chat(read_text(data["id"]), read_text(data["title"]), read_text(data["created"]), turns)
        if chat.id != path.stem:
            raise ValueError("the id is another one")
    except FileNotFoundError:
        raise UnknownChat(
            message("This chat was deleted: open another one from the list, or start a new one.")
        ) from None
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise DamagedChat(
            message(
                "The chat {name} cannot be read ({detail}): delete it, or restore it.",
                name=path.name,
                detail=type(error).__name__,
            )
        ) from error
    return chat


def _turn_data(turn: Turn) -> dict[str, Any]:
    kind = "answer" if isinstance(turn.outcome, Answer) else "case"
    return {"kind": kind, **asdict(turn)}


def _turn(data: dict[str, Any]) -> Turn:
    scope = Scope(read_texts(data["scope"]["documents"]), read_texts(data["scope"]["countries"]))
    outcome = read_outcome(data["kind"], data["outcome"])
    return Turn(read_text(data["asked"]), scope, outcome, int(data["searched"]), read_text(data.get("model", "")))
