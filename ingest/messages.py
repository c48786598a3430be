"""A message for a reader as data: an English form with named placeholders, and the values in them.

Commands, JSON and exports print a message in English with ``str``; the chat screen translates its form and fills in the
values. So no module has to recognise an English sentence to translate it. The module lies in the lowest folder because
readers of files, the library and the application all have something to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A form such as "{name} is empty: fetch the file again.", and what its placeholders stand for.

    A value is a text that is the same in every language (a name, a quotation, a page number), an ``int`` that counts
    something and is written with separators ("1,200"), or another message.
    """

    form: str
    values: tuple[tuple[str, str | int | Message], ...] = ()

    def __str__(self) -> str:
        """Return the message in English."""
        return fill(self.form, {name: _english(value) for name, value in self.values})

    def contains(self, other: Message) -> bool:
        """Return whether ``other`` is this message or is in one of its placeholders."""
        return self == other or any(isinstance(value, Message) and value.contains(other) for _, value in self.values)


def message(form: str, **values: str | int | Message) -> Message:
    """Return a message. ``form`` is a literal: ``make translations`` finds it by this call."""
    return Message(form, tuple(values.items()))


def fill(form: str, values: Mapping[str, str]) -> str:
    """Return ``form`` with its placeholders replaced; one without a value stays as it is.

    Not ``str.format``: a form may come out of a process that read a hostile file, and must not reach attributes.
    """
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), form)


def error_message(error: BaseException) -> Message:
    """Return the message that an error was raised with; its text as it is, where that was no message."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else Message(str(error))


def message_data(text: Message) -> dict[str, Any]:
    """Return a message as JSON objects, as ``dataclasses.asdict`` does."""
    return asdict(text)


def read_message(data: object) -> Message:
    """Return the message that ``message_data`` gave; a plain text is a message without values.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(data, str):
        return Message(data)
    form, values = (data.get("form"), data.get("values")) if isinstance(data, dict) else (None, None)
    if not isinstance(form, str) or not isinstance(values, list | tuple):
        raise ValueError("not a message")
    return Message(form, tuple((str(name), _read_value(value)) for name, value in values))


def message_json(text: Message) -> str:
    """Return a message as JSON text, for the catalogue."""
    return json.dumps(message_data(text), ensure_ascii=False) if text.values else text.form


def read_message_json(text: str) -> Message:
    """Return the message that ``message_json`` gave; any other text is a message without values."""
    if not text.startswith('{"form"'):
        return Message(text)
    return read_message(json.loads(text))


def _read_value(value: object) -> str | int | Message:
    return value if isinstance(value, str | int) else read_message(value)


def _english(value: str | int | Message) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
