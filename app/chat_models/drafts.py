"""Read sentences with quotes out of what a chat model writes, each as soon as it is whole. Pure functions.

Whatever the model wraps them in, a sentence is a JSON object with the key ``sentence``: one a line, in a list, in a
list under a key, in a code fence, or filled into a tool's form. Its quotes are a list, or one beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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


def response_format() -> dict[str, Any]:
    """Return the schema as OpenAI's protocol wants it."""
    return {"type": "json_schema", "json_schema": {"name": SCHEMA["title"], "strict": True, "schema": SCHEMA}}


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it: nothing in it is checked yet."""

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
    except json.JSONDecodeError:
        return None
    if not isinstance(item, dict) or not isinstance(item.get("sentence"), str) or not item["sentence"].strip():
        return None
    quotes = item.get("quotes") or [item]  # one a sentence may be beside it
    found = [_quote(quote) for quote in quotes] if isinstance(quotes, list) else []
    return Draft(" ".join(item["sentence"].split()), tuple(quote for quote in found if quote is not None))


def _quote(item: Any) -> tuple[int, str] | None:
    if not isinstance(item, dict) or not isinstance(item.get("quote"), str):
        return None
    number = str(item.get("passage", "")).strip(" []")
    return (int(number) if number.isdecimal() else 0, item["quote"])
