"""Read sentences with quotes out of what a chat model writes, each as soon as it is whole. Pure functions.

Whatever the model wraps them in, a sentence is a JSON object with the key ``sentence``: one a line, in a list, in a
list under a key, in a code fence, or filled into a tool's form. Its quotes are a list, or one beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.invisible import visible_text
from ingest.names import is_safe

SCHEMA: dict[str, Any] = {
    "title": "answer",
    "description": "Sentences that answer the question, each with the quotes that it rests on; none if nothing does.",
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "quotes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"passage": {"type": "integer"}, "quote": {"type": "string"}},
                            "required": ["passage", "quote"],
                            "additionalProperties": False,
                        },
                    },
                    "sentence": {"type": "string"},
                },
                "required": ["quotes", "sentence"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}
"""What structured output is asked to keep to. Quotes come first: a sentence written after them keeps closer to them."""
_LONGEST_OBJECT = 20_000
"""Characters after which an open brace is taken for text: a model may write one and never close it."""
_MOST_DIGITS = 9
"""Of a passage's number; Python refuses to read numbers without end."""


def response_format() -> dict[str, Any]:
    """Return the schema as OpenAI's protocol wants it."""
    return {"type": "json_schema", "json_schema": {"name": SCHEMA["title"], "strict": True, "schema": SCHEMA}}


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it, without what nobody sees: nothing in it is checked yet."""

    text: str
    quotes: tuple[tuple[int, str], ...]
    """``(passage number, quoted words)``; passage numbers are 1-based, 0 where none was given."""


def read_drafts(pieces: Iterable[str]) -> Iterator[Draft]:
    """Yield every sentence of a text that comes in pieces, as soon as its closing brace is there.

    What breaks off is left out.
    """
    opened: list[int] = []
    text, position, in_string, escaped = "", 0, False, False
    for piece in pieces:
        text += piece
        while position < len(text):
            char = text[position]
            position += 1
            if in_string and char == "{" and text[position - 2] == "\n":
                opened, in_string = [], False  # a quotation mark too many: start again with the next line
            if in_string:
                in_string, escaped = (char != '"' or escaped), (char == "\\" and not escaped)
            elif char == '"' and opened:
                in_string = True
            elif char == "{":
                opened.append(position - 1)
            elif char == "}" and opened:
                draft = _draft(text[opened.pop() : position])
                if draft is not None:
                    yield draft
            elif char == "\n" and not opened:
                text, position = text[position:], 0
            if opened and position - opened[0] > _LONGEST_OBJECT:
                opened, in_string = [], False


def _draft(text: str) -> Draft | None:
    try:
        item = json.loads(text, strict=False)
    except (ValueError, RecursionError):  # no JSON; a number of thousands of digits; a thousand brackets
        return None
    sentence = _seen(item.get("sentence")) if isinstance(item, dict) else ""
    if not sentence:
        return None
    quotes = item.get("quotes") or [item]  # one a sentence may be beside it
    found = [_quote(quote) for quote in quotes] if isinstance(quotes, list) else []
    return Draft(sentence, tuple(quote for quote in found if quote is not None))


def _quote(item: Any) -> tuple[int, str] | None:
    if not isinstance(item, dict) or not isinstance(item.get("quote"), str):
        return None
    number = str(item.get("passage", "")).strip(" []")
    return (int(number) if number.isdecimal() and len(number) <= _MOST_DIGITS else 0, _seen(item["quote"]))


def _seen(text: Any) -> str:
    """Return what a reader sees of ``text``, on one line; nothing where it is no text.

    A model may write letters that nobody sees, signs that turn others round, and halves of pairs, which no file takes.
    """
    if not isinstance(text, str):
        return ""
    return "".join(char for char in " ".join(visible_text(text).split()) if is_safe(char))
